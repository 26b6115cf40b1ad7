"""The values at a parameter's paths, as the index keeps them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from waypost.api.fhir.systems import PLAN_NET
from waypost.values.letters import without_accents

Span = tuple[float, float]
"""Seconds of the epoch, from and to: ``[from, to)``."""

NEVER, ALWAYS = float("-inf"), float("inf")
_PARTS = frozenset(
    {"text", "line", "city", "district", "state", "postalCode", "country"}  # of an Address
    | {"family", "given", "prefix", "suffix"}  # of a HumanName
)
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,12})?)?"
    r"(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?)?)?)?",
    re.ASCII,
)


def values_at(resource: Any, path: str) -> Iterator[Any]:
    """Every value at a path; ``~name`` is the extension of Plan-Net with this name."""
    step, _, rest = path.partition(".")
    if step.startswith("~"):
        url = f"{PLAN_NET}/StructureDefinition/{step[1:]}"
        extensions = resource.get("extension", ()) if isinstance(resource, dict) else ()
        values = [e for e in extensions if isinstance(e, dict) and e.get("url") == url]
    else:
        value = resource.get(step) if isinstance(resource, dict) else None
        values = value if isinstance(value, list) else [] if value is None else [value]
    for value in values:
        if rest:
            yield from values_at(value, rest)
        else:
            yield value


def texts(value: Any) -> Iterator[str]:
    """The texts that a string search compares: of an Address or a HumanName each part."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part, child in value.items():
            if part in _PARTS:
                yield from child if isinstance(child, list) else (child,)


def tokens(value: Any) -> Iterator[tuple[str, str]]:
    """System and code of each coding, identifier, code or yes-or-no."""
    if isinstance(value, bool):
        yield "", "true" if value else "false"
    elif isinstance(value, str):
        yield "", value
    elif isinstance(value, dict):
        if "coding" in value or "text" in value:
            for coding in value.get("coding", ()):
                yield from tokens(coding)
        elif "code" in value or "value" in value:
            yield str(value.get("system", "")), str(value.get("code", value.get("value", "")))


def typed_tokens(value: Any) -> Iterator[str]:
    """An identifier as ``:ofType`` names it: system, code of its type, value."""
    if isinstance(value, dict) and "value" in value:
        for coding in values_at(value, "type.coding"):
            yield f"{coding.get('system', '')}|{coding.get('code', '')}|{value['value']}"


def words(value: Any) -> Iterator[str]:
    """What a person reads of a code: its text and its displays."""
    if not isinstance(value, dict):
        return
    for path in ("text", "display", "coding.display", "type.text"):
        yield from (text for text in values_at(value, path) if isinstance(text, str))


def span(value: Any) -> Span | None:
    """From and to of a date, a time or a period; None of what is neither."""
    if isinstance(value, str):
        return read_date(value)
    if not isinstance(value, dict) or not {"start", "end"} & value.keys():
        return None
    start, end = read_date(str(value.get("start", ""))), read_date(str(value.get("end", "")))
    return (start[0] if start else NEVER), (end[1] if end else ALWAYS)


def read_date(text: str) -> Span | None:
    """The seconds that a FHIR date or time stands for: "2024" is the whole year, in UTC where no
    zone is named."""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = match.groups()
    try:
        start = _seconds(year, month, day, hour, minute, second, zone)
        if fraction:
            return start + float(fraction), start + float(fraction) + 0.001
        for part, length in ((second, 1), (hour, 60), (day, 86400)):
            if part:
                return start, start + length
        if month:
            days = calendar.monthrange(int(year), int(month))[1]
            return start, start + days * 86400
        return start, start + (366 if calendar.isleap(int(year)) else 365) * 86400
    except (ValueError, OverflowError):
        return None


def _seconds(
    year: str,
    month: str | None,
    day: str | None,
    hour: str | None,
    minute: str | None,
    second: str | None,
    zone: str | None,
) -> float:
    moment = datetime(
        int(year),
        int(month or 1),
        int(day or 1),
        int(hour or 0),
        int(minute or 0),
        min(int(second or 0), 59),  # a leap second
        tzinfo=UTC,
    )
    at = moment.timestamp()
    if zone in (None, "Z"):
        return at
    sign = -1 if str(zone)[0] == "+" else 1
    return at + sign * (int(str(zone)[1:3]) * 3600 + int(str(zone)[4:]) * 60)


def folded(text: str) -> str:
    """A text as strings are compared: without case, accents or doubled spaces."""
    return " ".join(without_accents(text).split())
