"""Sites as lines of a CSV file for a spreadsheet; no source's text can run as a formula."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable
from io import StringIO

from waypost.directory.site import Site
from waypost.values.plain import plain

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would run (OWASP, "CSV Injection")."""

COLUMNS = (
    "id", "name", "name2", "street", "street2", "city", "state", "zip", "county", "county_fips",
    "latitude", "longitude", "exact", "timezone", "phone", "intake", "hotline", "website", "codes",
    "surveys", "listed_since", "last_listed", "services_source", "services_as_of",
)  # fmt: skip

NAMED_BY_DIGITS = frozenset({"zip", "county_fips"})
"""Columns whose digits are not numbers: 01001 is not 1001."""


def heading() -> bytes:
    """The first line. The byte order mark tells Excel that the text is UTF-8."""
    return codecs.BOM_UTF8 + _lines([COLUMNS])


def lines(sites: Iterable[Site]) -> bytes:
    """A line for each site."""
    return _lines(_cells(site) for site in sites)


def _lines(rows: Iterable[Iterable[str]]) -> bytes:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def tame(cell: str) -> str:
    """A cell that no spreadsheet runs as a formula: a quotation mark goes in front of one.

    A plain number, such as a longitude, is left unchanged.
    """
    if not cell.startswith(FORMULA) or _is_number(cell):
        return cell
    return f"'{cell}"


def _is_number(cell: str) -> bool:
    digits = cell.removeprefix("-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()


def digits_as_text(cell: str) -> str:
    """Digits that are an identifier, not a number, such as a ZIP, so that its zeros are kept.

    They are written as a formula with a constant text, the only form that spreadsheets read as
    text from a CSV file. `tame` is skipped, since only digits get through.
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
        for column, cell in zip(COLUMNS, map(plain, cells), strict=True)
    ]
