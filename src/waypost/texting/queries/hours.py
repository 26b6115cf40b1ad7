"""The sending hours of this installation: the carried ones, or the operator's file."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from waypost.texting.queries.sealed import operator
from waypost.texting.windows import SendingHours, carried_hours, read_sending_hours


def sending_hours() -> SendingHours:
    """The windows that are in force."""
    file = operator().hours_file
    return carried_hours() if file is None else _read(file)


@lru_cache(maxsize=4)
def _read(file: Path) -> SendingHours:
    return read_sending_hours(file)
