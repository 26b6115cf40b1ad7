"""Whose text is handled next: danger and STOP before everything else, then by their age.

Each text is looked at once, as soon as it is there (`first_look`), which costs a small part of its
handling; so a text of a crisis waits for none of the ordinary ones before it. All of this is only
an order: it is kept in memory, and whoever is not in it is handled in its turn.
"""

from __future__ import annotations

import heapq
import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum

from waypost.texting.actions.claiming import claim_texts
from waypost.texting.crisis.first_look import asks_to_stop, looks_dangerous
from waypost.texting.queries.waiting import (
    WaitingText,
    newer_waiting,
    oldest_waiting,
    waiting_texts,
)

log = logging.getLogger(__name__)
MOST_LOOKS = 200
"""Texts that are looked at before some are handled again."""
OF_ONE = 20
"""Texts of one person that are looked at before some of them are handled: a flood waits."""
SWEEP_SECONDS = 1.0
"""How often texts are looked for whose worker died, or that came late into the database."""
HEAD_START = timedelta(seconds=60)
"""How much sooner somebody is handled who wrote before: what they say may go with it."""


class Urgency(IntEnum):
    """Which texts go first. Only danger is handled before the person's own older texts."""

    DANGER = 0
    STOP = 1
    MAYBE = 2
    ORDINARY = 3


@dataclass(frozen=True, slots=True)
class Looked:
    """A text in the order: its number, when it came, and how urgent it looks."""

    id: int
    at: datetime
    urgency: Urgency


@dataclass(slots=True)
class WaitingRoom:
    """The texts that wait, by person, each person's in their order. Used by one thread."""

    _people: dict[int, list[Looked]] = field(default_factory=dict)
    _newest: int = 0
    _sweep_at: float = 0.0

    def take(self, *, most: int, now: datetime) -> list[int]:
        """Look at what is new, and claim the texts that are to be handled next."""
        while self._look(now) == MOST_LOOKS and not self._has_danger():
            pass  # a look costs so little that all who wait are looked at before one is handled
        chosen = self._chosen(most)
        for contact, looked in chosen:
            self._forget(contact, looked)
        return claim_texts(numbers=[looked.id for _, looked in chosen], now=now)

    def _look(self, now: datetime) -> int:
        """Look at texts that came since; how many there were, at most `MOST_LOOKS`."""
        known = {looked.id for waiting in self._people.values() for looked in waiting}
        numbers: list[int] = []
        counts = {contact: len(waiting) for contact, waiting in self._people.items()}
        newer = newer_waiting(self._newest, MOST_LOOKS)
        for number, contact in newer:
            self._newest = number
            counts[contact] = counts.get(contact, 0) + 1
            if counts[contact] <= OF_ONE:
                numbers.append(number)
        if not self._people or time.monotonic() >= self._sweep_at:
            self._sweep_at = time.monotonic() + SWEEP_SECONDS
            numbers += oldest_waiting(MOST_LOOKS, now)
        new = set(numbers) - known
        if new:
            self._admit(waiting_texts(new))
        return len(newer)

    def _has_danger(self) -> bool:
        return any(
            looked.urgency is Urgency.DANGER
            for waiting in self._people.values()
            for looked in waiting
        )

    def _admit(self, texts: Iterable[WaitingText]) -> None:
        for text in texts:
            waiting = self._people.setdefault(text.contact, [])
            waiting.append(Looked(text.id, text.at, urgency_of(text)))
            waiting.sort(key=lambda looked: looked.id)

    def _chosen(self, most: int) -> list[tuple[int, Looked]]:
        """A text of each of the most urgent people."""
        people = heapq.nsmallest(most, self._people.items(), key=lambda person: _place(person[1]))
        return [(contact, _next_of(waiting)) for contact, waiting in people]

    def _forget(self, contact: int, looked: Looked) -> None:
        waiting = self._people[contact]
        waiting.remove(looked)
        if not waiting:
            del self._people[contact]


def urgency_of(text: WaitingText) -> Urgency:
    """How urgent a text looks; what cannot be looked at may be anything."""
    try:
        if text.after_danger or looks_dangerous(text.text, at=text.at, earlier=text.earlier):
            return Urgency.DANGER
        if asks_to_stop(text.text, text.language):
            return Urgency.STOP
    except Exception:  # the full reading counts it as a danger
        log.exception("Heard text %s could not be looked at.", text.id)
        return Urgency.DANGER
    return Urgency.MAYBE if text.earlier else Urgency.ORDINARY


def _place(waiting: list[Looked]) -> tuple[int, datetime]:
    """Where a person stands in the order: by their most urgent text, then by their oldest."""
    urgency = min(looked.urgency for looked in waiting)
    oldest = waiting[0]
    early = HEAD_START if oldest.urgency is Urgency.MAYBE else timedelta()
    return min(urgency, Urgency.MAYBE), oldest.at - early


def _next_of(waiting: list[Looked]) -> Looked:
    """A person's first danger, or their oldest text: a STOP stays behind the START before it."""
    dangers = (looked for looked in waiting if looked.urgency is Urgency.DANGER)
    return next(dangers, waiting[0])
