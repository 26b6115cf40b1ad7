"""Rows of a national directory, workbook or CSV, read as listings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from sys import intern

from waypost.directory.codes import CODES
from waypost.directory.normalize import zip_key
from waypost.directory.rows import Reject, Row, SourceRows
from waypost.directory.site import PhoneKind, Source, Survey
from waypost.sources.reading import BadSource
from waypost.values.plain import plain

REQUIRED = frozenset({"name1", "street1", "city", "state", "zip", "phone", "service_code_info"})
_PHONES = (
    ("phone", PhoneKind.MAIN),
    ("intake1", PhoneKind.INTAKE),
    ("intake2", PhoneKind.INTAKE),
    ("intake1a", PhoneKind.INTAKE),
    ("intake2a", PhoneKind.INTAKE),
)
_SURVEYS = {"substance": Survey.SUBSTANCE_USE, "mental": Survey.MENTAL_HEALTH}


def clean(text: str | None) -> str:
    """Text on one line, without characters that steer a terminal or turn the direction of reading;
    a spreadsheet formula is no name, so its sign is dropped."""
    if not text:
        return ""
    line = plain(" ".join(text.replace("\x00", " ").split()))
    while line[:1] in ("=", "@", "\t"):
        line = line[1:].lstrip()
    return line


def read_directory(
    source: Source, survey: Survey | None, rows: Iterable[Mapping[str, str]]
) -> SourceRows:
    """Listings of one directory file.

    ``survey`` is None where the file says for each row which directory it is of. Every row becomes
    a listing or a reject with its reason; codes that nobody has described are counted.
    """
    listings: list[Row] = []
    rejects: list[Reject] = []
    unknown: dict[str, int] = {}
    checked = False
    for number, row in enumerate(rows, start=1):
        if not checked:
            _check_header(source, row)
            checked = True
        row_survey = survey or _SURVEYS.get(row.get("directory_type", ""))
        reason = _trouble(row, row_survey)
        if reason or row_survey is None:
            rejects.append(Reject(source.id, number, reason))
            continue
        listed = plain(row["service_code_info"]).replace("*", " ").split()
        codes = tuple(sorted(map(intern, set(listed))))
        for code in set(codes) - CODES.keys():
            unknown[code] = unknown.get(code, 0) + 1
        listings.append(_listing(source, number, row_survey, row, codes))
    if not listings:
        raise BadSource(f"{source.file} has no listings.")
    return SourceRows(source, tuple(listings), tuple(rejects), dict(sorted(unknown.items())))


def _check_header(source: Source, row: Mapping[str, str]) -> None:
    missing = REQUIRED - row.keys()
    if missing:
        raise BadSource(
            f"{source.file} lacks the columns {', '.join(sorted(missing))}; "
            "a national directory has them all."
        )


def _trouble(row: Mapping[str, str], survey: Survey | None) -> str:
    if not any(clean(row.get(name)) for name in REQUIRED):
        return "an empty row"
    if not clean(row.get("name1")):
        return "no name: a row of the code legend" if clean(row.get("name2")) else "no name"
    if survey is None:
        return f"unknown directory {row.get('directory_type', '')!r}"
    if not zip_key(row.get("zip", "")):
        return f"no ZIP can be read from {row.get('zip', '')!r}"
    if len(clean(row.get("state"))) != 2:
        return f"no state can be read from {row.get('state', '')!r}"
    return ""


def _listing(
    source: Source, number: int, survey: Survey, row: Mapping[str, str], codes: tuple[str, ...]
) -> Row:
    phones = tuple((kind, text) for name, kind in _PHONES if (text := clean(row.get(name))))
    return Row(
        source=source.id,
        number=number,
        survey=survey,
        name=clean(row["name1"]),
        name2=clean(row.get("name2")),
        street=clean(row["street1"]),
        street2=clean(row.get("street2")),
        city=clean(row["city"]),
        state=clean(row["state"]).upper(),
        zip=zip_key(row["zip"]),
        phones=phones,
        codes=codes,
    )
