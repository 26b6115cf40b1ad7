"""Slow, silent and hostile clients: each costs its own socket, and everybody else is answered."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from http_server.running import Server, body_of, request, rest, running, status
from http_server.tiny_site import LARGE


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as started:
        yield started


def answers(server: Server) -> bool:
    """Whether somebody else gets a page."""
    return body_of(server.get("/")) == b"hello"


def ends_within(client: socket.socket, seconds: float) -> bool:
    """Whether the server ends a connection in time."""
    client.settimeout(seconds)
    try:
        rest(client)
    except TimeoutError:
        return False
    return True


def test_empty_connections_hold_up_nobody_and_end(server: Server) -> None:
    with ExitStack() as held:
        silent = [held.enter_context(server.connect()) for _ in range(40)]
        assert answers(server)
        assert all(ends_within(client, 10) for client in silent)


def test_the_longest_silent_give_way_to_new_ones(server: Server) -> None:
    with ExitStack() as held:
        first = held.enter_context(server.connect())
        begun = time.monotonic()
        others = [held.enter_context(server.connect()) for _ in range(60)]
        assert answers(server)
        assert ends_within(first, 10)
        assert time.monotonic() - begun < 2  # before its time was up
        assert others


@pytest.mark.parametrize(
    "start",
    [b"G", b"GET / HT", b"GET / HTTP/1.1\r\nHost: x\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 9000],
    ids=["a letter", "half a line", "no end", "a long header"],
)
def test_headers_that_do_not_end_are_not_waited_for(server: Server, start: bytes) -> None:
    with server.connect() as client:
        client.sendall(start)
        assert answers(server)
        assert ends_within(client, 10)


def test_headers_that_drip_are_not_waited_for(server: Server) -> None:
    begun = time.monotonic()
    with server.connect() as client:
        client.sendall(b"GET / HTTP/1.1\r\n")
        try:
            while time.monotonic() - begun < 15:
                client.sendall(b"X-A: b\r\n")
                time.sleep(0.2)
        except OSError:
            pass
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("sent", [0, 3], ids=["nothing of it", "a part of it"])
def test_a_body_that_does_not_come_holds_up_nobody(server: Server, sent: int) -> None:
    half = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n" + b"abc"[:sent]
    with ExitStack() as held:
        waiting = [held.enter_context(server.connect()) for _ in range(8)]
        for client in waiting:
            client.sendall(half)
        assert answers(server)
        for client in waiting:
            client.settimeout(10)
            assert status(client.recv(4096)) == 408


def test_bodies_that_are_too_much_together_end_the_oldest(server: Server) -> None:
    half = b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" + b"a" * 150_000
    with ExitStack() as held:
        waiting = [held.enter_context(server.connect()) for _ in range(6)]
        for client in waiting:
            client.sendall(half)
        assert ends_within(waiting[0], 1.5)
        whole = request("POST", "/echo", body=b"b" * 100_000)
        assert body_of(server.ask(whole)) == b"b" * 100_000


@pytest.mark.parametrize("path", ["/large", "/made?400", "/file?60000"])
def test_answers_that_are_not_read_hold_up_nobody_and_end(server: Server, path: str) -> None:
    with ExitStack() as held:
        unread = []
        for _ in range(6):
            client = held.enter_context(server.connect())
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.sendall(request("GET", path))
            unread.append(client)
        assert answers(server)
        time.sleep(5)
        assert answers(server)
        got = [rest(client) for client in unread]  # what was on its way, and no more
    assert all(len(answer) < LARGE for answer in got)


def test_a_slow_reader_that_reads_gets_everything(server: Server) -> None:
    with server.connect() as client:
        client.sendall(request("GET", "/large"))
        got = 0
        while part := client.recv(400_000):
            got += len(part)
            time.sleep(0.1)
    assert got > LARGE


def test_what_a_gone_client_asked_for_is_closed(server: Server) -> None:
    before = int(body_of(server.get("/closed")))
    with server.connect() as client:
        client.sendall(request("GET", "/made?400"))
        client.recv(1000)
    deadline = time.monotonic() + 10
    while int(body_of(server.get("/closed"))) == before and time.monotonic() < deadline:
        time.sleep(0.1)
    assert int(body_of(server.get("/closed"))) == before + 1


def test_requests_that_nobody_waits_for_any_more_are_not_worked_at(server: Server) -> None:
    with ExitStack() as held:
        for _ in range(20):
            client = held.enter_context(server.connect())
            client.sendall(request("GET", "/nap?0.5"))
    begun = time.monotonic()
    assert answers(server)
    assert time.monotonic() - begun < 5  # not ten


def test_what_waits_for_others_leaves_pages_free(server: Server) -> None:
    with ExitStack() as held:
        for _ in range(4):
            client = held.enter_context(server.connect())
            client.sendall(request("GET", "/slow/nap?2"))
        begun = time.monotonic()
        assert answers(server)
        assert time.monotonic() - begun < 1.5
