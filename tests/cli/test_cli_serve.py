"""`waypost serve`: a real server on a free port, and sentences where it cannot start."""

from __future__ import annotations

import signal
import socket
import sys
from pathlib import Path

import httpx

from cli.country import run
from running import held_port, started, until

WAYPOST = str(Path(sys.executable).with_name("waypost"))


def test_it_serves_on_several_workers_and_stops_when_told(own_data: Path) -> None:
    with (
        held_port() as port,
        started(
            [WAYPOST, "serve", "--port", str(port), "--workers", "2", "--desk-port", "0"]
        ) as server,
    ):
        assert f"http://127.0.0.1:{port}" in server.line()  # the address is printed
        until(lambda: answers(f"http://127.0.0.1:{port}/"), "answer")
        server.process.send_signal(signal.SIGINT)
        rest = server.rest()
    assert "GET" not in rest  # nobody's search is written down
    assert "Traceback" not in rest


def answers(address: str) -> bool:
    """Whether the server answers by now."""
    try:
        return httpx.get(address, timeout=30).status_code == 200
    except httpx.TransportError:
        return False


def test_a_port_that_is_taken(own_data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = run("serve", "--desk-port", "0", "--port", str(taken.getsockname()[1]))
    assert result.exit_code == 4
    assert "choose another --port" in result.output
