"""The whole directory as a file, made at publish and served unchanged."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from waypost.api.file_answer import file_answer
from waypost.api.problems import problem
from waypost.design.caching import PUBLIC
from waypost.design.saved_as import saved_as
from waypost.editions.downloads.files import DownloadKind, download_path
from waypost.editions.downloads.making import make_beside
from waypost.serving.process import snapshot_of

log = logging.getLogger(__name__)

TYPES = {
    DownloadKind.SQLITE: "application/vnd.sqlite3",
    DownloadKind.NDJSON: "application/x-ndjson",
    DownloadKind.CSV: "text/csv; charset=utf-8",
}
BEING_MADE = "This file is being made. Please try again in a minute."
AGAIN_SECONDS = 30


def _download(request: HttpRequest, kind: DownloadKind) -> HttpResponseBase:
    version = snapshot_of(request).version
    folder = settings.WAYPOST_DATA_DIR
    plain, packed = (download_path(folder, version, kind, packed=p) for p in (False, True))
    try:
        response = file_answer(request, plain, packed, f"{version[:16]}-{kind.value}", TYPES[kind])
    except OSError:  # an older publish, or a restored snapshot
        make_beside(folder)
        response = problem(503, BEING_MADE)
        response.headers["Retry-After"] = str(AGAIN_SECONDS)
        return response
    response.headers["Cache-Control"] = PUBLIC
    response.headers["Content-Disposition"] = saved_as(plain.name)
    return response


def snapshot_file(request: HttpRequest) -> HttpResponseBase:
    """The snapshot itself, an ordinary SQLite file."""
    return _download(request, DownloadKind.SQLITE)


def snapshot_ndjson(request: HttpRequest) -> HttpResponseBase:
    """Every current site with its claims, one JSON object per line."""
    return _download(request, DownloadKind.NDJSON)


def snapshot_csv(request: HttpRequest) -> HttpResponseBase:
    """Every current site, one per line, for a spreadsheet; no source's text can run as a formula.

    The byte order mark tells Excel that the text is UTF-8.
    """
    return _download(request, DownloadKind.CSV)


VIEWS: dict[DownloadKind, Callable[[HttpRequest], HttpResponseBase]] = {
    DownloadKind.SQLITE: snapshot_file,
    DownloadKind.NDJSON: snapshot_ndjson,
    DownloadKind.CSV: snapshot_csv,
}
