"""Guesses what a file that is not SAMHSA's is, and says what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from waypost.sources.mapped_rows import FIELDS

HOW_TO = "docs/how-to/add-a-list.md"

_NAMES = {
    "name": ("name", "facility name", "program name", "provider name", "agency name", "facility",
             "program", "provider", "agency", "legal name", "organization", "organization name",
             "site name", "title"),
    "street": ("street", "address", "street address", "address 1", "address1", "address line 1",
               "street 1", "street1", "addr", "location address", "full address"),
    "city": ("city", "town", "municipality"),
    "state": ("state", "st", "state code", "province"),
    "zip": ("zip", "zip code", "zipcode", "postal code", "postalcode", "postcode", "zip5"),
    "phone": ("phone", "telephone", "phone number", "telephone number", "main phone", "tel"),
    "website": ("website", "url", "web site", "web", "web address", "homepage"),
    "latitude": ("latitude", "lat", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "x"),
}  # fmt: skip
_NOT_THE_SITE = frozenset({"mailing", "mail", "billing", "owner", "contact", "county", "fax"})
_WORDS = re.compile(r"[a-z0-9]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
SHOWN = 12


def guess(columns: Iterable[str]) -> dict[str, str]:
    """Which column seems to hold which field, by its name."""
    words = {column: _words(column) for column in columns}
    column_of: dict[str, str] = {}
    for field in FIELDS:
        names = [tuple(name.split()) for name in _NAMES.get(field, ())]
        for fits in (_is, _ends_with):
            column = next((c for n in names for c, w in words.items() if fits(w, n)), None)
            if column is not None and column not in column_of.values():
                column_of[field] = column
                break
    return column_of


def _words(column: str) -> tuple[str, ...]:
    return tuple(_WORDS.findall(_HUMP.sub(" ", column).casefold()))


def _is(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return words == name


def _ends_with(words: tuple[str, ...], name: tuple[str, ...]) -> bool:
    return words[-len(name) :] == name and not _NOT_THE_SITE.intersection(words)


def seems(columns: Iterable[str], file: str) -> str:
    """What a file of these columns seems to be, and what can be done with it."""
    names = [column for column in columns if column]
    fits = guess(names)
    placed = "zip" in fits or {"city", "state"} <= fits.keys()
    listed = ", ".join(names[:SHOWN]) + (" and more" if len(names) > SHOWN else "")
    if {"name", "street"} <= fits.keys() and placed:
        mapping = ",".join(f"{field}={column}" for field, column in fits.items())
        return (
            f"{file} is no file of SAMHSA's; it seems to be a list of programs in its publisher's "
            "own columns, such as a state's license list or another locator's. Say which column "
            f'is what, and it is laid on the directory: --columns "{mapping}". See {HOW_TO}.'
        )
    if "name" in fits and {"latitude", "longitude"} <= fits.keys():
        return (
            f"{file} seems to be a list of names and points alone ({listed}). A program is told "
            "from another by its street and ZIP, so nothing can be made of it: ask its publisher "
            f"for the list with addresses. See {HOW_TO}."
        )
    return (
        f"{file} is neither a national directory (it has no column service_code_info) nor a "
        "listing of FindTreatment.gov (it has no column type_facility). Its columns are: "
        f"{listed}. If it lists programs, say which column is what with --columns. See {HOW_TO}."
    )
