"""Slow, silent and hostile clients: each costs its own socket, and everybody else is answered."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import repeat

import pytest

from http_server.running import (
    PATIENCE,
    Server,
    body_of,
    request,
    rest,
    running,
    sockets,
    status,
)
from http_server.tiny_site import LARGE
from running import slowly, until


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as started:
        yield started
        started.let_go()
        started.stop()
        assert started.log.count("\n") == 1  # its address; clients write no line into a log


@pytest.fixture(scope="module")
def patient() -> Iterator[Server]:
    """A server whose deadlines nobody lives to see."""
    with running(patient=True) as started:
        yield started


def answers(server: Server) -> bool:
    """Whether somebody else gets a page."""
    return body_of(server.get("/")) == b"hello"


def ends(client: socket.socket) -> bool:
    """Whether the server ends a connection, sooner than never."""
    client.settimeout(PATIENCE)
    try:
        rest(client)
    except TimeoutError:
        return False
    return True


def test_empty_connections_hold_up_nobody_and_end(server: Server) -> None:
    with ExitStack() as held:
        silent = [held.enter_context(server.connect()) for _ in range(40)]
        assert answers(server)
        assert all(ends(client) for client in silent)


def test_the_longest_silent_give_way_to_new_ones(patient: Server) -> None:
    with ExitStack() as held:
        first = held.enter_context(patient.connect())
        others = [held.enter_context(patient.connect()) for _ in range(60)]
        assert answers(patient)
        assert ends(first)  # though its time was not up
        assert others


UNENDED = {
    "a letter": b"G",
    "half a line": b"GET / HT",
    "no end": b"GET / HTTP/1.1\r\nHost: x\r\n",
    "a long header": b"GET / HTTP/1.1\r\nX: " + b"a" * 9000,
}


def test_headers_that_do_not_end_are_not_waited_for(server: Server) -> None:
    with ExitStack() as held:
        waiting = {kind: held.enter_context(server.connect()) for kind in UNENDED}
        for kind, client in waiting.items():
            client.sendall(UNENDED[kind])
        assert answers(server)
        assert {kind: ends(client) for kind, client in waiting.items()} == dict.fromkeys(
            UNENDED, True
        )


def test_headers_that_drip_are_not_waited_for(server: Server) -> None:
    with server.connect() as client, pytest.raises(OSError, match=r"reset|pipe"):
        client.sendall(b"GET / HTTP/1.1\r\n")
        for drop in slowly(repeat(b"X-A: b\r\n", 300)):
            client.sendall(drop)


def test_a_body_that_does_not_come_holds_up_nobody(server: Server) -> None:
    half = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n"
    with ExitStack() as held:
        waiting = [held.enter_context(server.connect()) for _ in range(16)]
        for number, client in enumerate(waiting):
            client.sendall(half + b"abc"[: 3 * (number % 2)])  # nothing of it, or a part
        assert answers(server)
        for client in waiting:
            assert status(client.recv(4096)) == 408


def test_bodies_that_are_too_much_together_end_the_oldest(patient: Server) -> None:
    half = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + b"a" * 150_000
    with ExitStack() as held:
        waiting = [held.enter_context(patient.connect()) for _ in range(6)]
        for client in waiting:
            client.sendall(half)
        assert ends(waiting[0])
        whole = request("POST", "/echo", body=b"b" * 100_000)
        assert body_of(patient.ask(whole)) == b"b" * 100_000


def test_answers_that_are_not_read_hold_up_nobody_and_end(server: Server) -> None:
    worker = int(body_of(server.get("/whoami")))
    idle = sockets(worker)
    with ExitStack() as held:
        unread = []
        for path in ["/large", "/made?400", "/file?60000"] * 4:
            client = held.enter_context(server.connect())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(request("GET", path))
            client.recv(1, socket.MSG_PEEK)  # its answer has begun
            unread.append(client)
        assert answers(server)
        until(lambda: sockets(worker) <= idle, "end of the twelve")
        assert answers(server)
        got = [rest(client) for client in unread]  # what was on its way, and no more
    assert all(len(answer) < LARGE for answer in got)


def test_a_slow_reader_that_reads_gets_everything(server: Server) -> None:
    with server.connect() as client:
        client.sendall(request("GET", "/large"))
        parts = (client.recv(400_000) for _ in slowly(repeat(None, 2_000)))
        got = 0
        for part in parts:
            got += len(part)
            if not part:
                break
    assert got > LARGE


def test_what_a_gone_client_asked_for_is_closed(server: Server) -> None:
    before = int(body_of(server.get("/closed")))
    with server.connect() as client:
        client.sendall(request("GET", "/made?400"))
        client.recv(1000)
    until(lambda: int(body_of(server.get("/closed"))) == before + 1, "closing")


def test_requests_that_nobody_waits_for_any_more_are_not_worked_at(server: Server) -> None:
    server.hold()
    begun = server.begun()
    with ExitStack() as held:
        for _ in range(20):
            client = held.enter_context(server.connect())
            client.sendall(request("GET", "/hold"))
        until(lambda: server.begun() > begun, "first of them")  # the other nineteen wait
    for _ in slowly(range(8)):  # from beside their lane, and longer than `PATIENCE_SECONDS`
        assert status(server.get("/slow/whoami")) == 200
    server.let_go()
    assert answers(server)
    assert server.begun() == begun + 1


def test_what_waits_for_others_leaves_pages_free(server: Server) -> None:
    server.hold()
    begun = server.begun()
    with ExitStack() as held:
        for _ in range(4):
            client = held.enter_context(server.connect())
            client.sendall(request("GET", "/slow/hold"))
        until(lambda: server.begun() == begun + 4, "four of them")
        assert answers(server)  # while all four rest
        server.let_go()
