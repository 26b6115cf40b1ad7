"""The worker: one thread claims and marks, several send, one handles texts, one the rest.

`TextingWorker.turn` does the same once, in the caller's thread, which tests and small jobs use.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import DatabaseError, connection

from waypost.texting.actions.claiming import (
    LEASE,
    ClaimedRow,
    claim_due,
    claim_unknown,
    put_back,
)
from waypost.texting.actions.delivery import SendMark, mark_all
from waypost.texting.actions.many_turns import HeldTurn, ManyTurns
from waypost.texting.actions.scene import Finder
from waypost.texting.carriers.port import Carrier, SendUnknown
from waypost.texting.crisis.tiers import get_ready
from waypost.texting.lanes import OutboxLane
from waypost.texting.operator import Texting
from waypost.texting.queries.numbers import number_of
from waypost.texting.tasks.attempts import Clock, Ways, attempt, reconcile
from waypost.texting.tasks.housekeeping import handle_heard, look_after
from waypost.texting.tasks.waiting import WaitingRoom
from waypost.texting.whereabouts import read_tables

log = logging.getLogger(__name__)
EXPRESS = (OutboxLane.CRISIS, OutboxLane.CONFIRMATION, OutboxLane.LIVE)
RESERVED = 2
"""Threads that only the lanes of people use, so that a slow carrier cannot hold all of them."""
LOOK_SECONDS = 1.0
IDLE_SECONDS, PULSE_SECONDS = 0.2, 0.01
"""Results of so long are written at once: a transaction for each would cost more than the text."""


@dataclass(slots=True)
class TextingWorker:
    """``threads`` send at once. A row is held for ``lease`` at most."""

    texting: Texting
    carriers: Mapping[str, Carrier]
    clock: Clock
    find_care: Finder | None = None
    threads: int = 16
    lease: timedelta = LEASE
    ways: Ways = field(init=False)
    stopping: threading.Event = field(init=False, default_factory=threading.Event)
    _todo: queue.SimpleQueue[tuple[ClaimedRow, HeldTurn | None] | None] = field(
        init=False, default_factory=queue.SimpleQueue
    )
    _done: queue.SimpleQueue[SendMark] = field(init=False, default_factory=queue.SimpleQueue)

    _turns: ManyTurns = field(init=False, default_factory=ManyTurns)
    _waiting: WaitingRoom = field(init=False, default_factory=WaitingRoom)

    def __post_init__(self) -> None:
        """Breakers and buckets are the process's own."""
        self.ways = Ways(self.texting, self.carriers, self.clock)

    def turn(self, most: int = 500) -> int:
        """Everything that is due, once; how much there was to do."""
        done = handle_heard(self.clock(), self.find_care, self._waiting) + look_after(self.clock())
        done += self._reconcile(most)
        lanes = tuple(OutboxLane)
        for row in claim_due(most=most, lanes=lanes, now=self.clock(), lease=self.lease):
            mark_all(marks=[attempt(row, self.ways)], now=self.clock())
            done += 1
        return done

    def run(self) -> None:
        """Work until `stop`; what was claimed and not begun is given back.

        What is read once a process is read first: no transaction and no lease waits for files.
        """
        get_ready()
        read_tables()
        hands = [threading.Thread(target=self._send, name="texts") for _ in range(self.threads)]
        helpers = [
            threading.Thread(target=self._keep_doing, args=(task,), name="texting")
            for task in (self._handle, self._look_after)
        ]
        for thread in (*hands, *helpers):
            thread.start()
        try:
            self._dispatch()
        finally:
            for _ in hands:
                self._todo.put(None)
            for thread in (*hands, *helpers):
                thread.join()
            self._mark(self._results(0))
            connection.close()

    def stop(self) -> None:
        """End after what is being sent."""
        self.stopping.set()

    def _dispatch(self) -> None:
        flying: dict[int, int] = {}  # rows that are being sent, by contact
        slow = 0
        waiting: deque[ClaimedRow] = deque()
        while not self.stopping.is_set():
            marks = self._results(PULSE_SECONDS if flying else 0)
            for mark in marks:
                flying.pop(mark.contact, None)
                slow -= mark.lane not in EXPRESS
            room = self.threads - len(flying) - len(waiting)
            claimed = self._mark_and_claim(marks, room, slow)
            waiting.extend(claimed)
            slow += sum(row.lane not in EXPRESS for row in claimed)
            ready: list[ClaimedRow] = []
            for _ in range(len(waiting)):
                row = waiting.popleft()
                if row.contact in flying:  # one text to a person at a time, so in their order
                    waiting.append(row)
                else:
                    flying[row.contact] = row.id
                    ready.append(row)
            self._hand_out(marks, ready)
            if not claimed and not flying:
                self.stopping.wait(IDLE_SECONDS)
        put_back(rows=[row.id for row in waiting])

    def _hand_out(self, marks: list[SendMark], ready: list[ClaimedRow]) -> None:
        """Give rows to the threads with their turns, and end the turns of those that are done."""
        turns: Mapping[int, HeldTurn] = {}
        try:
            turns = self._turns.change(
                [mark.contact for mark in marks], [row.contact for row in ready]
            )
        except DatabaseError:
            log.exception("The database did not answer; trying again.")
            self._disconnected()
        for row in ready:
            self._todo.put((row, turns.get(row.contact)))

    def _disconnected(self) -> None:
        """A connection that fails is closed, and its turns are gone."""
        self._turns.forget()
        connection.close()

    def _mark_and_claim(self, marks: list[SendMark], room: int, slow: int) -> list[ClaimedRow]:
        """A database that does not answer costs a second; what was not marked is asked about."""
        try:
            self._mark(marks)
            return self._claim(room, slow)
        except DatabaseError:
            log.exception("The database did not answer; trying again.")
            self._disconnected()
            self.stopping.wait(1)
            return []

    def _claim(self, room: int, slow: int) -> list[ClaimedRow]:
        """As many rows as there are threads for, the last threads for people alone."""
        if room <= 0:
            return []
        now, free = self.clock(), max(0, self.threads - RESERVED - slow)
        rows = claim_due(most=room, lanes=EXPRESS, now=now, lease=self.lease)
        left = min(room - len(rows), free)
        if left > 0:
            rest = tuple(lane for lane in OutboxLane if lane not in EXPRESS)
            rows += claim_due(most=left, lanes=rest, now=now, lease=self.lease)
        return rows

    def _results(self, wait: float) -> list[SendMark]:
        """What the threads found out; all of it is written in one transaction."""
        marks: list[SendMark] = []
        try:
            if wait:
                marks.append(self._done.get(timeout=wait))
                time.sleep(wait)
            while True:
                marks.append(self._done.get_nowait())
        except queue.Empty:
            return marks

    def _mark(self, marks: list[SendMark]) -> None:
        if marks:
            mark_all(marks=marks, now=self.clock())

    def _send(self) -> None:
        """One of the threads that call the carrier."""
        while (job := self._todo.get()) is not None:
            row, turn = job
            try:
                self._done.put(attempt(row, self.ways, turn))
            except Exception:
                log.exception("Outbox row %s could not be sent.", row.id)
                self._done.put(_nobody_knows(row))
        connection.close()
        for carrier in self.carriers.values():
            carrier.close()

    def _keep_doing(self, task: Callable[[], int]) -> None:
        """A thread that does one thing again and again, with a pause where nothing is to do."""
        while not self.stopping.is_set():
            try:
                busy = task()
            except DatabaseError:
                log.exception("The database did not answer; trying again.")
                connection.close()
                busy = 0
            except Exception:  # the thread must not end: nobody would handle anything any more
                log.exception("A turn of the texting worker failed; trying again.")
                busy = 0
            if not busy:
                self.stopping.wait(IDLE_SECONDS)
        connection.close()
        for carrier in self.carriers.values():
            carrier.close()

    def _handle(self) -> int:
        """Texts that came in: nothing that may take long, a mail or a carrier, holds them up."""
        return handle_heard(self.clock(), self.find_care, self._waiting)

    def _look_after(self) -> int:
        """Timers, series, mails, and rows of which nobody knows; once a second."""
        done = look_after(self.clock()) + self._reconcile(100)
        self.stopping.wait(LOOK_SECONDS)
        return done

    def _reconcile(self, most: int) -> int:
        lost = claim_unknown(most=most, now=self.clock(), lease=self.lease)
        for row in lost:
            reconcile(row, *number_of(row.contact), self.ways)
        return len(lost)


def _nobody_knows(row: ClaimedRow) -> SendMark:
    """The carrier is asked later, since the call may have been made."""
    outcome = SendUnknown("an error of our own")
    return SendMark(row.id, row.contact, row.lane, row.attempts, row.segments, row.account, outcome)
