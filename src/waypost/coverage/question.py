"""The question that web, API, command line and tests all ask. It holds nothing about the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from waypost.coverage.course import DEFAULT_COURSE, BadCourse, Course, read_course
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.plans.plan_id import id_in
from waypost.values.level_of_care import LevelOfCare
from waypost.values.money import BadAmount, read_dollars

MAX_ID = 40


class BadQuestion(ValueError):
    """A question that cannot be answered; ``problems`` maps a field to what is wrong with it."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Question:
    """``deductible_met`` and ``price`` (of one visit) are cents, None where not told."""

    insurance: Insurance
    state: str = ""  # two letters, '' where not told
    plan: str = ""  # a plan's id as plan search gives it, or without its segment or variant
    care: LevelOfCare = LevelOfCare.IOP
    site: str = ""  # a site's id in the directory
    course: Course = DEFAULT_COURSE
    deductible_met: int | None = None
    price: int | None = None


def read_question(fields: Mapping[str, str]) -> Question:
    """A question from words: a form's fields, an API's body or a command's options.

    With a plan the kind of insurance may be left out: the plan's file says which it is.

    Raises:
        BadQuestion: with a sentence for each field that cannot be read.
    """
    problems: dict[str, str] = {}
    told = {name: value.strip() for name, value in fields.items() if value.strip()}
    question = Question(
        insurance=_insurance(told, problems),
        state=_state(told, problems),
        plan=id_in(told.get("plan", "")) or _id(told, "plan", problems),
        care=_care(told, problems),
        site=_id(told, "site", problems),
        course=_course(told, problems),
        deductible_met=_cents(told, "deductible_met", problems),
        price=_cents(told, "price", problems),
    )
    if problems:
        raise BadQuestion(problems)
    return question


def _insurance(told: Mapping[str, str], problems: dict[str, str]) -> Insurance:
    if "insurance" not in told and "plan" in told:
        return Insurance.NOT_SURE
    try:
        return Insurance(told.get("insurance", ""))
    except ValueError:
        problems["insurance"] = "Choose what kind of insurance it is."
        return Insurance.NOT_SURE


def _care(told: Mapping[str, str], problems: dict[str, str]) -> LevelOfCare:
    try:
        return LevelOfCare(told.get("care", LevelOfCare.IOP))
    except ValueError:
        problems["care"] = "Choose which care it is."
        return LevelOfCare.IOP


def _state(told: Mapping[str, str], problems: dict[str, str]) -> str:
    code = told.get("state", "").upper()
    if code and code not in STATE_NAMES:
        problems["state"] = "Choose a state or territory by its two letters."
        return ""
    return code


def _id(told: Mapping[str, str], name: str, problems: dict[str, str]) -> str:
    text = told.get(name, "")
    if len(text) > MAX_ID or not all(c.isascii() and (c.isalnum() or c in "-_") for c in text):
        problems[name] = "This id has letters, digits, - and _ only, at most 40 of them."
        return ""
    return text


def _course(told: Mapping[str, str], problems: dict[str, str]) -> Course:
    try:
        return read_course(told["course"]) if "course" in told else DEFAULT_COURSE
    except BadCourse as error:
        problems["course"] = str(error)
        return DEFAULT_COURSE


def _cents(told: Mapping[str, str], name: str, problems: dict[str, str]) -> int | None:
    if name not in told:
        return None
    try:
        return read_dollars(told[name])
    except BadAmount:
        problems[name] = "Write an amount in dollars, such as 250 or $1,200."
        return None
