"""The whole directory at once: a manifest, and a file of resources a line for each type.

Argonaut "Bulk Publish": https://github.com/smart-on-fhir/bulk-import/blob/master/bulk-publish.md.
A file is written while it is read, in constant memory, a few such at a time.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import UTC, datetime

import orjson
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from waypost.api.fhir.current import directory_now, kept
from waypost.api.fhir.directory import FhirDirectory
from waypost.api.fhir.door import base_of, resource_answer
from waypost.api.fhir.outcome import FhirRefused, outcome
from waypost.api.fhir.parameters import PARAMETERS
from waypost.api.fhir.resources.kinds import KINDS, resource
from waypost.api.file_answer import takes_gzip
from waypost.api.locator.streams import Streams, TooMany
from waypost.design.caching import PUBLIC

NDJSON = "application/fhir+ndjson"
STREAMS = Streams()
BUSY = "Others are reading the whole directory. Please try again in a minute."
AGAIN_SECONDS = 30
PIECE = 64 * 1024
"""Bytes of a piece: a few milliseconds' work, so that others need not wait."""


def manifest(request: HttpRequest) -> HttpResponseBase:
    """Where the file of each type is, and as of when."""
    directory, base = directory_now(request), base_of(request)
    built = directory.snapshot.manifest.built_at.replace(microsecond=0)
    at = max(built, datetime.fromtimestamp(directory.last_changed, UTC))
    body = {
        "transactionTime": at.isoformat(),
        "request": f"{base}/$bulk-publish",
        "requiresAccessToken": False,
        "output": [
            {"type": t, "url": f"{base}/bulk/{t}.ndjson", "count": len(table)}
            for t, table in directory.tables.items()
            if len(table)
        ],
        "error": [],
    }
    return kept(request, directory, lambda: _as_json(body))


def _as_json(body: object) -> HttpResponseBase:
    response = resource_answer(body)
    response.headers["Content-Type"] = "application/json"
    return response


def ndjson(request: HttpRequest, type_: str) -> HttpResponseBase:
    """Every resource of a type, one a line, gzipped for who takes that."""
    if type_ not in PARAMETERS:
        raise FhirRefused(404, f"There is no type “{type_[:40]}” here.")
    pieces = _pieces(lines(directory_now(request), type_))
    packed = takes_gzip(request)
    try:
        stream = STREAMS.opened(_packed(pieces) if packed else pieces)
    except TooMany:
        refused = outcome(503, BUSY)
        refused.headers["Retry-After"] = str(AGAIN_SECONDS)
        return refused
    response = StreamingHttpResponse(stream, content_type=NDJSON)
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers["Cache-Control"] = PUBLIC
    return response


def lines(directory: FhirDirectory, type_: str) -> Iterator[bytes]:
    """Each resource of a type as JSON and a line's end, in the order of a search."""
    kind = KINDS.get(type_)
    if kind is not None:
        for listing in directory.listings():
            for key in kind.keys(listing):
                body = resource(kind, listing, key)
                yield orjson.dumps(body, option=orjson.OPT_APPEND_NEWLINE)
    for own in directory.tables[type_].own:
        yield own + b"\n"


def _pieces(lines: Iterator[bytes]) -> Iterator[bytes]:
    waiting, size = [], 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


def _packed(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(1, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for piece in pieces:
        yield packer.compress(piece)
    yield packer.flush()
