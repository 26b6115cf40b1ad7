"""A worker that hangs is replaced: real processes, and a clock that the test moves."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from running import until
from waypost.http_server.seat import SILENT_SECONDS, START_SECONDS, Served, WorkerSeat
from waypost.http_server.worker import HUNG_SECONDS, _beat

TESTS = Path(__file__).resolve().parents[1]


@contextmanager
def seat() -> Iterator[WorkerSeat]:
    """A seat of the small site; its worker is killed at the end."""
    alive, lifeline = os.pipe()
    environment = os.environ | {"PYTHONPATH": str(TESTS)}
    served = Served("small site", "http_server.tiny_site:application", 1, environment)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        taken = WorkerSeat(served, listener, alive)
        try:
            yield taken
        finally:
            if taken.worker is not None:
                taken.worker.process.kill()
                taken.worker.process.wait(20)
                taken.worker.close()
            os.close(alive)
            os.close(lifeline)


def test_a_worker_that_falls_silent_is_killed_and_another_takes_its_place() -> None:
    said: list[str] = []
    with seat() as taken:

        def heard() -> bool:
            taken.tend(time.monotonic(), said.append)
            return taken.worker is not None and taken.worker.heard_at is not None

        until(heard, "sign of life")
        assert taken.worker is not None
        first = taken.worker.process
        os.kill(first.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, first.pid, os.WSTOPPED | os.WNOWAIT)
        now = time.monotonic()
        taken.tend(now, said.append)  # what it wrote before it stopped
        taken.tend(now + SILENT_SECONDS - 1, said.append)
        assert said == []
        taken.tend(now + SILENT_SECONDS + 1, said.append)
        assert "did not answer for a long time and was replaced" in said[0]
        assert first.wait(60) == -signal.SIGKILL
        later = now + SILENT_SECONDS + 2
        taken.tend(later, said.append)
        taken.tend(later + 60, said.append)
        assert taken.worker is not None and taken.worker.process.pid != first.pid


def test_a_worker_that_never_begins_is_killed_too() -> None:
    said: list[str] = []
    with seat() as taken:
        now = time.monotonic()
        taken.tend(now, said.append)
        assert taken.worker is not None
        os.kill(taken.worker.process.pid, signal.SIGSTOP)
        taken.tend(now + START_SECONDS + 1, said.append)
        assert "replaced" in said[0]
        assert taken.worker.process.wait(60) == -signal.SIGKILL


class Busy:
    """The pages' lane, whose longest page has been computed for so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def longest(self) -> float:
        return self.seconds


@pytest.mark.parametrize(("seconds", "silent"), [(HUNG_SECONDS, True), (HUNG_SECONDS - 1, False)])
def test_a_worker_with_a_page_that_never_ends_falls_silent(seconds: float, silent: bool) -> None:
    lane = Busy(seconds)
    heard, beat = os.pipe()
    os.set_blocking(heard, False)

    async def beating() -> None:
        task = asyncio.create_task(_beat(beat, {"pages": lane}))  # type: ignore[dict-item]
        await asyncio.sleep(0)  # its first turn
        await asyncio.sleep(0)
        assert task.done() is silent
        task.cancel()

    # A thread of its own: the browser's tests leave an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(beating())).result(10)
    if silent:
        with pytest.raises(BlockingIOError):
            os.read(heard, 1)
    else:
        assert os.read(heard, 1) == b"."
    os.close(heard)
    os.close(beat)
