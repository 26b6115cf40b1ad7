"""Programs, servers and ports that tests start: every wait ends, and nothing is left running."""

from __future__ import annotations

import queue
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import HTTPServer
from pathlib import Path
from typing import TypeVar
from urllib.error import HTTPError
from urllib.request import urlopen

Seen = TypeVar("Seen")
PATIENCE = 240.0
"""Seconds that anything may take on a machine that is busy with other things."""


def until(look: Callable[[], Seen], what: str, seconds: float = PATIENCE) -> Seen:
    """Look again and again until there is something to see; what never comes is a failure."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if seen := look():
            return seen
        time.sleep(0.05)
    raise AssertionError(f"after {seconds:.0f} seconds: no {what}")


def never(look: Callable[[], object], what: str, seconds: float = 0.1) -> None:
    """Look again and again for a moment that nothing is there to see.

    A slow machine sees less of it and never fails by it: what must not come at all, the order of
    things at the end has to prove as well.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        assert not look(), what
        time.sleep(0.005)


@contextmanager
def held_port() -> Iterator[int]:
    """A free port that stays ours until the end: a socket that does not listen keeps it.

    Whoever is told the number may listen there, since each of the two sockets allows the other; a
    port that is only looked up and let go may be somebody else's by the time the server starts.
    """
    with socket.socket() as holder:
        for option in (socket.SO_REUSEADDR, socket.SO_REUSEPORT):
            holder.setsockopt(socket.SOL_SOCKET, option, 1)
        holder.bind(("127.0.0.1", 0))
        yield int(holder.getsockname()[1])


class Program:
    """A running program whose lines are read as they come."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.said: list[str] = []
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def stop(self) -> None:
        """End it, by force where it does not listen."""
        stop(self.process)
        self._listener.join(PATIENCE)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def line(self, seconds: float = PATIENCE) -> str:
        """The next line that it writes; a failure where none comes or it has ended."""
        try:
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            raise AssertionError(f"no line in {seconds:.0f} seconds after {self.said}") from None
        assert line is not None, f"it ended after {self.said}"
        self.said.append(line)
        return line

    def line_with(self, words: str, seconds: float = PATIENCE) -> str:
        """The next line that holds these words."""
        deadline = time.monotonic() + seconds
        while words not in (line := self.line(max(0.0, deadline - time.monotonic()))):
            pass
        return line

    def rest(self, seconds: float = PATIENCE) -> str:
        """Everything it writes from here to its end."""
        words = ""
        deadline = time.monotonic() + seconds
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"it did not end in {seconds:.0f} seconds: {words}") from None
            if line is None:
                return words
            words += line


def slowly(things: Iterable[Seen], seconds: float = 0.1) -> Iterator[Seen]:
    """Things with a pause before each, as a slow client has: nobody waits for anything meanwhile."""
    for thing in things:
        time.sleep(seconds)
        yield thing


@contextmanager
def started(command: Sequence[str], env: Mapping[str, str] | None = None) -> Iterator[Program]:
    """A program that is stopped at the end, kindly and then by force."""
    program = Program(
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env
        )
    )
    try:
        yield program
    finally:
        program.stop()


def stop(process: subprocess.Popen[str] | subprocess.Popen[bytes], seconds: float = 20) -> None:
    """End a program, by force where it does not listen."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(seconds)


@contextmanager
def answering(server: HTTPServer) -> Iterator[str]:
    """A server of this process on a thread of its own; gives its address."""
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join(PATIENCE)
        server.server_close()


@contextmanager
def logged(
    command: Sequence[str], log: Path, env: Mapping[str, str], folder: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that writes into a file, and is stopped at the end."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=out, stderr=out)
    try:
        yield process
    finally:
        stop(process)


def answer_of(address: str, server: subprocess.Popen[bytes], log: Path) -> str:
    """What a server that is just starting answers at an address, once it answers."""

    def ask() -> list[str]:
        assert server.poll() is None, f"the server ended: {log.read_text()}"
        try:
            with urlopen(address, timeout=PATIENCE) as answer:
                return [answer.read().decode()]
        except HTTPError as error:
            raise AssertionError(f"{address}: {error.code}: {log.read_text()}") from error
        except OSError:  # nobody listens yet
            return []

    return until(ask, f"answer from {address}")[0]
