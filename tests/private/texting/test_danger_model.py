"""The operator's file of texting, and a model of danger that it names: it raises, and never lowers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from private.texting.conversation import service
from waypost.texting.crisis.model_port import named_model
from waypost.texting.crisis.tiers import Tier
from waypost.texting.models import CrisisCase
from waypost.texting.operator import BadTexting, read_texting

pytestmark = pytest.mark.django_db
PLACE = "own_danger:model"
ACCOUNTS = "accounts:\n  - {id: main, kind: simulator, number: '+15005550006'}\n"


class Violets:
    """A model that takes violets for danger and everything else for none."""

    name = "violets 2"

    def tier(self, text: str, language: str) -> Tier:
        assert language == "en"
        return Tier.HIGH if "violets" in text else Tier.NONE


@pytest.fixture(autouse=True)
def _own_module(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    module = ModuleType("own_danger")
    module.model = Violets()  # type: ignore[attr-defined]
    module.letter = "Dear Sir"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "own_danger", module)
    named_model.cache_clear()
    yield
    named_model.cache_clear()


@pytest.mark.parametrize(
    ("words", "tier"),
    [("The violets are out", Tier.HIGH), ("I want to kill myself tonight", Tier.IMMINENT)],
    ids=["raised", "not lowered"],
)
def test_a_model_that_is_named_raises_what_the_rules_say_and_lowers_nothing(
    words: str, tier: Tier
) -> None:
    with service(danger_model=PLACE) as texts:
        texts.phone().says(words)
    assert CrisisCase.objects.get().tier == tier


def test_without_one_the_rules_stand_alone() -> None:
    with service() as texts:
        texts.phone().says("The violets are out")
    assert not CrisisCase.objects.exists()


def read(folder: Path, text: str) -> object:
    file = folder / "texting.yaml"
    file.write_text(text, "utf-8")
    return read_texting(file)


def test_a_file_names_the_service_its_accounts_and_the_model(tmp_path: Path) -> None:
    texting = read(tmp_path, f"service: Harbor\ndanger_model: {PLACE}\n{ACCOUNTS}")
    assert (texting.service, texting.danger_model) == ("Harbor", PLACE)
    assert [account.id for account in texting.accounts] == ["main"]
    assert read(tmp_path, ACCOUNTS).danger_model == ""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (f"danger_model: own_danger:nothing\n{ACCOUNTS}", "danger_model 'own_danger:nothing'"),
        (f"danger_model: own_danger:letter\n{ACCOUNTS}", "no name, or no tier"),
        (f"danger_model: no_such_room.danger:model\n{ACCOUNTS}", "cannot be loaded"),
        (f"danger_model: own_danger\n{ACCOUNTS}", "cannot be loaded"),
        (f"colour: blue\n{ACCOUNTS}", "unknown: colour"),
        (f"alert_number: '555'\n{ACCOUNTS}", "alert_number must be a number"),
        ("service: Harbor\n", "a list of accounts"),
        ("accounts: [{id: main, kind: pigeon, number: '1'}]\n", "An account needs id"),
        ("accounts: [{id: main, kind: twilio, number: '1'}]\n", "needs its secrets"),
        ("accounts: [{id: main, kind: simulator, number: '1', wings: 2}]\n", "has no wings"),
        ("accounts: [\n", "cannot be read as YAML"),
    ],
    ids=["no such name", "not a model", "no such module", "no name", "unknown word", "bad number",
         "no accounts", "unknown carrier", "no secrets", "unknown field", "no YAML"],
)  # fmt: skip
def test_a_file_that_cannot_be_used_says_what_to_write(
    tmp_path: Path, text: str, words: str
) -> None:
    with pytest.raises(BadTexting, match=words):
        read(tmp_path, text)
