"""A server with workers, as a process of its own, and a plain client that may misbehave."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port
        self.log = ""

    def connect(self, timeout: float = 20.0) -> socket.socket:
        """A new connection."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def ask(self, request: bytes, timeout: float = 20.0) -> bytes:
        """What the server says until it closes the connection."""
        with self.connect(timeout) as client:
            client.sendall(request)
            return rest(client)

    def get(self, path: str, *more: str) -> bytes:
        """The answer to a GET on a connection of its own."""
        return self.ask(request("GET", path, *more))

    def stop(self, number: int = signal.SIGTERM) -> float:
        """Stop it; seconds until it has ended, and its log is read."""
        begun = time.monotonic()
        self.process.send_signal(number)
        _, self.log = self.process.communicate(timeout=30)
        return time.monotonic() - begun


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


@contextmanager
def running(
    target: str = "http_server.tiny_site:application", workers: int = 1
) -> Iterator[Server]:
    """A server of an application; it is stopped at the end, if it was not before."""
    process = subprocess.Popen(
        [sys.executable, "-m", "waypost.http_server", target, "--workers", str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(TESTS)},
    )
    assert process.stdout is not None
    server = Server(process, int(process.stdout.readline().rpartition(":")[2] or 0))
    try:
        yield server
    finally:
        if process.poll() is None:
            server.stop()
        for pipe in (process.stdout, process.stderr):
            assert pipe is not None
            pipe.close()


def within(seconds: float, holds: object) -> bool:
    """Whether a condition becomes true in time."""
    assert callable(holds)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return bool(holds())
