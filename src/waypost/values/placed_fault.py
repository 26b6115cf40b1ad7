"""A fault as a code with its place: a door words it in its reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class FaultCode(StrEnum):
    """What is wrong with a value that came from outside."""

    MISSING = "missing"
    UNKNOWN_FIELD = "unknown field"
    NOT_AN_OBJECT = "not an object"
    NOT_A_LIST = "not a list"
    NOT_TEXT = "not text"
    TOO_MANY = "too many"
    BAD_ID = "bad id"
    SAME_ID = "same id"
    UNKNOWN_TRACK = "unknown track"
    BAD_DAY = "bad day"
    BAD_CLOCK = "bad clock"
    BAD_LENGTH = "bad length"
    OVERLAP = "overlap"
    BAD_ZONE = "bad zone"
    BAD_HOURS = "bad hours"
    BAD_ATTENDANCE = "bad attendance"
    BAD_LANGUAGE = "bad language"
    BAD_GROUP = "bad group"
    BAD_DATE = "bad date"
    BAD_COUNT = "bad count"
    IN_THE_FUTURE = "in the future"
    IS_OVER = "is over"
    TOO_FAR = "too far"
    TOO_OLD = "too old"
    SAYS_NOTHING = "says nothing"
    BAD_CHOICE = "bad choice"
    BAD_PHONE = "bad phone"
    BAD_WEBSITE = "bad website"
    BAD_STATE = "bad state"
    BAD_LINE = "bad line"


@dataclass(frozen=True, slots=True)
class PlacedFault:
    """``place`` is a path such as "tracks[0].sessions[1].start"; ``value`` what stood there."""

    place: str
    code: FaultCode
    value: str = ""


class Faulty(ValueError):
    """What came cannot be used; ``faults`` has every reason, in the order of their places."""

    def __init__(self, faults: Sequence[PlacedFault]) -> None:
        super().__init__("; ".join(f"{f.place}: {f.code.value}" for f in faults))
        self.faults = tuple(faults)
