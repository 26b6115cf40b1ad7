"""A server with workers, as a process of its own, and a plain client that may misbehave."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from http_server.tiny_site import FOLDER, PATIENT
from running import Program, started

TESTS = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
"""Seconds for an answer on a machine that is busy with other things."""


class Server:
    """A running server of a small site."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._program, self._folder = program, folder
        self.process: subprocess.Popen[str] = program.process
        self.port = int(program.line_with("http://").rpartition(":")[2])
        self.log = ""

    def connect(self, timeout: float = PATIENCE) -> socket.socket:
        """A new connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def ask(self, request: bytes) -> bytes:
        """What the server says until it closes the connection."""
        with self.connect() as client:
            client.sendall(request)
            return rest(client)

    def get(self, path: str, *more: str) -> bytes:
        """The answer to a GET on a connection of its own."""
        return self.ask(request("GET", path, *more))

    def refuses(self) -> bool:
        """Whether nobody listens any more."""
        try:
            self.connect().close()
        except OSError:
            return True
        return False

    def begun(self) -> int:
        """How many views that hold have begun since the server started."""
        mark = self._folder / "begun"
        return mark.stat().st_size if mark.exists() else 0

    def let_go(self) -> None:
        """Let every view that holds go on."""
        (self._folder / "go").touch()

    def hold(self) -> None:
        """Views hold again."""
        (self._folder / "go").unlink(missing_ok=True)

    def stop(self, number: int = signal.SIGTERM) -> None:
        """Stop it, and read its log."""
        self.process.send_signal(number)
        self.ended()

    def ended(self) -> None:
        """Wait for its end, and read its log."""
        self.log = "".join(self._program.said) + self._program.rest(PATIENCE)
        self.process.wait(PATIENCE)


def request(method: str, path: str, *headers: str, body: bytes = b"") -> bytes:
    """A whole request that closes its connection."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: close", *headers]
    if body:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


def rest(client: socket.socket) -> bytes:
    """Everything until the other side closes; a reset ends it too."""
    parts = []
    try:
        while part := client.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def status(answer: bytes) -> int:
    """The status of an answer; 0 where there is none."""
    return int(answer[9:12]) if answer.startswith(b"HTTP/1.1 ") else 0


def body_of(answer: bytes) -> bytes:
    """The body of an answer that is not chunked."""
    return answer.partition(b"\r\n\r\n")[2]


def sockets(pid: int) -> int:
    """How many sockets a process has open."""
    count = 0
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # closed meanwhile
            count += str(link.readlink()).startswith("socket:")
    return count


@contextmanager
def running(
    target: str = "http_server.tiny_site:application", workers: int = 1, *, patient: bool = False
) -> Iterator[Server]:
    """A server of an application; it is stopped at the end, if it was not before.

    A ``patient`` one has deadlines too long to wait for: what ends then, ends for another reason.
    """
    command = [sys.executable, "-m", "waypost.http_server", target, "--workers", str(workers)]
    with tempfile.TemporaryDirectory() as folder:
        env = os.environ | {"PYTHONPATH": str(TESTS), FOLDER: folder}
        with started(command, env | ({PATIENT: "1"} if patient else {})) as program:
            server = Server(program, Path(folder))
            yield server
            server.let_go()
