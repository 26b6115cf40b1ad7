"""The first look: whatever the full reading takes for a danger, or for a STOP, goes first."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta

import pytest

from texting.scenarios import FOLDER, CrisisScenario, crisis_scenarios
from waypost.texting.crisis import first_look
from waypost.texting.crisis.first_look import asks_to_stop, looks_dangerous
from waypost.texting.crisis.tiers import Tier, classify
from waypost.texting.loops import joined_parts
from waypost.texting.words.opting import opting

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
TABLES = sorted(path.stem for path in FOLDER.glob("crisis_scenarios*.csv"))
LATER = timedelta(minutes=5)


def looks_of(texts: list[str], apart: timedelta = LATER) -> list[tuple[Tier, bool]]:
    """The tier of each text as it arrives after those before it, and whether it goes first.

    As in the order of handling, whoever showed a sign before goes first.
    """
    seen: list[tuple[Tier, bool]] = []
    times = [NOW + at * apart for at in range(len(texts))]
    for at, text in enumerate(texts):
        before = list(zip(times, texts, strict=True))[max(0, at - 5) : at]
        tier = classify(text, earlier=texts[:at]).tier
        marked = any(earlier <= Tier.CONCERN for earlier, _ in seen)
        seen.append((tier, marked or looks_dangerous(text, at=times[at], earlier=before)))
    return seen


def behind(scenario: CrisisScenario) -> bool:
    """Whether a text of a scenario that is a danger would wait behind ordinary ones."""
    looks = looks_of([*scenario.earlier, scenario.text])
    return any(tier <= Tier.HIGH and not first for tier, first in looks)


@pytest.mark.parametrize("table", TABLES)
def test_every_danger_of_the_tables_goes_first(table: str):
    assert [s.text for s in crisis_scenarios(table) if behind(s)] == []


def test_every_text_that_asks_to_stop_goes_first():
    with (FOLDER / "opting_replies.csv").open(encoding="utf-8", newline="") as file:
        replies = [row["reply"] for row in csv.DictReader(file)]
    stops = [reply for reply in replies if opting(reply) is not None]
    assert len(stops) > 100
    assert [reply for reply in stops if not asks_to_stop(reply)] == []


@pytest.mark.parametrize(
    "text", ["delete me", "wrong number", "Borrar mis datos", "Stop. Thank you"]
)
def test_what_ends_texts_in_other_words_goes_first(text: str):
    assert asks_to_stop(text)


def test_a_danger_in_two_texts_goes_first():
    texts = [s.text for s in crisis_scenarios() if s.tier == 0 and len(s.text.split()) > 3][::12]
    for text in texts:
        words = text.split()
        parts = [" ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])]
        tiers = looks_of(parts)
        assert not [part for part, (tier, first) in zip(parts, tiers, strict=True)
                    if tier <= Tier.HIGH and not first]  # fmt: skip


def test_parts_of_one_text_are_read_together():
    before = [(NOW, "i am going to ki"), (NOW + timedelta(seconds=2), "ll my")]
    at = NOW + timedelta(seconds=3)
    assert joined_parts("self", at, before)[0] == "i am going to kill myself"
    assert looks_dangerous("self", at=at, earlier=before)


@pytest.mark.parametrize(
    "text", ["yes", "60614", "where can i find an iop in austin with evening hours", "thank you"]
)
def test_an_ordinary_text_waits_its_turn(text: str):
    earlier = [(NOW, "hi is this the place for iop")]
    assert not looks_dangerous(text, at=NOW + LATER, earlier=earlier)
    assert not asks_to_stop(text)


def test_a_look_that_fails_says_yes(monkeypatch: pytest.MonkeyPatch, caplog):
    def fails(*_args: object, **_more: object) -> None:
        raise RuntimeError("unreadable")

    monkeypatch.setattr("waypost.texting.crisis.tiers.readings", fails)
    assert looks_dangerous("a text that nobody has read before")
    assert first_look.signs_quickly("another one").tier is Tier.HIGH
    assert "could not be looked at" in caplog.text
