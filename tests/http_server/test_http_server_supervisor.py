"""Workers that die, hang or are stopped; a supervisor that is killed; several applications."""

from __future__ import annotations

import os
import signal
import socket
import time
from pathlib import Path

import pytest

from http_server.running import body_of, request, rest, running, status, within
from parameter_ids import short_id


def worker(server: object) -> int:
    return int(body_of(server.get("/whoami")))  # type: ignore[attr-defined]


def alive(pid: int) -> bool:
    """Whether a process is there, and not only the memory of one."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM], ids=short_id)
def test_a_worker_that_dies_is_replaced(number: int) -> None:
    with running() as server:
        before = worker(server)
        os.kill(before, number)
        assert within(20, lambda: not alive(before))
        assert worker(server) != before  # the connection waits for the next worker
        server.stop()
    assert "another takes its place" in server.log


def test_both_workers_killed_at_once_and_again() -> None:
    with running(workers=2) as server:
        for _ in range(2):
            pids = {worker(server) for _ in range(12)}
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            assert worker(server) not in pids


def test_nothing_is_left_of_a_server_whose_supervisor_is_killed() -> None:
    with running(workers=2) as server:
        pids = {worker(server) for _ in range(12)}
        server.process.kill()
        server.process.wait(10)
        assert within(10, lambda: not any(map(alive, pids)))


def test_stopping_ends_in_time_whatever_clients_do() -> None:
    with running(workers=2) as server:
        assert worker(server)
        clients = [server.connect() for _ in range(8)]
        starts = [
            b"", b"GET / HT", b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n",
            request("GET", "/made?400"), request("GET", "/large"), request("GET", "/file?90000"),
            request("GET", "/nap?60"), request("GET", "/slow/nap?60"),
        ]  # fmt: skip
        for client, start in zip(clients, starts, strict=True):
            client.sendall(start)
        time.sleep(0.5)
        assert server.stop() < 10
        assert server.process.returncode == 0
        for client in clients:
            client.close()


def test_stopping_finishes_what_it_can() -> None:
    with running() as server:
        assert worker(server)
        client = server.connect()
        client.sendall(request("GET", "/nap?1"))
        time.sleep(0.3)
        server.process.send_signal(signal.SIGTERM)
        assert body_of(rest(client)) == b"rested"
        client.close()
        with pytest.raises(OSError, match="refused"):
            server.connect()


def test_a_second_signal_ends_it_at_once() -> None:
    with running() as server, server.connect() as client:
        client.sendall(request("GET", "/nap?60"))
        time.sleep(0.3)
        server.process.send_signal(signal.SIGINT)
        time.sleep(0.3)
        assert server.stop(signal.SIGINT) < 3


def test_an_application_that_cannot_be_loaded_ends_it_with_a_sentence() -> None:
    with running("http_server.no_such_site:application") as server:
        _, log = server.process.communicate(timeout=60)
    assert server.process.returncode == 4
    assert "no_such_site:application does not start" in log


def test_workers_share_the_work() -> None:
    with running(workers=2) as server:
        worker(server)
        time.sleep(1)
        held: list[socket.socket] = []
        for _ in range(2):
            client = server.connect()
            client.sendall(request("GET", "/nap?1"))
            held.append(client)
            time.sleep(0.2)
        begun = time.monotonic()
        assert [status(rest(client)) for client in held] == [200, 200]
        assert time.monotonic() - begun < 1.5  # one after the other would take two
        for client in held:
            client.close()
