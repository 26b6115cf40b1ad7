"""Times, lengths and lists in words, in both languages; every refusal has a sentence."""

from __future__ import annotations

import pytest
from django.utils import translation

from waypost.design.times import clock_text, days_text, hours_text, span_text, time_text
from waypost.levels_of_care.week.plan import Duty, DutyKind, PlanFault, WeekPlan, WeekSpan
from waypost.levels_of_care.week.sessions import Clash, Conflict, week_of
from waypost.web.week.picture import COLUMN, GUTTER, week_picture
from waypost.web.week.words import conflict_texts, fault_text


@pytest.mark.parametrize(
    ("minutes", "english", "spanish"),
    [
        (0, "midnight", None),
        (1, "12:01 am", "12:01 a. m."),
        (60, "1 am", "1 a. m."),
        (719, "11:59 am", "11:59 a. m."),
        (720, "noon", None),
        (750, "12:30 pm", "12:30 p. m."),
        (1050, "5:30 pm", "5:30 p. m."),
        (1440, "midnight", None),
        (1500, "1 am", "1 a. m."),
    ],
)
def test_times_of_day(minutes: int, english: str, spanish: str | None) -> None:
    with translation.override("en"):
        assert time_text(minutes).replace("\u00a0", " ") == english
    if spanish:
        with translation.override("es"):
            assert time_text(minutes).replace("\u00a0", " ") == spanish


def test_noon_and_midnight_in_figures() -> None:
    with translation.override("en"):
        shown = [clock_text(m).replace("\u00a0", " ") for m in (0, 720, 1440)]
    assert shown == ["12 am", "12 pm", "12 am"]


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 hours"),
        (1, "1 minute"),
        (45, "45 minutes"),
        (60, "1 hour"),
        (90, "1 hour 30 minutes"),
        (121, "2 hours 1 minute"),
    ],
)
def test_lengths(minutes: int, words: str) -> None:
    with translation.override("en"):
        assert hours_text(minutes) == words


def test_lists_of_days_and_spans() -> None:
    with translation.override("en"):
        assert days_text([]) == ""
        assert days_text([6]) == "Sunday"
        assert days_text([0, 2, 4]) == "Monday, Wednesday and Friday"
        night = span_text(22 * 60, 30 * 60).replace("\u00a0", " ")
    assert night == "10 pm to 6 am the next day"


def test_conflicts_alike_are_told_together() -> None:
    same = [Conflict(day, DutyKind.CARE, Clash.WAY_BACK, 20) for day in (1, 3)]
    other = Conflict(3, DutyKind.WORK, Clash.SESSION, 60)
    with translation.override("en"):
        assert conflict_texts([*same, other]) == [
            "Tuesday and Thursday: the way back runs into care duties for 20 minutes.",
            "Thursday: the session runs into work for 1 hour.",
        ]


@pytest.mark.parametrize("fault", list(PlanFault))
def test_every_refusal_has_a_sentence_of_its_own(fault: PlanFault) -> None:
    with translation.override("en"):
        sentence = fault_text(fault)
        assert sentence.endswith(".")
        assert [fault_text(other) for other in PlanFault].count(sentence) == 1


def test_a_night_shift_is_drawn_on_both_days() -> None:
    night = Duty(DutyKind.WORK, (6,), WeekSpan(22 * 60, 30 * 60))
    plan = WeekPlan(duties=(night,))
    with translation.override("en"):
        drawn = [b for b in week_picture(plan, week_of(plan)).blocks if b.css == "duty"]
    assert sorted((b.x - GUTTER) // COLUMN for b in drawn) == [0, 6]


def test_the_picture_stays_inside_its_frame() -> None:
    early = WeekPlan(session=WeekSpan(0, 480), days=tuple(range(7)), times=7, travel=240)
    with translation.override("en"):
        picture = week_picture(early, week_of(early))
    for block in picture.blocks:
        assert block.y >= 0
        assert block.y + block.height <= picture.height
        assert block.x + block.width <= picture.width
