"""A check-up's answers in a sealed address: shown again, in either language, and danger first."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from waypost.levels_of_care.instruments.load import load_instruments
from waypost.web import frame, sealing
from waypost.web.check_ups.sealed import LONGEST_CODE, read_answers, sealed_answers
from waypost.web.sealing import LONGEST, Unreadable, seal

ALL = load_instruments(noncommercial=True)
PHQ9 = {f"phq-9-{n}": "several-days" for n in range(1, 9)} | {"phq-9-9": "not-at-all"}
DANGER = PHQ9 | {"phq-9-9": "nearly-every-day"}
UNFINISHED = {"phq-9-1": "more-than-half"}
NUMBERS = ('href="tel:988"', 'href="sms:988"', 'href="tel:911"')


@pytest.fixture(autouse=True)
def _no_snapshot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "snapshot_of", lambda request: SimpleNamespace(version="0" * 64))


def sent(answers: dict[str, str], path: str = "/check-ups/phq-9") -> str:
    """Where a form with these answers leads."""
    moved = Client().post(path, answers)
    assert moved.status_code == 303 and not moved.content
    assert moved.headers["Cache-Control"] == "private, no-store"
    return moved.headers["Location"]


def main_of(response: Any) -> str:
    text = " ".join(response.content.decode().split())
    return text[text.index("<main") : text.index("</main>")]


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize(
    ("answers", "status"), [(PHQ9, 200), (DANGER, 200), (UNFINISHED, 400), ({}, 400)]
)
def test_every_form_leads_to_a_page_that_can_be_shown_again(
    prefix: str, answers: dict[str, str], status: int
) -> None:
    """Back and Reload ask for an address, and never for a form to be sent twice."""
    address = sent(answers, f"{prefix}/check-ups/phq-9")
    assert re.fullmatch(rf"{prefix}/check-ups/phq-9/on/[\w-]+", address)
    shown = Client().get(address)
    assert shown.status_code == status
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in shown.headers and 'rel="canonical"' not in shown.content.decode()
    assert main_of(Client().get(address)) == main_of(shown)


def test_an_unfinished_file_leads_to_the_form_with_its_answers() -> None:
    address = sent(UNFINISHED, "/es/check-ups/phq-9/response.json")
    assert address.startswith("/es/check-ups/phq-9/on/")
    assert main_of(Client().get(address)).count(" checked>") == 1


@pytest.mark.parametrize("answers", [PHQ9, DANGER, UNFINISHED])
def test_the_other_language_keeps_the_answers_and_leads_back(answers: dict[str, str]) -> None:
    address = sent(answers)
    english = Client().get(address)
    assert f'<a href="/es{address}" lang="es"' in english.content.decode()
    spanish = Client().get(f"/es{address}")
    assert '<html lang="es"' in spanish.content.decode()
    assert f'<a href="{address}" lang="en"' in spanish.content.decode()
    codes = r'name="(phq-9-\d)" value="([\w-]+)"(?: checked)?>'
    assert re.findall(codes, main_of(spanish)) == re.findall(codes, main_of(english))
    assert main_of(spanish).count(" checked>") == main_of(english).count(" checked>")
    assert [n in main_of(spanish) for n in NUMBERS] == [n in main_of(english) for n in NUMBERS]


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_danger_shows_the_numbers_again_and_after_the_seal_has_expired(
    prefix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = sent(DANGER, f"{prefix}/check-ups/phq-9")
    for _ in range(2):
        assert all(number in main_of(Client().get(address)) for number in NUMBERS)
    monkeypatch.setattr(sealing, "HOURS", -1)
    late = Client().get(address)
    assert late.status_code == 410 and late.headers["Cache-Control"] == "private, no-store"
    assert all(number in main_of(late) for number in NUMBERS)
    assert f'href="{prefix}/check-ups/phq-9"' in main_of(late)


@pytest.mark.parametrize("kind", ["cut", "nonsense", "another check-up", "another purpose", "odd"])
def test_what_opens_nothing_shows_the_numbers_too(kind: str) -> None:
    good = sealed_answers(ALL["phq-9"], DANGER)
    text = {
        "cut": good[:-3],
        "nonsense": "x" * 50,
        "another check-up": sealed_answers(ALL["gad-7"], {"gad-7-1": "not-at-all"}),
        "another purpose": seal("guide", ["phq-9", DANGER]),
        "odd": seal("check-up", ["phq-9", {"phq-9-9": 3}]),
    }[kind]
    response = Client().get(f"/check-ups/phq-9/on/{text}")
    assert response.status_code == 410
    assert all(number in main_of(response) for number in NUMBERS)


def test_an_item_9_that_was_sealed_cannot_be_answered_with_less_than_the_safety_page() -> None:
    """Whatever else was sent with it, and however much."""
    noise = {f"phq-9-{n}": "\U0001f6a8" * 5000 for n in range(1, 9)}
    address = sent(noise | {"phq-9-9": "several-days"})
    assert len(address) < LONGEST
    assert all(number in main_of(Client().get(address)) for number in NUMBERS)


def test_nonsense_that_was_cut_is_still_none_of_the_choices() -> None:
    codes = [c.code for one in ALL.values() for item in one.items for c in item.choices]
    assert max(map(len, codes)) < LONGEST_CODE
    phq = ALL["phq-2"]
    given = {"phq-2-1": "not-at-all" + " x" * 99, "phq-2-2": "not-at-all"}
    back = read_answers(phq, sealed_answers(phq, given))
    assert back["phq-2-2"] == "not-at-all" and phq.items[0].choice(back["phq-2-1"]) is None


@pytest.mark.parametrize("odd", [[], 7, None, ["phq-2"], ["phq-2", 7], ["phq-2", {}, 1], "ab"])
def test_a_seal_of_an_earlier_version_of_the_pages_is_too_old(odd: Any) -> None:
    with pytest.raises(Unreadable):
        read_answers(ALL["phq-2"], seal("check-up", odd))


def test_a_sealed_address_of_what_is_not_offered_is_not_found() -> None:
    text = sealed_answers(ALL["audit"], {})
    assert Client().get(f"/check-ups/audit/on/{text}").status_code == 404
    assert Client().post(f"/check-ups/phq-9/on/{text}", {}).status_code == 405
