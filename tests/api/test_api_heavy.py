"""Downloads and listings that nobody reads, and many at once: a page of help is answered meanwhile."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from pathlib import Path

from http_server.running import Server, request, running, status

FORM = b"sType=SA&pageSize=100000&page=1"
TYPE = "Content-Type: application/x-www-form-urlencoded"


def unread(server: Server, held: ExitStack, asked: bytes) -> bytes:
    """The head of an answer whose rest stays on the way."""
    client = held.enter_context(server.connect())
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.sendall(asked)
    return client.recv(600)


def test_a_page_of_help_is_answered_while_whole_directories_are_read(data_dir: Path) -> None:
    with running("waypost.config.wsgi:application") as server, ExitStack() as held:
        assert status(server.get("/help-now")) == 200
        for ending in ("ndjson", "csv", "sqlite3"):
            for packed in ("identity", "gzip"):
                asked = request("GET", f"/api/v1/snapshot.{ending}", f"Accept-Encoding: {packed}")
                assert status(unread(server, held, asked)) == 200
                assert status(server.get("/help-now")) == 200
        listing = request("POST", "/locator/listing", TYPE, body=FORM)
        heads = [unread(server, held, listing) for _ in range(4)]
        assert [status(head) for head in heads].count(200) == 2
        refused = [head for head in heads if status(head) != 200]
        assert all(status(head) == 503 and b"retry-after" in head.lower() for head in refused)
        for path in ("/help-now", "/", "/es/help-now", "/find?near=78701"):
            assert status(server.get(path)) == 200
