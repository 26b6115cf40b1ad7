"""Rows of FindTreatment.gov: the wide export (a column a code) and the JSON of its API.

The API's guide (version 1.9) names a row's kind ``type_facility``; its server names it
``typeFacility`` (answers of 2019 and of July 2026). Both are read, in any case.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from waypost.directory.codes import CODES, code_by_name
from waypost.directory.normalize import zip_key
from waypost.directory.rows import Reject, Row, SourceRows
from waypost.directory.site import PhoneKind, Source, Survey
from waypost.sources.directory_rows import clean
from waypost.sources.reading import BadSource
from waypost.values.geo import unswapped
from waypost.values.plain import plain

SURVEY_OF = {
    "SU": Survey.SUBSTANCE_USE,
    "SA": Survey.SUBSTANCE_USE,
    "MH": Survey.MENTAL_HEALTH,
    "OTP": Survey.SUBSTANCE_USE,
}
FLAGS_UNKNOWN = frozenset({"OTP"})
"""Types whose rows have every flag set to 1, so that flags mean nothing (seen in real exports)."""

NEVER = {
    "BUPREN": "a single clinician, not a program",
    "HRSA": "a health center of another list, without facts about its treatment",
}
"""Types that are not programs of the surveys and are never imported, and why."""

KIND_NAMES = ("type_facility", "typefacility")
"""What the column of a row's kind is called, in lower case."""

REQUIRED = frozenset({"name1", "street1", "city", "state", "zip"})
MOST_FLAGS = 0.9
"""A row with more than this share of all flags set was filled in by machine, whatever its type."""

_TEXTS = ("name1", "name2", "street1", "street2", "city", "state", "zip", "phone", "intake1",
          "intake2", "hotline1", "website")  # fmt: skip


def kind_column(columns: Iterable[str]) -> str | None:
    """Which of these columns, in lower case, says of what kind a row is."""
    return next((name for name in columns if name in KIND_NAMES), None)


def read_export(source: Source, rows: Iterable[Mapping[str, str]]) -> SourceRows:
    """Listings of a wide export."""
    listings: list[Row] = []
    rejects: list[Reject] = []
    unknown: dict[str, int] = {}
    flags: list[str] = []
    for number, row in enumerate(rows, start=1):
        if number == 1:
            flags = _flag_columns(source, row, unknown)
        kind = _kind(row)
        reason = _trouble(row, kind)
        if reason:
            rejects.append(Reject(source.id, number, reason))
            continue
        codes = tuple(sorted(f.upper() for f in flags if row.get(f, "").strip() == "1"))
        says_nothing = kind in FLAGS_UNKNOWN or len(codes) > MOST_FLAGS * len(flags)
        listings.append(_row(source, number, kind, row, None if says_nothing else codes))
    return _held(source, listings, rejects, unknown)


def _held(
    source: Source, listings: list[Row], rejects: list[Reject], unknown: Mapping[str, int]
) -> SourceRows:
    if not listings:
        raise BadSource(f"{source.file} holds no listing that can be used{_reasons(rejects)}.")
    return SourceRows(source, tuple(listings), tuple(rejects), unknown)


def _reasons(rejects: Iterable[Reject]) -> str:
    """Why every row was refused, the commonest reason first; '' where there was no row."""
    counted = Counter(reject.reason for reject in rejects).most_common(3)
    reasons = "; ".join(f"{count:,} of “{reason}”" for reason, count in counted)
    return f": its rows were refused, {reasons}" if reasons else ""


def _flag_columns(source: Source, row: Mapping[str, str], unknown: dict[str, int]) -> list[str]:
    kind = kind_column(row)
    missing = {*(REQUIRED - row.keys()), *([] if kind else [KIND_NAMES[0]])}
    if kind is None or missing:
        raise BadSource(f"{source.file} lacks the columns {', '.join(sorted(missing))}.")
    columns = list(row)
    after = columns[columns.index(kind) + 1 :]
    for column in after:
        if column and column.upper() not in CODES:
            unknown[plain(column).upper()] = 0
    return [column for column in after if column.upper() in CODES]


def _kind(row: Mapping[str, Any]) -> str:
    return clean(str(row.get(kind_column(row) or "") or "")).upper()


def _trouble(row: Mapping[str, Any], kind: str) -> str:
    if kind in NEVER:
        return NEVER[kind]
    if kind not in SURVEY_OF:
        return f"unknown type of facility {kind[:40]!r}" if kind else "no type of facility"
    odd = next((name for name in _TEXTS if not _is_text(row.get(name))), None)
    if odd:
        return f"{odd} is not text"
    if not clean(_text(row, "name1")):
        return "no name"
    if not zip_key(_text(row, "zip")):
        return f"no ZIP can be read from {row.get('zip')!r}"
    return ""


def _is_text(value: object) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def _text(row: Mapping[str, Any], name: str) -> str:
    value = row.get(name)
    return "" if value is None else str(value)


def _row(
    source: Source, number: int, kind: str, row: Mapping[str, Any], codes: tuple[str, ...] | None
) -> Row:
    phones = (
        (PhoneKind.MAIN, _text(row, "phone")),
        (PhoneKind.INTAKE, _text(row, "intake1")),
        (PhoneKind.INTAKE, _text(row, "intake2")),
        (PhoneKind.HOTLINE, _text(row, "hotline1")),
    )
    lat, lon = coordinates(row.get("latitude"), row.get("longitude"))
    return Row(
        source=source.id,
        number=number,
        survey=SURVEY_OF[kind],
        name=clean(_text(row, "name1")),
        name2=clean(_text(row, "name2")),
        street=clean(_text(row, "street1")),
        street2=clean(_text(row, "street2")),
        city=clean(_text(row, "city")),
        state=clean(_text(row, "state")).upper(),
        zip=zip_key(_text(row, "zip")),
        phones=tuple((k, clean(text)) for k, text in phones if clean(text)),
        codes=codes,
        website=clean(_text(row, "website")),
        lat=lat,
        lon=lon,
    )


def coordinates(latitude: object, longitude: object) -> tuple[float | None, float | None]:
    """Two cells as degrees, put in order if swapped; None for what is not a number."""
    lat, lon = _number(latitude), _number(longitude)
    if lat is None or lon is None:
        return lat, lon
    return unswapped(lat, lon)


def _number(value: object) -> float | None:
    try:
        number = float(str(value))
    except ValueError:
        return None
    return number if abs(number) <= 180 else None  # NaN and infinities fail the comparison


def read_json(source: Source, data: object) -> SourceRows:
    """Listings of the API's JSON: service names, joined by "; ", are read back into codes.

    ``data`` is one answer of the API, or a list of its answers (its pages).
    """
    listings: list[Row] = []
    rejects: list[Reject] = []
    unknown: dict[str, int] = {}
    for number, item in enumerate(_json_rows(source, data), start=1):
        row = {str(name).casefold(): value for name, value in item.items()} if item else {}
        kind = _kind(row)
        reason = _trouble(row, kind) if item is not None else "not an object"
        if reason:
            rejects.append(Reject(source.id, number, reason))
            continue
        codes = None if kind in FLAGS_UNKNOWN else _codes(row.get("services"), unknown)
        listings.append(_row(source, number, kind, row, codes))
    return _held(source, listings, rejects, unknown)


def _json_rows(source: Source, data: object) -> Iterator[Mapping[str, Any] | None]:
    """Every row, None for one that is no object."""
    pages = data if isinstance(data, list) and data else [data]
    for page in pages:
        rows = page.get("rows") if isinstance(page, Mapping) else None
        if not isinstance(rows, list):
            raise BadSource(f"{source.file} is not the locator's JSON: it has no list of rows.")
        yield from (row if isinstance(row, Mapping) else None for row in rows)


def _codes(services: object, unknown: dict[str, int]) -> tuple[str, ...] | None:
    """The codes of a row's services; None (nothing is known) where it has no list of them.

    Entries that are not services, and services without a name, are ignored.
    """
    if not isinstance(services, list):
        return None
    codes = set()
    for service in services:
        if not isinstance(service, Mapping) or not isinstance(service.get("f3"), str):
            continue
        for name in plain(service["f3"]).split(";"):
            code = code_by_name(str(service.get("f2", "")), name)
            if code:
                codes.add(code)
            elif name.strip():
                unknown[name.strip()] = unknown.get(name.strip(), 0) + 1
    return tuple(sorted(codes))
