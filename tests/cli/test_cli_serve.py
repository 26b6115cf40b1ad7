"""`waypost serve`: a real server on a free port, and sentences where it cannot start."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from cli.country import run

WAYPOST = str(Path(sys.executable).with_name("waypost"))


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_serves_on_several_workers_and_stops_when_told(own_data: Path) -> None:
    port = free_port()
    with subprocess.Popen(
        [WAYPOST, "serve", "--port", str(port), "--workers", "2", "--desk-port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        assert server.stdout is not None
        try:
            assert f"http://127.0.0.1:{port}" in server.stdout.readline()  # the address is printed
            assert answered(f"http://127.0.0.1:{port}/")
        finally:
            server.send_signal(signal.SIGINT)
            rest = server.stdout.read()
    assert "GET" not in rest  # nobody's search is written down
    assert "Traceback" not in rest


def answered(address: str) -> bool:
    """Whether the server answers within a minute."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return httpx.get(address, timeout=30).status_code == 200
        except httpx.TransportError:
            time.sleep(0.1)
    return False


def test_a_port_that_is_taken(own_data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--desk-port", "0", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 4
    assert "choose another --port" in result.output
