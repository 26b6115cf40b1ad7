"""A worker's seat: whoever dies or hangs in it is replaced."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

SILENT_SECONDS = 35.0
START_SECONDS = 120.0
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 15.0
STEADY_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Served:
    """An application: ``target`` is ``module:name``, ``environment`` all that its workers have.

    A target without a name is a module that serves no address: it is run as a program beside the
    others, with the ``--lifeline`` and ``--beat`` that every worker has.
    ``descriptors`` are open files that its workers share with this process. ``gives_way`` is the
    niceness of its workers: beside others under load, a higher one gets the processor later.
    """

    name: str
    target: str
    workers: int
    environment: Mapping[str, str] = field(repr=False)
    descriptors: tuple[int, ...] = ()
    gives_way: int = 0


class Worker:
    """A worker process, seen from outside: its process and when it was last heard."""

    def __init__(self, process: subprocess.Popen[bytes], beat: int, now: float) -> None:
        self.process = process
        self.beat = beat
        self.started_at = now
        self.heard_at: float | None = None

    def hears(self, now: float) -> None:
        """Take in what the worker wrote since."""
        with suppress(BlockingIOError):
            if os.read(self.beat, 4096):
                self.heard_at = now

    def hangs(self, now: float) -> bool:
        """Whether it should have been heard of."""
        if self.heard_at is None:
            return now - self.started_at > START_SECONDS
        return now - self.heard_at > SILENT_SECONDS

    def close(self) -> None:
        """Let go of its pipe."""
        os.close(self.beat)


class WorkerSeat:
    """A place for one worker: when it dies another follows, after a pause if need be."""

    def __init__(self, served: Served, listener: socket.socket | None, lifeline: int) -> None:
        self._served = served
        self._listener = listener
        self._lifeline = lifeline
        self._pause = FIRST_PAUSE
        self._next_at = 0.0
        self.name = served.name
        self.failed_starts = 0
        self.worker: Worker | None = None

    def tend(self, now: float, say: Callable[[str], None]) -> None:
        """Start, hear, end or replace the worker."""
        if self.worker is None:
            if now >= self._next_at:
                self.worker = self._start(now)
            return
        self.worker.hears(now)
        if self.worker.heard_at is not None:
            self.failed_starts = 0
        code = self.worker.process.poll()
        if code is None and self.worker.hangs(now):
            say(f"A worker of {self.name} did not answer for a long time and was replaced.")
            self.worker.process.kill()
        elif code is not None:
            say(f"A worker of {self.name} ended ({_words(code)}); another takes its place.")
            self._replace(now)

    def signal(self, number: int) -> None:
        """Send the worker a signal, where there is one."""
        if self.worker is not None:
            self.worker.process.send_signal(number)

    def is_taken(self) -> bool:
        """Whether a worker is still there."""
        return self.worker is not None and self.worker.process.poll() is None

    def _replace(self, now: float) -> None:
        """A worker that dies again and again is started ever less often."""
        assert self.worker is not None
        self.failed_starts += self.worker.heard_at is None
        steady = now - self.worker.started_at > STEADY_SECONDS
        self._pause = FIRST_PAUSE if steady else min(self._pause * 2, LONGEST_PAUSE)
        self._next_at = now if steady else now + self._pause
        self.worker.close()
        self.worker = None

    def _start(self, now: float) -> Worker:
        heard, beat = os.pipe()
        os.set_blocking(heard, False)
        numbers = {"lifeline": self._lifeline, "beat": beat}
        module = [self._served.target]
        if self._listener is not None:
            numbers["listener"] = self._listener.fileno()
            module = ["waypost.http_server.worker", self._served.target]
        words = [f"--{name}={number}" for name, number in numbers.items()]
        words.append(f"--gives-way={self._served.gives_way}")
        try:
            process = subprocess.Popen(  # noqa: S603 - our own module, with numbers
                [sys.executable, "-m", *module, *words],
                env=dict(self._served.environment),
                pass_fds=(*numbers.values(), *self._served.descriptors),
                stdin=subprocess.DEVNULL,
                process_group=0,  # Ctrl+C is the supervisor's to pass on
            )
        finally:
            os.close(beat)
        return Worker(process, heard, now)


def _words(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
