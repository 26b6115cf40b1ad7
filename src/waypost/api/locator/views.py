"""SAMHSA's locator over our data: the newer address by GET, the older by POST."""

from __future__ import annotations

from collections.abc import Iterator

import orjson
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from waypost.api.answers import PRIVATE, kept
from waypost.api.locator.asking import MAX_PAGE_SIZE, Ask, read_ask
from waypost.api.locator.finding import Page, find_page
from waypost.api.locator.rows import row
from waypost.publishing.reader import Snapshot
from waypost.serving.process import snapshot_of

AT_ONCE = 500
"""Rows in one piece of a long answer."""


def exports_as_json(request: HttpRequest) -> HttpResponseBase:
    """Facilities as the locator's guide describes them, at most 2,000 a page."""
    snapshot = snapshot_of(request)
    return kept(request, snapshot, lambda: _exported(request, snapshot))


def _exported(request: HttpRequest, snapshot: Snapshot) -> HttpResponseBase:
    ask = read_ask(dict(request.GET.lists()), MAX_PAGE_SIZE)
    pieces = _pieces(snapshot, ask, find_page(snapshot, ask), frid=False)
    return HttpResponse(b"".join(pieces), content_type="application/json")


def listing(request: HttpRequest) -> HttpResponseBase:
    """The older address: form fields of the same names and sLanguages; pages of any size."""
    snapshot = snapshot_of(request)
    ask = read_ask(dict(request.POST.lists()), None)
    pieces = _pieces(snapshot, ask, find_page(snapshot, ask), frid=True)
    response = StreamingHttpResponse(pieces, content_type="application/json")
    response.headers["Cache-Control"] = PRIVATE
    return response


def _pieces(snapshot: Snapshot, ask: Ask, page: Page, *, frid: bool) -> Iterator[bytes]:
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
