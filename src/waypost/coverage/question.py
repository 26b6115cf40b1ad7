"""The question that web, API, command line and tests all ask. It has nothing about the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from waypost.coverage.course import (
    DEFAULT_COURSE,
    BadCourse,
    Course,
    CourseTooLong,
    read_course,
)
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.plans.plan_id import id_in
from waypost.values.level_of_care import LevelOfCare
from waypost.values.money import BadAmount, read_dollars

MAX_ID = 40
LEAST_PRICE = 100
"""Cents: no insurer agrees on less for a day of care, so a smaller price is questioned."""


class CoverageFault(StrEnum):
    """What is wrong with a field; the door that asked words it in the reader's language."""

    NO_CHOICE = "no choice"  # it is none of the choices
    MISSING = "missing"
    NO_ID = "no id"
    NO_MONEY = "no money"
    NO_COURSE = "no course"  # not weeks by days
    COURSE_TOO_LONG = "course too long"


class BadCoverageQuestion(ValueError):
    """A question that cannot be answered; ``faults`` maps a field to what is wrong with it."""

    def __init__(self, faults: Mapping[str, CoverageFault]) -> None:
        super().__init__(", ".join(f"{field}: {fault}" for field, fault in faults.items()))
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True)
class CoverageQuestion:
    """``deductible_met`` and ``price`` (of one visit) are cents, None where they were left out."""

    insurance: Insurance
    state: str = ""  # two letters, '' where it was left out
    plan: str = ""  # a plan's id as plan search gives it, or without its segment or variant
    care: LevelOfCare = LevelOfCare.IOP
    site: str = ""  # a site's id in the directory
    course: Course = DEFAULT_COURSE
    deductible_met: int | None = None
    price: int | None = None

    @property
    def believed_price(self) -> int | None:
        """The price in cents; None where none was given, or one that nobody charges ("$0")."""
        return self.price if self.price is not None and self.price >= LEAST_PRICE else None


def read_question(fields: Mapping[str, str]) -> CoverageQuestion:
    """A question from words: a form's fields, an API's body or a command's options.

    With a plan, the kind of insurance may be left out, because the plan's file says it.

    Raises:
        BadQuestion: with what is wrong with each field that cannot be read.
    """
    faults: dict[str, CoverageFault] = {}
    filled = {name: value.strip() for name, value in fields.items() if value.strip()}
    question = CoverageQuestion(
        insurance=_insurance(filled, faults),
        state=_state(filled, faults),
        plan=id_in(filled.get("plan", "")) or _id(filled, "plan", faults),
        care=_care(filled, faults),
        site=_id(filled, "site", faults),
        course=_course(filled, faults),
        deductible_met=_cents(filled, "deductible_met", faults),
        price=_cents(filled, "price", faults),
    )
    if faults:
        raise BadCoverageQuestion(faults)
    return question


def _insurance(filled: Mapping[str, str], faults: dict[str, CoverageFault]) -> Insurance:
    if "insurance" not in filled and "plan" in filled:
        return Insurance.NOT_SURE
    try:
        return Insurance(filled.get("insurance", ""))
    except ValueError:
        faults["insurance"] = CoverageFault.NO_CHOICE
        return Insurance.NOT_SURE


def _care(filled: Mapping[str, str], faults: dict[str, CoverageFault]) -> LevelOfCare:
    try:
        return LevelOfCare(filled.get("care", LevelOfCare.IOP))
    except ValueError:
        faults["care"] = CoverageFault.NO_CHOICE
        return LevelOfCare.IOP


def _state(filled: Mapping[str, str], faults: dict[str, CoverageFault]) -> str:
    code = filled.get("state", "").upper()
    if code and code not in STATE_NAMES:
        faults["state"] = CoverageFault.NO_CHOICE
        return ""
    return code


def _id(filled: Mapping[str, str], name: str, faults: dict[str, CoverageFault]) -> str:
    text = filled.get(name, "")
    if len(text) > MAX_ID or not all(c.isascii() and (c.isalnum() or c in "-_") for c in text):
        faults[name] = CoverageFault.NO_ID
        return ""
    return text


def _course(filled: Mapping[str, str], faults: dict[str, CoverageFault]) -> Course:
    try:
        return read_course(filled["course"]) if "course" in filled else DEFAULT_COURSE
    except CourseTooLong:
        faults["course"] = CoverageFault.COURSE_TOO_LONG
    except BadCourse:
        faults["course"] = CoverageFault.NO_COURSE
    return DEFAULT_COURSE


def _cents(filled: Mapping[str, str], name: str, faults: dict[str, CoverageFault]) -> int | None:
    if name not in filled:
        return None
    try:
        return read_dollars(filled[name])
    except BadAmount:
        faults[name] = CoverageFault.NO_MONEY
        return None
