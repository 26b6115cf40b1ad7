"""Every total and every cut-off of every check-up, against the numbers as published."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path

import pytest

from waypost.levels_of_care.instruments.instrument import Instrument, Scoring
from waypost.levels_of_care.instruments.load import load_instruments
from waypost.levels_of_care.instruments.score import (
    BadInstrumentAnswers,
    band_of,
    safety_items,
    score,
)

ALL = load_instruments(noncommercial=True)

# Totals and the first total of each published band, written down apart from the data files.
PUBLISHED = {
    "taps-1": (4, [0, 1]),
    "audit-c": (12, [0, 3, 4]),
    "phq-2": (6, [0, 2, 3]),
    "phq-9": (27, [0, 5, 10, 15, 20]),
    "gad-7": (21, [0, 5, 10, 15]),
    "audit": (40, [0, 8, 16, 20]),
    "dast-10": (10, [0, 1, 3, 6, 9]),
}


def lowest(instrument: Instrument) -> dict[str, str]:
    """Complete answers of the fewest points, optional items and the second of a pair left out."""
    answers, met = {}, set()
    for item in instrument.items:
        if item.optional or item.alternative in met - {""}:
            continue
        met.add(item.alternative)
        answers[item.id] = min(item.choices, key=lambda choice: choice.score).code
    return answers


def combinations(instrument: Instrument) -> list[dict[str, str]]:
    """All complete answers (4^9 for the PHQ-9), optional items left out."""
    items = [instrument.item(name) for name in lowest(instrument)]
    codes = [[choice.code for choice in item.choices] for item in items if item]
    names = [item.id for item in items if item]
    return [dict(zip(names, row, strict=True)) for row in itertools.product(*codes)]


@pytest.mark.parametrize("name", ["taps-1", "audit-c", "phq-2", "gad-7", "dast-10"])
def test_every_combination_of_answers(name: str) -> None:
    instrument = ALL[name]
    top, starts = PUBLISHED[name]
    seen: Counter[int] = Counter()
    for answers in combinations(instrument):
        result = score(instrument, answers)
        points = [p.score for n, c in answers.items() if (p := instrument.item(n).choice(c))]  # type: ignore[union-attr]
        rows = instrument.scoring is Scoring.ROWS
        expected = sum(map(bool, points)) if rows else sum(points)
        assert result.total == expected
        assert result.band.low == max(start for start in starts if start <= expected)
        seen[expected] += 1
    assert sorted(seen) == list(range(top + 1))


def answers_of(instrument: Instrument, total: int) -> dict[str, str]:
    """Complete answers that come to ``total``: the last items first, each as much as is left."""
    answers, left = {}, total
    for item in reversed(instrument.items):
        if item.scored:
            choice = max((c for c in item.choices if c.score <= left), key=lambda c: c.score)
            answers[item.id], left = choice.code, left - choice.score
    return answers


@pytest.mark.parametrize("name", ["phq-9", "audit"])
def test_every_total_of_the_long_ones(name: str) -> None:
    top, starts = PUBLISHED[name]
    for total in range(top + 1):
        result = score(ALL[name], answers_of(ALL[name], total))
        assert result.total == total
        assert result.band.low == max(start for start in starts if start <= total)


@pytest.mark.parametrize("name", ["phq-9", "audit"])
def test_every_choice_of_the_long_ones_adds_its_points(name: str) -> None:
    """A sum is right for all answers when each choice of each item adds its own points."""
    answers = lowest(ALL[name])
    for item_id in answers:
        item = ALL[name].item(item_id)
        assert item is not None
        for choice in item.choices:
            assert score(ALL[name], answers | {item_id: choice.code}).total == choice.score


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_bands_cover_every_total_and_no_other(name: str) -> None:
    instrument = ALL[name]
    top, starts = PUBLISHED[name]
    assert instrument.highest_total == top
    assert [band.low for band in instrument.bands] == starts
    for total in range(top + 1):
        band = band_of(instrument, total)
        assert band.low <= total <= band.high
    for outside in (-1, top + 1):
        with pytest.raises(ValueError, match="no total"):
            band_of(instrument, outside)


def test_dast_10_turns_its_third_item_round() -> None:
    answers = lowest(ALL["dast-10"])
    assert answers["dast-10-3"] == "yes"
    assert score(ALL["dast-10"], answers | {"dast-10-3": "no"}).total == 1


def test_audit_counts_its_last_two_items_0_2_4() -> None:
    for name in ("audit-9", "audit-10"):
        item = ALL["audit"].item(name)
        assert item is not None
        assert [choice.score for choice in item.choices] == [0, 2, 4]


@pytest.mark.parametrize("code", ["several-days", "more-than-half", "nearly-every-day"])
def test_phq_9_item_9_calls_for_the_safety_page_even_alone(code: str) -> None:
    assert safety_items(ALL["phq-9"], {"phq-9-9": code}) == ("phq-9-9",)
    complete = lowest(ALL["phq-9"]) | {"phq-9-9": code}
    assert score(ALL["phq-9"], complete).safety == ("phq-9-9",)


def test_no_other_answer_calls_for_it() -> None:
    phq = ALL["phq-9"]
    worst = {item.id: item.choices[-1].code for item in phq.items}
    assert score(phq, worst | {"phq-9-9": "not-at-all"}).safety == ()
    for other in ALL.values():
        if other.id != "phq-9":
            assert all(item.safety_above is None for item in other.items)


def test_the_difficulty_row_counts_no_points() -> None:
    answers = lowest(ALL["phq-9"])
    for code in ("not-difficult", "extremely-difficult"):
        assert score(ALL["phq-9"], answers | {"phq-9-difficulty": code}).total == 0


def test_audit_c_says_when_all_points_come_from_how_often() -> None:
    instrument = ALL["audit-c"]
    often = lowest(instrument) | {"audit-c-1": "4-or-more-a-week"}
    assert score(instrument, often).only_item
    assert score(instrument, often).total == 4
    assert not score(instrument, often | {"audit-c-3": "monthly"}).only_item
    assert not score(instrument, lowest(instrument)).only_item


@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_incomplete_answers_are_refused_in_words(name: str) -> None:
    instrument = ALL[name]
    complete = lowest(instrument)
    for left_out in complete:
        fewer = {k: v for k, v in complete.items() if k != left_out}
        with pytest.raises(
            BadInstrumentAnswers, match=r"has no answer yet|exactly one of these"
        ) as caught:
            score(instrument, fewer)
        assert len(caught.value.problems) == 1
        with pytest.raises(BadInstrumentAnswers):
            score(instrument, fewer | {left_out: ""})


@pytest.mark.parametrize(
    "code", ["yes please", "0", "\x00", "nan", "1e309", "not-at-all " * 500, 3]
)
def test_foreign_answers_are_refused_in_words(code: str) -> None:
    answers = lowest(ALL["phq-2"]) | {"phq-2-1": code}
    with pytest.raises(BadInstrumentAnswers, match="is not an answer to") as caught:
        score(ALL["phq-2"], answers)
    assert len(str(caught.value)) < 200
    assert caught.value.problems["phq-2-1"].kind == "foreign"


def test_answers_to_another_check_up_are_refused() -> None:
    with pytest.raises(BadInstrumentAnswers, match="is not an item of this check-up") as caught:
        score(ALL["phq-2"], lowest(ALL["phq-2"]) | {"gad-7-1": "not-at-all"})
    assert caught.value.foreign == ("gad-7-1",)


def test_taps_1_takes_exactly_one_of_its_rows_on_drinks() -> None:
    taps = ALL["taps-1"]
    complete = lowest(taps)
    assert "taps-1-alcohol-women" not in complete
    with pytest.raises(BadInstrumentAnswers, match="exactly one of these"):
        score(taps, complete | {"taps-1-alcohol-women": "never"})
    women = {k: v for k, v in complete.items() if k != "taps-1-alcohol-men"}
    assert score(taps, women | {"taps-1-alcohol-women": "daily"}).total == 1


def test_the_example_of_the_documentation_runs(capsys: pytest.CaptureFixture[str]) -> None:
    page = Path(__file__).parents[2] / "docs" / "how-to" / "score-a-check-up.md"
    code = page.read_text("utf-8").split("```python")[1].split("```")[0]
    exec(compile(code, page.name, "exec"), {})
    assert capsys.readouterr().out == "3 of 6 At or above the usual cut-off\n"
