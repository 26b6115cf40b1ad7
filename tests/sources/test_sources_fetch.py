"""The locator is read page by page over real HTTP, from a twin on this machine."""

from __future__ import annotations

import json
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from running import answering
from twins.locator import captured_rows, serving
from waypost.directory.site import Source, Survey
from waypost.sources import fetch
from waypost.sources.fetch import ask_locator, fetch_locator
from waypost.sources.locator_rows import read_json
from waypost.sources.reading import BadSource
from waypost.values.geo import Point

TODAY = date(2026, 11, 24)
DAYTON = Point(39.7589, -84.1916)
SOURCE = Source("x", "x", "x", "2026", TODAY, "x", "answer.json", "0" * 64)


def page(number: int, rows: int) -> bytes:
    """One page of two."""
    return json.dumps({"page": number, "totalPages": 2, "recordCount": 3,
                       "rows": [{"name1": f"{number}-{i}"} for i in range(rows)]}).encode()  # fmt: skip


def test_all_pages_become_one_dated_file(tmp_path: Path) -> None:
    pages = {1: (200, page(1, 2)), 2: (200, page(2, 1))}
    with serving(pages=pages) as (site, asked):
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
        ({1: (200, page(1, 2)), 2: (200, page(2, 0))}, "announced 3 listings and sent 2"),
    ],
    ids=["error", "web page", "no object", "second page missing", "not whole"],
)
def test_a_locator_that_fails_leaves_nothing_behind(
    tmp_path: Path, pages: dict[int, tuple[int, bytes]], words: str
) -> None:
    with serving(pages=pages) as (site, _), pytest.raises(BadSource, match=words):
        fetch_locator(tmp_path, TODAY, site=site)
    assert not list(tmp_path.iterdir())


def test_no_network_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadSource, match="could not be reached"):
        fetch_locator(tmp_path, TODAY, site="http://127.0.0.1:9")


def test_a_real_answers_shape_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """30 rows over pages of 7: programs are kept, single clinicians and other lists are not."""
    monkeypatch.setattr(fetch, "PAGE_SIZE", 7)
    with serving(captured_rows()) as (site, asked):
        rows = ask_locator(DAYTON, 10_000, site=site)
    assert len(asked) == 5
    assert [row["_irow"] for row in rows] == list(range(1, 31))
    held = read_json(SOURCE, {"rows": rows})
    surveys = [row.survey for row in held.rows]
    assert surveys.count(Survey.SUBSTANCE_USE) == 21 and surveys.count(Survey.MENTAL_HEALTH) == 6
    assert not held.unknown_codes
    reasons = sorted(reject.reason.split(",")[0] for reject in held.rejects)
    assert reasons == ["a health center of another list", *["a single clinician"] * 2]
    programs = [row for row in held.rows if "OTP" not in row.name]
    assert all(row.codes for row in programs) and sum("OIT" in row.codes for row in programs) == 12
    silent = [row for row in held.rows if "OTP" in row.name]
    assert [row.codes for row in silent] == [None] * 3  # services: null is unknown, not none


def test_a_point_whose_two_numbers_are_swapped_is_put_in_order() -> None:
    held = read_json(SOURCE, {"rows": captured_rows()})
    assert all(row.lat and row.lon and row.lat > 0 > row.lon for row in held.rows)
    (swapped,) = [row for row in held.rows if row.name == "Ash Grove OTP"]
    assert (swapped.lat, swapped.lon) == (39.736066, -84.285296)


def test_only_what_is_asked_for_is_answered() -> None:
    with serving(captured_rows()) as (site, _):
        near = ask_locator(DAYTON, 3, site=site)
    assert {row["zip"] for row in near} == {"45402", "45404"}


class Elsewhere(BaseHTTPRequestHandler):
    """Sends its callers to ``target``, a path or an address."""

    target = ""

    def do_GET(self) -> None:
        """A redirect, or one empty page where it leads on this host."""
        here = self.path.startswith("/moved")
        self.send_response(200 if here else 302)
        if not here:
            self.send_header("Location", self.target)
        self.end_headers()
        self.wfile.write(b'{"totalPages": 0, "recordCount": 0, "rows": []}' if here else b"")

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("http://elsewhere.invalid/locator", "sends its callers to elsewhere.invalid"),
        ("https://127.0.0.1/locator", "sends its callers to 127.0.0.1"),
        ("/locator/again", "redirects without end"),
        ("/moved", ""),
    ],
)
def test_a_redirect_is_followed_on_the_same_host_alone(
    monkeypatch: pytest.MonkeyPatch, target: str, words: str
) -> None:

    monkeypatch.setattr(Elsewhere, "target", target)
    with answering(HTTPServer(("127.0.0.1", 0), Elsewhere)) as site:
        if not words:
            assert ask_locator(DAYTON, 3, site=site) == []
            return
        with pytest.raises(BadSource, match=words):
            ask_locator(DAYTON, 3, site=site)


def test_an_endless_answer_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "MOST_BYTES", 100)
    with (
        serving(captured_rows()) as (site, _),
        pytest.raises(BadSource, match="larger than 100 bytes"),
    ):
        ask_locator(DAYTON, 3, site=site)
