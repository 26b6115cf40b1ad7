"""Turns with many contacts in one round trip to PostgreSQL, for a worker that sends many texts.

Two round trips for each text (take the turn and read, give it back) cost more processor time than
everything else that is done for it. Here one connection takes the turns of all the texts that are
about to leave, then reads how their contacts stand, and keeps the turns until the calls are done.
So what `turns` promises holds: no STOP commits between the reading and the end of the call.

A turn that is not free now is left to the thread that sends, which waits for it alone: one slow
call and a STOP behind it hold up nobody else.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import connection

from waypost.texting.actions.turns import STRIPES, TURNS
from waypost.texting.queries.sending import (
    EXECUTE_STANDINGS,
    ContactStanding,
    read_standing,
    ready_to_execute,
)

HOLDS_SECONDS = 0.25
"""A reading older than this is made again: what was checked must be so when the text leaves."""
_END = "SELECT count(pg_advisory_unlock_shared(%s, s)) FROM unnest(%s::int[]) AS s"
_TRY = """
SELECT c FROM unnest(%s::bigint[]) AS c
WHERE pg_try_advisory_lock_shared(%s, (c %% %s)::int)
"""
_BEGIN = ";".join((_END, _TRY, EXECUTE_STANDINGS))
"""One round trip of three statements: the last sees what was committed once the turns were had."""


@dataclass(frozen=True, slots=True)
class HeldTurn:
    """A turn that the worker's connection has, and how the contact stood after it began."""

    standing: ContactStanding | None
    read_at: float
    lost: threading.Event

    def holds(self) -> bool:
        """Whether the turn is still ours and the reading fresh, so that a text may leave by it."""
        return not self.lost.is_set() and time.monotonic() - self.read_at < HOLDS_SECONDS


@dataclass(slots=True)
class ManyTurns:
    """The turns of one worker; used by one thread alone, whose connection has them."""

    _lost: threading.Event = field(default_factory=threading.Event)
    _held: set[int] = field(default_factory=set)

    def change(self, ended: list[int], begun: list[int]) -> Mapping[int, HeldTurn]:
        """Give back the turns of some contacts and take others', of which those had are given."""
        if connection.vendor != "postgresql":
            return {}
        back = [contact % STRIPES for contact in ended if contact in self._held]
        self._held.difference_update(ended)
        if not begun:
            if back:
                with connection.cursor() as cursor:
                    cursor.execute(_END, [TURNS, back])
            return {}
        ready_to_execute()
        with connection.cursor() as cursor:
            cursor.execute(_BEGIN, [TURNS, back, begun, TURNS, STRIPES, begun])
            cursor.nextset()
            had = [int(row[0]) for row in cursor.fetchall()]
            self._held.update(had)
            cursor.nextset()
            rows = {int(row[0]): row[1:] for row in cursor.fetchall()}
        now = time.monotonic()
        return {
            contact: HeldTurn(read_standing(rows.get(contact)), now, self._lost) for contact in had
        }

    def forget(self) -> None:
        """The connection is gone and the turns with it: what has not left yet takes its own."""
        self._lost.set()
        self._lost = threading.Event()
        self._held.clear()
