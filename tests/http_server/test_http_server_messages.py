"""Requests as they may be written, and answers as they must be (RFC 9112, PEP 3333)."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from http_server.running import Server, body_of, request, running, status
from http_server.tiny_site import HTTP_LIMITS
from running import PATIENCE, until


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def client(server: Server) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=PATIENCE) as opened:
        yield opened


def test_pages_bodies_and_kept_connections(client: httpx.Client) -> None:
    assert client.get("/").text == "hello"
    assert client.post("/echo", content=b"a=1").content == b"a=1"
    assert client.post("/echo", content=iter([b"a", b"b" * 70_000])).content == b"a" + b"b" * 70_000
    assert client.get("/nowhere").status_code == 404


def test_a_connection_ends_with_a_word_after_its_last_request(server: Server) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=PATIENCE) as proxy:
        answers = [proxy.get("/") for _ in range(2 * HTTP_LIMITS.requests)]
    last = [n for n, answer in enumerate(answers, 1) if "connection" in answer.headers]
    assert last == [HTTP_LIMITS.requests, 2 * HTTP_LIMITS.requests]
    assert {answer.text for answer in answers} == {"hello"}


def test_a_file_is_whole_whatever_its_size(client: httpx.Client) -> None:
    for times in (1, 256, 257, 3000):
        answer = client.get(f"/file?{times}")
        assert answer.content == bytes(range(256)) * times
        assert answer.headers["content-length"] == str(256 * times)


def test_an_answer_in_pieces(client: httpx.Client) -> None:
    assert len(client.get("/made?300").content) == 300 * 8 * 1024
    assert client.get("/made?0").content == b""


def test_head_has_the_headers_and_nothing_else(server: Server) -> None:
    for path in ("/", "/file?3000", "/made?3"):
        answer = server.ask(request("HEAD", path))
        assert status(answer) == 200 and body_of(answer) == b""
    assert b"content-length: 768000" in server.ask(request("HEAD", "/file?3000"))


def test_an_answer_that_fails_half_way_is_not_taken_for_a_whole_one(server: Server) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"http://127.0.0.1:{server.port}/made?600", timeout=PATIENCE)


def test_a_view_that_fails_is_a_500(server: Server) -> None:
    assert status(server.get("/fail")) == 500
    assert body_of(server.get("/")) == b"hello"


def test_what_the_application_is_told(server: Server) -> None:
    answer = server.get(
        "/headers?a=%20b", "X-Forwarded-For: 192.0.2.1", "Accept: a", "Accept: b", "Cookie: c=1",
        "Cookie: d=2",
    )  # fmt: skip
    told = dict(line.split("=", 1) for line in body_of(answer).decode().splitlines())
    assert told["QUERY_STRING"] == "a=%20b"
    assert told["REMOTE_ADDR"] == "127.0.0.1"
    assert told["HTTP_X_FORWARDED_FOR"] == "192.0.2.1"
    assert told["HTTP_ACCEPT"] == "a,b"
    assert told["HTTP_COOKIE"] == "c=1; d=2"


@pytest.mark.parametrize("name", ["X_Forwarded_For", "x_forwarded_for", "X-Forwarded_For"])
def test_a_header_with_an_underscore_is_dropped(server: Server, name: str) -> None:
    answer = server.get("/headers", "X-Forwarded-For: 192.0.2.1", f"{name}: 198.51.100.9")
    assert b"198.51.100.9" not in answer


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", 400),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 400_000, 431),
        (b"POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\nConnection: close\r\n\r\n", 413),
        (
            b"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
            b"Content-Length: 65537\r\nConnection: close\r\n\r\n",
            413,
        ),
        (
            b"POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
            b"400\r\n" + b"a" * 1024 + b"\r\n0\r\n\r\n",
            413,
        ),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nBad Header: b\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: b\r\n folded\r\n\r\n", 400),
        (b"GET / HTTP/9.9\r\n\r\n", 400),
        (b"FOO / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),  # TLS on a plain port
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),  # HTTP/2 with prior knowledge
    ],
    ids=["no host", "two hosts", "a long address", "large headers", "headers without end", "a large body",
         "an upload", "a large body in chunks", "two lengths told two ways", "two lengths",
         "less than nothing", "a length past counting", "a space in a name", "a folded line",
         "a later version", "no such method", "TLS", "HTTP/2"],
)  # fmt: skip
def test_what_is_refused(server: Server, raw: bytes, expected: int) -> None:
    assert status(server.ask(raw)) == expected


def test_a_refused_body_is_read_so_that_the_refusal_is_seen(server: Server) -> None:
    answer = httpx.post(
        f"http://127.0.0.1:{server.port}/small", content=b"a" * 3_000_000, timeout=PATIENCE
    )
    assert answer.status_code == 413
    assert "Please go back" in answer.text


def test_requests_in_one_go_are_answered_in_turn(server: Server) -> None:
    one = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    answer = server.ask(one * 5 + request("GET", "/whoami"))
    assert answer.count(b"hello") == 5
    assert status(answer) == 200


def test_a_client_that_has_said_all_still_gets_its_answer(server: Server) -> None:
    import socket

    with server.connect() as client:
        client.sendall(b"GET /hold HTTP/1.0\r\n\r\n")
        client.shutdown(socket.SHUT_WR)
        until(lambda: server.begun() == 1, "beginning")
        server.let_go()
        assert b"rested" in client.recv(4096) + client.recv(4096)


def test_continue_is_said_only_to_what_is_wanted(server: Server) -> None:
    head = "POST {} HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n"
    with server.connect() as client:
        client.sendall(head.format("/small").encode())
        assert status(client.recv(4096)) == 413
    with server.connect() as client:
        client.sendall(head.format("/echo").encode())
        assert status(client.recv(4096)) == 100


def test_nothing_is_said_of_the_server_s_make(server: Server) -> None:
    assert b"server:" not in server.get("/").lower()
