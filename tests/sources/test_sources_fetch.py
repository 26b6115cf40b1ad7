"""The locator is read page by page over real HTTP, from a twin on this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from waypost.sources.fetch import fetch_locator
from waypost.sources.reading import BadSource

TODAY = date(2026, 11, 24)


@contextmanager
def locator(pages: dict[int, tuple[int, bytes]]) -> Iterator[tuple[str, list[str]]]:
    """A locator that answers as told; its address and what it was asked."""
    asked: list[str] = []

    class Door(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            page = int(parse_qs(urlsplit(self.path).query)["page"][0])
            status, body = pages.get(page, (404, b""))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(number: int, rows: int) -> bytes:
    """One page of two."""
    return json.dumps({"page": number, "totalPages": 2, "recordCount": 3,
                       "rows": [{"name1": f"{number}-{i}"} for i in range(rows)]}).encode()  # fmt: skip


def test_all_pages_become_one_dated_file(tmp_path: Path) -> None:
    with locator({1: (200, page(1, 2)), 2: (200, page(2, 1))}) as (site, asked):
        path = fetch_locator(tmp_path, TODAY, site=site)
    assert path.name == "findtreatment_2026-11-24.json"
    assert [r["name1"] for r in json.loads(path.read_bytes())["rows"]] == ["1-0", "1-1", "2-0"]
    assert len(asked) == 2
    assert "pageSize=2000" in asked[0]


@pytest.mark.parametrize(
    ("pages", "words"),
    [
        ({1: (500, b"")}, "answered 500 on page 1"),
        ({1: (200, b"<html>")}, "not JSON"),
        ({1: (200, b"[]")}, "shape"),
        ({1: (200, page(1, 2))}, "answered 404 on page 2"),
    ],
)
def test_a_locator_that_fails_leaves_nothing_behind(
    tmp_path: Path, pages: dict[int, tuple[int, bytes]], words: str
) -> None:
    with locator(pages) as (site, _), pytest.raises(BadSource, match=words):
        fetch_locator(tmp_path, TODAY, site=site)
    assert not list(tmp_path.iterdir())


def test_no_network_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="could not be reached"):
        fetch_locator(tmp_path, TODAY, site="http://127.0.0.1:9")
