"""A list as an answer: a page, all of it on lines of its own, or all of it on one page."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from waypost.api.hsds.asking import Ask
from waypost.api.hsds.lists import Records
from waypost.api.locator.streams import Streams, TooMany
from waypost.api.problems import problem

NDJSON = "application/x-ndjson"
JSON = "application/json"
AT_ONCE = 20
"""Records in one piece of a long answer: a few milliseconds' work, so that others get a turn."""

SHORT = 50
"""Records of an answer that is always made at once."""

STREAMS = Streams()
BUSY = "Others are reading long lists. Please try again in a minute, or read it by the page."
AGAIN_SECONDS = 30


def answer(ask: Ask, total: int, records: Records) -> HttpResponseBase:
    """The records that fit, as they are asked for."""
    if ask.format:
        return _by_length(total, _lines(total, records), NDJSON)
    size = max(total, 1) if ask.minimal else ask.per_page
    first = (ask.page - 1) * size
    end = min(first + size, total)
    pieces = _page(ask.page, size, total, max(0, end - first), records)
    return _by_length(min(size, total) if ask.minimal else 0, pieces, JSON)


def _page(page: int, size: int, total: int, count: int, records: Records) -> Iterator[bytes]:
    pages = -(-total // size)
    head = {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": count,
        "first_page": page == 1,
        "last_page": page == max(pages, 1),
        "empty": not count,
    }
    yield orjson.dumps(head)[:-1] + b',"contents":['
    start = (page - 1) * size
    for first in range(start, start + count, AT_ONCE):
        end = min(first + AT_ONCE, start + count)
        written = b",".join(map(orjson.dumps, records(first, end)))
        yield (b"" if first == start else b",") + written
    yield b"]}"


def _lines(total: int, records: Records) -> Iterator[bytes]:
    for first in range(0, total, AT_ONCE):
        written = map(orjson.dumps, records(first, min(first + AT_ONCE, total)))
        yield b"\n".join(written) + b"\n"


def _by_length(count: int, pieces: Iterator[bytes], content_type: str) -> HttpResponseBase:
    """A page at once; what is longer while it is read, a few such at a time."""
    if count <= SHORT:
        return HttpResponse(b"".join(pieces), content_type)
    try:
        return StreamingHttpResponse(STREAMS.opened(pieces), content_type=content_type)
    except TooMany:
        response = problem(503, BUSY)
        response.headers["Retry-After"] = str(AGAIN_SECONDS)
        return response
