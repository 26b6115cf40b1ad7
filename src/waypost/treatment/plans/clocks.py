"""Clocks of review: by when an assessment, a plan and its reviews are due, by state and payer.

The rules stand in ``content/treatment/review_clocks.yaml``, each with its source. Where several
rules apply (a state's and a payer's) the earliest day is due.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

import yaml

from waypost.treatment.rule_files import checked_source
from waypost.values.content import content_folder


class ClockOf(StrEnum):
    """What is due."""

    ASSESSMENT = "assessment"
    PLAN = "plan"
    REVIEW = "review"
    CERTIFICATION = "certification"


class CountsFrom(StrEnum):
    """From when the days are counted."""

    ADMISSION = "admission"
    ASSESSMENT = "assessment"
    LAST = "the last one"


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule: ``what`` is due ``days`` after ``counts_from``, for a state or payer ("" for any)."""

    id: str
    what: ClockOf
    counts_from: CountsFrom
    days: int
    working_days: bool
    state: str
    payer: str
    words: str
    source: str
    url: str
    checked: str


@dataclass(frozen=True, slots=True)
class Milestones:
    """What has happened in an episode so far; None where it has not."""

    admitted_on: date
    assessed_on: date | None = None
    planned_on: date | None = None
    reviewed_on: date | None = None
    certified_on: date | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What is due by which day, and the rule that says so."""

    what: ClockOf
    on: date
    clock: Clock


class BadClocks(ValueError):
    """A data file of clocks that contradicts itself; the message names the rule."""


@cache
def the_clocks() -> tuple[Clock, ...]:
    """The clocks that this installation carries."""
    path = content_folder() / "treatment" / "review_clocks.yaml"
    return read_clocks(yaml.safe_load(path.read_text(encoding="utf-8")))


def read_clocks(data: Mapping[str, Any]) -> tuple[Clock, ...]:
    """Check and read the file's data.

    Raises:
        BadClocks: a rule lacks its source, has no days, or appears twice.
        BadContent: it does not say whether its source was read, and when.
    """
    clocks = tuple(_clock(row) for row in data["clocks"])
    if len({clock.id for clock in clocks}) != len(clocks):
        raise BadClocks("A clock appears twice.")
    return clocks


def due(clocks: Iterable[Clock], at: Milestones, *, state: str, payer: str) -> list[Due]:
    """The next day of each kind of duty that is not done, the earliest rule of each, in order."""
    first: dict[ClockOf, Due] = {}
    for clock in clocks:
        if clock.state not in ("", state) or clock.payer not in ("", payer):
            continue
        start = _start(clock, at)
        if start is None:
            continue
        item = Due(clock.what, _after(start, clock), clock)
        if clock.what not in first or item.on < first[clock.what].on:
            first[clock.what] = item
    return sorted(first.values(), key=lambda d: (d.on, d.what))


def _start(clock: Clock, at: Milestones) -> date | None:
    """From which day the clock runs; None where its duty is done or its start has not come."""
    done = {ClockOf.ASSESSMENT: at.assessed_on, ClockOf.PLAN: at.planned_on}.get(clock.what)
    if done is not None:
        return None
    if clock.counts_from is CountsFrom.ADMISSION:
        return at.admitted_on
    if clock.counts_from is CountsFrom.ASSESSMENT:
        return at.assessed_on
    if clock.what is ClockOf.CERTIFICATION:
        return at.certified_on or at.admitted_on
    return at.reviewed_on or at.planned_on


def _after(start: date, clock: Clock) -> date:
    if not clock.working_days:
        return start + timedelta(days=clock.days)
    day, left = start, clock.days
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day


def _clock(row: Mapping[str, Any]) -> Clock:
    name = row.get("id", "?")
    if not row.get("source") or not row.get("url"):
        raise BadClocks(f"{name}: a rule names its source and its address.")
    if not isinstance(row.get("days"), int) or row["days"] < 1:
        raise BadClocks(f"{name}: the days are a whole number from 1.")
    return Clock(
        str(name),
        ClockOf(row["what"]),
        CountsFrom(row["from"]),
        row["days"],
        bool(row.get("working_days", False)),
        str(row.get("state", "")),
        str(row.get("payer", "")),
        str(row["words"]),
        str(row["source"]),
        str(row["url"]),
        checked_source("review_clocks.yaml", row),
    )
