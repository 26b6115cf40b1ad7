"""A file as an answer: compressed if the client accepts that, in ranges, under its own ETag.

Django handles conditions and WhiteNoise handles ranges, but neither handles both: WhiteNoise
compares the ETag as one string, and Django has no ranges (RFC 9110, 13 and 14).
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import BinaryIO

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_GZIP = re.compile(r"(?:^|,)\s*(?:gzip|\*)\s*(?:;\s*q=([0-9.]+))?\s*(?=,|$)", re.IGNORECASE)


class Slice:
    """A part of an open file, read piece by piece."""

    def __init__(self, file: BinaryIO, start: int, size: int) -> None:
        file.seek(start)
        self._file = file
        self._left = size

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` of the remaining bytes."""
        size = self._left if size < 0 else min(size, self._left)
        piece = self._file.read(size)
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def takes_gzip(request: HttpRequest) -> bool:
    """Whether the client accepts gzip; ``q=0`` refuses it."""
    match = _GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", ""))
    return match is not None and (match[1] or "1").strip("0.") != ""


def file_answer(
    request: HttpRequest, plain: Path, packed: Path, tag: str, content_type: str
) -> HttpResponseBase:
    """The whole file, the requested part, or a 304 if the client has it.

    Raises:
        OSError: the file is not there.
    """
    is_packed = takes_gzip(request)
    etag = f'"{tag}{"-gz" if is_packed else ""}"'
    response = _conditional(request, etag) or _opened(
        request, packed if is_packed else plain, etag, content_type
    )
    response.headers["ETag"] = etag
    response.headers["Accept-Ranges"] = "bytes"
    if is_packed and response.status_code in (200, 206):
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _conditional(request: HttpRequest, etag: str) -> HttpResponseBase | None:
    """304 or 412, where the request's conditions say so."""
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    return response


def _opened(request: HttpRequest, path: Path, etag: str, content_type: str) -> HttpResponseBase:
    file = path.open("rb")
    size = path.stat().st_size
    wanted = _range(request, etag, size)
    if wanted is not None and wanted[0] >= wanted[1]:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = wanted or (0, size)
    response = FileResponse(Slice(file, start, end - start), content_type=content_type)
    response.headers["Content-Length"] = str(end - start)
    if wanted is not None:
        response.status_code = 206
        response.headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return response


def _range(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """The requested part as start and end; None for the whole file.

    Several ranges at once, and other units, may be answered with the whole file (RFC 9110, 14.2);
    a range of a file that has changed since must be (13.1.5).
    """
    requested = _RANGE.fullmatch(request.META.get("HTTP_RANGE", "").replace(" ", ""))
    if requested is None or requested[0] == "bytes=-" or request.method != "GET":
        return None
    if request.META.get("HTTP_IF_RANGE", etag) != etag:
        return None
    first, last = requested.groups()
    if not first:
        return (size, size) if int(last) == 0 else (max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, size) if last else size
