"""SAMHSA's locator over our data: the newer address by GET, the older by POST."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from waypost.api.answers import kept
from waypost.api.locator.asking import MAX_PAGE_SIZE, LocatorAsk, read_ask
from waypost.api.locator.finding import Page, find_page
from waypost.api.locator.rows import row
from waypost.api.locator.streams import Streams, TooMany
from waypost.api.problems import problem
from waypost.design.caching import PRIVATE
from waypost.publishing.reader import Snapshot
from waypost.serving.process import snapshot_of

AT_ONCE = 20
"""Rows per piece of a long answer: a millisecond's work, so that others need not wait."""

LONG = 200
"""Rows of an answer that is made while it is read."""

STREAMS = Streams()
BUSY = (
    "Others are reading the whole directory. Please try again in a minute, or ask for fewer rows."
)
AGAIN_SECONDS = 30


def exports_as_json(request: HttpRequest) -> HttpResponseBase:
    """Facilities as the locator's guide describes them, at most 2,000 per page."""
    snapshot = snapshot_of(request)
    return kept(request, snapshot, lambda: _exported(request, snapshot))


def _exported(request: HttpRequest, snapshot: Snapshot) -> HttpResponseBase:
    ask = read_ask(dict(request.GET.lists()), MAX_PAGE_SIZE)
    return _answer(snapshot, ask, frid=False)


def listing(request: HttpRequest) -> HttpResponseBase:
    """The older address: form fields of the same names and sLanguages; pages of any size."""
    snapshot = snapshot_of(request)
    ask = read_ask(dict(request.POST.lists()), None)
    response = _answer(snapshot, ask, frid=True)
    response.headers["Cache-Control"] = PRIVATE
    return response


def _answer(snapshot: Snapshot, ask: LocatorAsk, *, frid: bool) -> HttpResponseBase:
    """A page of rows: made at once if short, otherwise while it is read, a few such at a time."""
    page = find_page(snapshot, ask)
    pieces = _pieces(snapshot, ask, page, frid=frid)
    if len(page.rows) <= LONG:
        return HttpResponse(b"".join(pieces), content_type="application/json")
    try:
        return StreamingHttpResponse(STREAMS.opened(pieces), content_type="application/json")
    except TooMany:
        response = problem(503, BUSY)
        response.headers["Retry-After"] = str(AGAIN_SECONDS)
        return response


def _pieces(snapshot: Snapshot, ask: LocatorAsk, page: Page, *, frid: bool) -> Iterator[bytes]:
    """The answer in pieces, so that the whole directory on one page needs little memory."""
    head = {
        "page": ask.page,
        "totalPages": -(-page.total // ask.page_size),
        "recordCount": page.total,
    }
    first = (ask.page - 1) * ask.page_size + 1
    yield orjson.dumps(head)[:-1] + b',"rows":['
    for start in range(0, len(page.rows), AT_ONCE):
        end = min(start + AT_ONCE, len(page.rows))
        sites = snapshot.sites(page.rows[start:end])
        rows = (
            orjson.dumps(row(first + start + i, site, page.miles[start + i], frid=frid))
            for i, site in enumerate(sites)
        )
        yield (b"," if start else b"") + b",".join(rows)
    yield b"]}"
