"""Who answers when: what the roster covers, and what may be promised of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class ShiftDuty(StrEnum):
    """What somebody does on a shift."""

    RESPONDER = "responder"
    SUPERVISOR = "supervisor"
    ON_CALL = "on call"


@dataclass(frozen=True, slots=True)
class Span:
    """From a time up to another, in UTC."""

    begin: datetime
    end: datetime


WEEK = timedelta(days=7)


def covers(spans: Iterable[Span], begin: datetime, end: datetime) -> bool:
    """Whether somebody is there at every moment from ``begin`` up to ``end``."""
    reached = begin
    for span in sorted(spans, key=lambda span: span.begin):
        if span.begin > reached:
            break
        reached = max(reached, span.end)
    return reached >= end


def around_the_clock(spans: Sequence[Span], now: datetime) -> bool:
    """Whether "24/7" is true: the coming week has no gap."""
    return covers(spans, now, now + WEEK)


def next_begin(spans: Sequence[Span], now: datetime) -> datetime | None:
    """When somebody answers: now, the next shift's begin, or None where no shift is planned."""
    coming = [max(span.begin, now) for span in spans if span.end > now]
    return min(coming, default=None)
