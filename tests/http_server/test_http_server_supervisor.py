"""Workers that die, hang or are stopped; a supervisor that is killed; several applications."""

from __future__ import annotations

import os
import signal
from contextlib import ExitStack
from pathlib import Path

import pytest

from http_server.running import PATIENCE, Server, body_of, request, rest, running, status
from parameter_ids import short_id
from running import until


def worker(server: Server) -> int:
    return int(body_of(server.get("/whoami")))


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
        until(lambda: not alive(before), "end of the worker")
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
        server.process.wait(PATIENCE)
        until(lambda: not any(map(alive, pids)), "end of the workers")


def test_stopping_ends_in_time_whatever_clients_do() -> None:
    with running(workers=2) as server:
        assert worker(server)
        clients = [server.connect() for _ in range(8)]
        starts = [
            b"", b"GET / HT", b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n",
            request("GET", "/made?400"), request("GET", "/large"), request("GET", "/file?90000"),
            request("GET", "/hold"), request("GET", "/slow/hold"),
        ]  # fmt: skip
        for client, start in zip(clients, starts, strict=True):
            client.sendall(start)
        until(lambda: server.begun() >= 1, "view that would rest for ten minutes")
        server.stop()  # in less than ten minutes; its limit is `STOP_SECONDS`
        assert server.process.returncode == 0
        for client in clients:
            client.close()


def test_stopping_finishes_what_it_can() -> None:
    with running() as server, server.connect() as client:
        client.sendall(request("GET", "/hold"))
        until(lambda: server.begun() == 1, "beginning")
        server.process.send_signal(signal.SIGTERM)
        until(server.refuses, "closed door")
        server.let_go()
        assert body_of(rest(client)) == b"rested"


def test_a_second_signal_ends_it_at_once() -> None:
    with running(patient=True) as server, server.connect() as client:
        client.sendall(request("GET", "/hold"))
        until(lambda: server.begun() == 1, "beginning")
        server.process.send_signal(signal.SIGINT)
        until(server.refuses, "closed door")
        server.stop(signal.SIGINT)
        assert body_of(rest(client)) == b""
        assert server.process.returncode == 0


def test_an_application_that_cannot_be_loaded_ends_it_with_a_sentence() -> None:
    with running("http_server.no_such_site:application") as server:
        server.ended()
    assert server.process.returncode == 4
    assert "no_such_site:application does not start" in server.log


def test_workers_share_the_work() -> None:
    with running(workers=2) as server, ExitStack() as held:
        until(lambda: len({worker(server) for _ in range(12)}) == 2, "second worker")
        clients = []
        for number in (1, 2):  # each worker has one thread for pages
            clients.append(held.enter_context(server.connect()))
            clients[-1].sendall(request("GET", "/hold"))
            until(lambda: server.begun() == number, "view at work")  # noqa: B023
        server.let_go()
        assert [status(rest(client)) for client in clients] == [200, 200]
