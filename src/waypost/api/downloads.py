"""The whole snapshot as a file: SQLite as it is, NDJSON and CSV streamed from it.

A snapshot holds published facts alone. What visitors wrote about a listing is in the database,
which no download reads.
"""

from __future__ import annotations

import codecs
import csv
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from io import StringIO
from itertools import islice
from pathlib import Path
from urllib.parse import quote

import orjson
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase

from waypost.api.answers import kept
from waypost.api.sites.site_json import record
from waypost.directory.site import Site
from waypost.publishing.reader import BadSnapshot, Snapshot
from waypost.serving.process import snapshot_of

AT_ONCE = 200
"""Sites in one piece of the stream."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run (OWASP, "CSV Injection")."""

COLUMNS = (
    "id", "name", "name2", "street", "street2", "city", "state", "zip", "county", "county_fips",
    "latitude", "longitude", "exact", "timezone", "phone", "intake", "hotline", "website", "codes",
    "surveys", "listed_since", "last_listed", "services_source", "services_as_of",
)  # fmt: skip

NAMED_BY_DIGITS = frozenset({"zip", "county_fips"})
"""Columns whose digits are no numbers: 01001 is not 1001."""


def snapshot_file(request: HttpRequest) -> HttpResponseBase:
    """The snapshot itself, an ordinary SQLite file."""
    snapshot = snapshot_of(request)
    return kept(request, snapshot, lambda: _sqlite(snapshot))


def _sqlite(snapshot: Snapshot) -> HttpResponseBase:
    name = f"waypost-{snapshot.version[:12]}.sqlite3"
    kind = "application/vnd.sqlite3"
    file = snapshot.path.open("rb")
    if _version_in(snapshot.path) != snapshot.version:
        file.close()
        raise BadSnapshot("The snapshot's file is being replaced, or is not the one in use.")
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


def _version_in(path: Path) -> str:
    """The version that a file says it has, '' where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM manifest").fetchone()
            return str(orjson.loads(row[0])["version"])
    except (sqlite3.Error, TypeError, ValueError, KeyError):
        return ""


def snapshot_ndjson(request: HttpRequest) -> HttpResponseBase:
    """Every current site with its claims, one JSON object a line."""
    snapshot = snapshot_of(request)
    return kept(request, snapshot, lambda: _stream(snapshot, _ndjson(snapshot), "ndjson"))


def snapshot_csv(request: HttpRequest) -> HttpResponseBase:
    """Every current site, one a line, for a spreadsheet; no cell of a source can run as a formula.

    The byte order mark tells Excel that the text is UTF-8.
    """
    snapshot = snapshot_of(request)
    return kept(request, snapshot, lambda: _stream(snapshot, _csv(snapshot), "csv"))


def _stream(snapshot: Snapshot, parts: Iterable[bytes], kind: str) -> HttpResponseBase:
    content_type = "text/csv; charset=utf-8" if kind == "csv" else "application/x-ndjson"
    name = f"waypost-{snapshot.version[:12]}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(parts, content_type=content_type, headers=headers)


def _batches(snapshot: Snapshot) -> Iterator[list[Site]]:
    rows = iter(range(snapshot.index.size))
    while batch := list(islice(rows, AT_ONCE)):
        yield snapshot.sites(batch)


def _ndjson(snapshot: Snapshot) -> Iterator[bytes]:
    for sites in _batches(snapshot):
        lines = (orjson.dumps(record(site, snapshot.claims(site.id))) for site in sites)
        yield b"\n".join(lines) + b"\n"


def _csv(snapshot: Snapshot) -> Iterator[bytes]:
    yield codecs.BOM_UTF8 + _lines([COLUMNS])
    for sites in _batches(snapshot):
        yield _lines(_cells(site) for site in sites)


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def tame(cell: str) -> str:
    """A cell that no spreadsheet reads as a formula: a quotation mark goes before one.

    A plain number, such as a longitude, is left as it is.
    """
    if not cell.startswith(FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    digits = cell.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()


def digits_as_text(cell: str) -> str:
    """Digits that are a name and no number, such as a ZIP: a spreadsheet keeps their zeros.

    As a formula that is a constant text, the one form that spreadsheets read so from a CSV file;
    `tame` is not asked, for nothing but digits is let through.
    """
    return f'="{cell}"' if cell.isascii() and cell.isdigit() else tame(cell)


def _cells(site: Site) -> list[str]:
    services = site.facts.get("services")
    phones: dict[str, str] = {}
    for phone in site.phones:
        phones.setdefault(phone.kind.value, phone.written)
    cells = [
        site.id, site.name, site.name2, site.street, site.street2, site.city, site.state, site.zip,
        site.county, site.county_fips, f"{site.point.lat:.6f}", f"{site.point.lon:.6f}",
        "yes" if site.exact else "no", site.timezone, phones.get("main", ""),
        phones.get("intake", ""), phones.get("hotline", ""), site.website,
        " ".join(sorted(site.codes)), " ".join(sorted(site.surveys)), site.listed_since,
        site.last_listed, services.source if services else "",
        services.as_of.isoformat() if services else "",
    ]  # fmt: skip
    return [
        digits_as_text(cell) if column in NAMED_BY_DIGITS else tame(cell)
        for column, cell in zip(COLUMNS, cells, strict=True)
    ]
