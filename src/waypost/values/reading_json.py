"""One plain JSON object read field by field, with every fault of it kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from waypost.values.placed_fault import FaultCode, PlacedFault

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2098, 12, 31)
T = TypeVar("T")
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
"""`date.fromisoformat` reads a week's day ("2026-W49-1") as well, which nobody here means."""


class Reading:
    """Reads one object field by field and keeps what is wrong with each."""

    def __init__(self, faults: list[PlacedFault], place: str, data: object) -> None:
        self.faults, self.place = faults, place
        self.data: Mapping[str, Any] = data if isinstance(data, Mapping) else {}
        if not isinstance(data, Mapping):
            self.faulty("", FaultCode.NOT_AN_OBJECT, data)

    def faulty(self, field: str, code: FaultCode, value: object = "") -> None:
        """Keep a fault of a field."""
        place = f"{self.place}.{field}".strip(".")
        self.faults.append(PlacedFault(place, code, str(value)[:60]))

    def only(self, *fields: str) -> None:
        """Every other field is a fault."""
        for name in self.data:
            if name not in fields:
                self.faulty(str(name)[:40], FaultCode.UNKNOWN_FIELD)

    def text(self, field: str, fits: Callable[[str], bool], code: FaultCode, default: T) -> str | T:
        """A text that fits; ``default`` where it is left out or wrong."""
        value = self.data.get(field)
        if value is None or value == "":
            return default
        if isinstance(value, str) and fits(value):
            return value
        self.faulty(field, code if isinstance(value, str) else FaultCode.NOT_TEXT, value)
        return default

    def items(self, field: str, most: int) -> list[Any]:
        """A list of at most so many; [] where it is left out or wrong."""
        value = self.data.get(field, [])
        if not isinstance(value, list):
            self.faulty(field, FaultCode.NOT_A_LIST, value)
            return []
        if len(value) > most:
            self.faulty(field, FaultCode.TOO_MANY, len(value))
        return value[:most]

    def whole(self, field: str, most: int) -> int | None:
        """A whole number from 0 to ``most``."""
        value = self.data.get(field)
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most
        if value is not None and not fits:
            self.faulty(field, FaultCode.BAD_COUNT, value)
        return value if fits else None

    def day(self, field: str, value: object) -> date | None:
        """An ISO 8601 date between 2020 and 2098."""
        if value is None or value == "":
            return None
        date_read = read_date(value)
        if date_read is None:
            self.faulty(field, FaultCode.BAD_DATE, value)
        return date_read


def read_date(value: object) -> date | None:
    """ "2026-12-07" as a date; None for anything else and for a year that cannot be meant."""
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return None
    try:
        date_read = date.fromisoformat(value)
    except ValueError:
        return None
    return date_read if FIRST_DAY <= date_read <= LAST_DAY else None
