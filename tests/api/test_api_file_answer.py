"""A file as an answer: whole, in ranges, compressed, and not at all where the reader has it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from django.http.response import HttpResponseBase
from django.test import RequestFactory

from waypost.api.file_answer import file_answer, takes_gzip

WHOLE = bytes(range(256)) * 40
SIZE = len(WHOLE)
TAG = '"a-csv"'


@pytest.fixture
def ask(tmp_path: Path):
    plain, packed = tmp_path / "f.csv", tmp_path / "f.csv.gz"
    plain.write_bytes(WHOLE)
    packed.write_bytes(gzip.compress(WHOLE, mtime=0))

    def asked(method: str = "get", **headers: str) -> tuple[HttpResponseBase, bytes]:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        request = getattr(RequestFactory(), method)("/f", headers=names)
        response = file_answer(request, plain, packed, "a-csv", "text/csv")
        body = b"".join(response) if response.streaming else response.content
        response.close()
        return response, body

    return asked


def test_the_whole_file(ask) -> None:
    response, body = ask()
    assert (response.status_code, body) == (200, WHOLE)
    assert response.headers["Content-Length"] == str(SIZE)
    assert response.headers["ETag"] == TAG
    assert response.headers["Accept-Ranges"] == "bytes"
    assert response.headers["Vary"] == "Accept-Encoding"


def test_compressed_for_who_takes_it_under_an_etag_of_its_own(ask) -> None:
    response, body = ask(accept_encoding="br, gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["ETag"] == '"a-csv-gz"'
    assert gzip.decompress(body) == WHOLE
    part, rest = ask(accept_encoding="gzip", range="bytes=10-")
    assert part.status_code == 206 and rest == body[10:]


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("bytes=0-0", 0, 1), ("bytes=5-9", 5, 10), ("bytes=100-", 100, SIZE), ("bytes=-7", SIZE - 7, SIZE),
     ("bytes=0-999999", 0, SIZE), ("bytes=-999999", 0, SIZE), (f"bytes={SIZE - 1}-", SIZE - 1, SIZE)],
)  # fmt: skip
def test_a_part(ask, wanted: str, start: int, end: int) -> None:
    response, body = ask(range=wanted)
    assert (response.status_code, body) == (206, WHOLE[start:end])
    assert response.headers["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert response.headers["Content-Length"] == str(end - start)


@pytest.mark.parametrize("wanted", [f"bytes={SIZE}-", "bytes=999999-", "bytes=-0"])
def test_a_part_that_is_not_there(ask, wanted: str) -> None:
    response, body = ask(range=wanted)
    assert (response.status_code, body) == (416, b"")
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"


@pytest.mark.parametrize(
    "wanted",
    ["bytes=0-1,5-6", "bytes=-", "bytes=9-5", "lines=1-2", "bytes", "bytes=a-b", "bytes=١-"],
)
def test_what_is_no_part_is_the_whole(ask, wanted: str) -> None:
    assert ask(range=wanted)[1] == WHOLE


def test_a_part_of_what_has_changed_is_the_whole(ask) -> None:
    assert ask(range="bytes=5-9", if_range=TAG)[0].status_code == 206
    for other in ('"b-csv"', f"W/{TAG}", "Sat, 28 Nov 2026 00:00:00 GMT"):
        assert ask(range="bytes=5-9", if_range=other)[0].status_code == 200


def test_who_has_it_gets_nothing(ask) -> None:
    for held in (TAG, f'"x", {TAG}', f"W/{TAG}", "*"):
        response, body = ask(if_none_match=held, range="bytes=5-9")
        assert (response.status_code, body) == (304, b"")
        assert response.headers["ETag"] == TAG
    assert ask(if_none_match='"a-csv-gz"')[0].status_code == 200
    assert ask(if_match='"other"')[0].status_code == 412


@pytest.mark.parametrize(
    ("header", "takes"),
    [("gzip", True), ("GZIP", True), ("br;q=1, gzip;q=0.5", True), ("*", True), ("", False),
     ("gzip;q=0", False), ("gzip; q=0.000", False), ("identity", False), ("x-gzipped", False)],
)  # fmt: skip
def test_who_takes_gzip(header: str, takes: bool) -> None:
    assert takes_gzip(RequestFactory().get("/", headers={"Accept-Encoding": header})) is takes
