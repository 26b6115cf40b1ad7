"""The tests reach no network: `no_network` blocks it, and here that is seen to hold."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from no_network import NetworkUsed, is_here

ELSEWHERE = "192.0.2.1"  # TEST-NET-1 (RFC 5737): nobody has it


def test_no_name_is_looked_up() -> None:
    for look_up in (socket.gethostbyname, lambda name: socket.getaddrinfo(name, 443)):
        with pytest.raises(NetworkUsed, match=r"example\.org"):
            look_up("example.org")


@pytest.mark.parametrize("kind", [socket.SOCK_STREAM, socket.SOCK_DGRAM])
def test_no_address_is_called(kind: socket.SocketKind) -> None:
    with socket.socket(socket.AF_INET, kind) as line:
        for call in (line.connect, line.connect_ex):
            with pytest.raises(NetworkUsed):
                call((ELSEWHERE, 80))
    with socket.socket(socket.AF_INET6, kind) as line, pytest.raises(NetworkUsed):
        line.connect(("2001:db8::1", 80))


def test_nothing_is_sent_without_a_call() -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line,
        pytest.raises(NetworkUsed),
    ):
        line.sendto(b"hello", (ELSEWHERE, 53))


@pytest.mark.parametrize("url", [f"http://{ELSEWHERE}/", "https://example.org/"])
def test_no_library_gets_around_it(url: str) -> None:
    with pytest.raises(NetworkUsed):
        urllib.request.urlopen(url, timeout=1)
    with pytest.raises(NetworkUsed):
        httpx.get(url, timeout=1)

    async def ask() -> None:
        async with httpx.AsyncClient(timeout=1) as client:
            await client.get(url)

    # In a thread of its own: the browser's tests keep a loop running in this one.
    with ThreadPoolExecutor(1) as apart, pytest.raises((NetworkUsed, ExceptionGroup)) as caught:
        apart.submit(asyncio.run, ask()).result(60)
    told = caught.value
    assert isinstance(told, NetworkUsed) or told.subgroup(NetworkUsed)


def test_this_machine_may_be_called() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        answered = threading.Thread(target=_answer, args=(server,))
        answered.start()
        socket.create_connection(server.getsockname(), timeout=5).close()
        answered.join(5)
    assert socket.getaddrinfo("localhost", 80)


def _answer(server: socket.socket) -> None:
    server.accept()[0].close()


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), (b"localhost", True), (None, True),
     ("10.0.0.1", False), ("0.0.0.0", False), ("fe80::1%eth0", False), ("localhost.example", False)],
)  # fmt: skip
def test_what_is_this_machine(host: object, here: bool) -> None:
    assert is_here(host) is here


def test_the_block_holds_in_this_very_process() -> None:
    with pytest.raises(NetworkUsed):
        sys.audit("socket.connect", None, (ELSEWHERE, 80))
