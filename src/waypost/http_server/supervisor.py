"""The supervisor: it opens the sockets, starts the workers, replaces those that die, and stops all.

It serves nothing itself and loads no application. Each application has workers, a port and an
environment of its own: what one may know, another need not.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from waypost.http_server.seat import Served, WorkerSeat

STOP_SECONDS = 8.5
"""From the signal until what a worker has not finished is cut off; all is over within ten."""

LOOK_SECONDS = 0.5
TRIES = 2
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


Part = tuple[Served, socket.socket | None]


def supervise(served: Sequence[Part], say: Callable[[str], None]) -> bool:
    """Keep all workers at work until a signal; then stop them, and return when none is left.

    False where an application could not be started: its workers end before one of them answers.
    """
    lifeline, our_end = os.pipe()  # ``held`` closes with this process, however it ends
    seats = [
        WorkerSeat(application, listener, lifeline)
        for application, listener in served
        for _ in range(application.workers)
    ]
    given_up = ""
    with _awake_on_signals() as (wakeup, signals):
        try:
            while not signals and not (given_up := _given_up(seats)):
                now = time.monotonic()
                for seat in seats:
                    seat.tend(now, say)
                _doze(wakeup, LOOK_SECONDS)
        finally:
            for _, listener in served:
                if listener is not None:
                    listener.close()
            _stop(seats, wakeup, signals)
    os.close(our_end)
    os.close(lifeline)
    if given_up:
        say(f"Stopped: {given_up} does not start; what its workers said is above.")
    return not given_up


def _given_up(seats: Sequence[WorkerSeat]) -> str:
    """The name of an application none of whose workers has ever answered, after a few tries."""
    for name in {seat.name for seat in seats}:
        if all(seat.failed_starts >= TRIES for seat in seats if seat.name == name):
            return name
    return ""


def _stop(seats: Sequence[WorkerSeat], wakeup: int, signals: list[int]) -> None:
    """Ask every worker to finish; whoever has not by the end, or at a second signal, is killed."""
    deadline = time.monotonic() + STOP_SECONDS
    asked = len(signals)
    for seat in seats:
        seat.signal(signal.SIGTERM)
    while any(seat.is_taken() for seat in seats):
        if time.monotonic() > deadline or len(signals) > asked:
            for seat in seats:
                seat.signal(signal.SIGKILL)
        _doze(wakeup, 0.1)


@contextmanager
def _awake_on_signals() -> Iterator[tuple[int, list[int]]]:
    """A descriptor that becomes readable at each signal, and the signals that mean stop."""
    reader, writer = os.pipe()
    os.set_blocking(reader, False)
    os.set_blocking(writer, False)
    received: list[int] = []
    before = {number: signal.signal(number, lambda n, _: received.append(n)) for number in SIGNALS}
    before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda _n, _frame: None)
    old = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield reader, received
    finally:
        signal.set_wakeup_fd(old)
        for number, handler in before.items():
            signal.signal(number, handler)
        os.close(reader)
        os.close(writer)


def _doze(wakeup: int, seconds: float) -> None:
    """Sleep until a signal, at most so long."""
    if select.select([wakeup], [], [], seconds)[0]:
        os.read(wakeup, 4096)
