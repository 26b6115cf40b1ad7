"""The waiting list: who comes first and why, as the federal block grant orders it.

45 CFR 96.131(a) gives preference to pregnant people, 45 CFR 96.126 to people who inject drugs;
after them whoever has waited longest. A program that takes no such grant may leave them out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Priority(StrEnum):
    """Why somebody comes before others; in the order of the list."""

    PREGNANT_INJECTING = "pregnant and injecting drugs"
    PREGNANT = "pregnant"
    INJECTING = "injecting drugs"
    STEPPING_DOWN = "leaving a hospital or residence"
    NONE = "none"


ORDER = tuple(Priority)


class LeftList(StrEnum):
    """Why somebody is no longer on the list."""

    ADMITTED = "admitted"
    ELSEWHERE = "found care elsewhere"
    DECLINED = "does not want it now"
    LOST_CONTACT = "could not be reached"
    OTHER_LEVEL = "needs another level"


@dataclass(frozen=True, slots=True)
class WaitingPerson:
    """Somebody on the list; ``place`` counts from 1, ``reason`` is what they wait for."""

    id: str
    person: str
    since: datetime
    priority: Priority = field(repr=False)
    reason: str = field(repr=False)
    place: int = 0


def in_order(waiting: Iterable[WaitingPerson]) -> list[WaitingPerson]:
    """By priority, then by how long, then by id, with places from 1."""
    by_turn = sorted(waiting, key=lambda w: (ORDER.index(w.priority), w.since, w.id))
    return [
        WaitingPerson(w.id, w.person, w.since, w.priority, w.reason, number)
        for number, w in enumerate(by_turn, 1)
    ]
