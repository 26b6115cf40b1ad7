"""The week as a picture: one column a day, drawn on the server. The table says the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from waypost.design.times import clock_text, short_days
from waypost.levels_of_care.week.plan import MINUTES_A_DAY, WeekPlan, WeekSpan
from waypost.levels_of_care.week.sessions import Week
from waypost.web.week.words import duty_names

GUTTER = 44
COLUMN = 42
HEAD = 20
HOUR = 15
ASIDE = 14
"""Units of the drawing; it is as wide as a small telephone, so that its letters stay legible."""


@dataclass(frozen=True, slots=True)
class SessionBlock:
    """A stretch of one day: ``css`` is its kind in the style sheet."""

    x: int
    y: int
    width: int
    height: int
    css: str
    words: str


@dataclass(frozen=True, slots=True)
class HourLine:
    """A mark of the clock."""

    y: int
    words: str


@dataclass(frozen=True, slots=True)
class WeekPicture:
    """All of the drawing: heads are (x, day), hours the lines across."""

    left: int
    width: int
    height: int
    heads: tuple[tuple[int, str], ...]
    hours: tuple[HourLine, ...]
    blocks: tuple[SessionBlock, ...]


def week_picture(plan: WeekPlan, week: Week) -> WeekPicture:
    """Draw the week from 6 am, or from the first hour that is taken."""
    stretches = list(_stretches(plan, week))
    first = min([6 * 60, *(span.start for _, span, _, _ in stretches)]) // 60 * 60
    heads = [(GUTTER + day * COLUMN + COLUMN // 2, name) for day, name in enumerate(short_days())]
    return WeekPicture(
        left=GUTTER,
        width=GUTTER + 7 * COLUMN,
        height=HEAD + _tall(MINUTES_A_DAY - first) + 8,
        heads=tuple(heads),
        hours=tuple(
            HourLine(HEAD + _tall(clock - first), clock_text(clock))
            for clock in range(-(-first // 180) * 180, MINUTES_A_DAY + 1, 180)
        ),
        blocks=tuple(_block(first, *stretch) for stretch in stretches),
    )


def _stretches(plan: WeekPlan, week: Week) -> Iterator[tuple[int, WeekSpan, str, str]]:
    names = duty_names()
    for duty in plan.duties:
        for day in duty.days:
            for where, span in _by_day(day, duty.span):
                yield where, span, "duty", names[duty.kind]
    clashing = {conflict.day for conflict in week.conflicts}
    session = plan.session
    for day in week.days:
        ways = (
            WeekSpan(session.start - plan.travel, session.start),
            WeekSpan(session.end, session.end + plan.travel),
        )
        for way in ways:
            for where, span in _by_day(day, way):
                yield where, span, "travel", ""
        yield day, session, "session clash" if day in clashing else "session", "IOP"


def _by_day(day: int, span: WeekSpan) -> Iterator[tuple[int, WeekSpan]]:
    """A stretch cut at midnight into the days that it touches."""
    for shift in (-1, 0, 1):
        start = max(0, span.start - shift * MINUTES_A_DAY)
        end = min(MINUTES_A_DAY, span.end - shift * MINUTES_A_DAY)
        if end > start:
            yield (day + shift) % 7, WeekSpan(start, end)


def _block(first: int, day: int, span: WeekSpan, css: str, words: str) -> SessionBlock:
    y, height = HEAD + _tall(span.start - first), max(2, _tall(span.minutes))
    words = words if height >= 12 else ""
    aside = ASIDE if "clash" in css else 0  # what it runs into stays in sight beside it
    return SessionBlock(
        GUTTER + day * COLUMN + 1 + aside, y, COLUMN - 2 - aside, height, css, words
    )


def _tall(minutes: int) -> int:
    return round(minutes * HOUR / 60)
