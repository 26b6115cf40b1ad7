"""A search: what is looked for, and how it is to be answered.

Names that begin with an underscore and are none of R4's criteria are controls; one that is not
known is left out, and out of ``self`` (R4, "Search", 3.1.1.1.3), for real clients send such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from waypost.api.fhir.criteria import Criterion, parameter_of, parse
from waypost.api.fhir.outcome import BadCriterion
from waypost.api.fhir.parameters import PARAMETERS, Type

USUAL_COUNT, MOST_COUNT = 50, 200
MOST_ROWS = 10**9
"""More than any directory has: a number beyond it is as good as this one."""

MOST_LETTERS = 8_000
"""Of a whole search, so that the link to its next page can be read by GET."""

SUMMARIES = ("true", "text", "data", "count", "false")
TOTALS = ("none", "estimate", "accurate")
SORTED_BY = ("_id", "_lastUpdated", "name", "near")
UNSUPPORTED = frozenset({"_text", "_content", "_filter", "_query", "_list", "_type"})
"""Criteria of R4 that nothing here answers: to leave them out would answer another question."""

READ_AS = {("HealthcareService", "providedBy"): "organization"}
"""An ``_include`` that HL7's own client of Plan-Net sends names the element."""

Pair = tuple[str, str]


class Include(NamedTuple):
    """``_include`` or ``_revinclude``: of ``resource`` what ``parameter`` refers to."""

    resource: str
    parameter: str
    target: str
    iterate: bool


@dataclass(slots=True)
class Question:
    """A search for resources of one type; ``kept`` are the parameters that were read."""

    type: str
    criteria: list[Criterion] = field(default_factory=list)
    kept: list[Pair] = field(default_factory=list)
    count: int = USUAL_COUNT
    offset: int = 0
    sort: list[tuple[str, bool]] = field(default_factory=list)
    includes: list[Include] = field(default_factory=list)
    revincludes: list[Include] = field(default_factory=list)
    elements: tuple[str, ...] = ()
    summary: str = "false"
    total: str = "accurate"
    pretty: bool = False


def read_question(type_: str, pairs: Sequence[Pair]) -> Question:
    """What is asked.

    Raises:
        BadCriterion: something of it cannot be answered; it names the parameter.
    """
    if sum(len(name) + len(value) for name, value in pairs) > MOST_LETTERS:
        raise BadCriterion(f"A search has at most {MOST_LETTERS:,} characters; ask in several.")
    question = Question(type_)
    for name, value in pairs:
        try:
            if _read(question, name, value):
                question.kept.append((name, value))
        except BadCriterion as error:
            raise BadCriterion(str(error), error.parameter or name) from None
    if any(by == "near" for by, _ in question.sort) and "near" not in _named(question.kept):
        raise BadCriterion("_sort=near goes with a search by near.", "_sort")
    return question


def _named(kept: Iterable[Pair]) -> str:
    return " ".join(name for name, _ in kept if not name.startswith("_sort"))


def _read(question: Question, name: str, value: str) -> bool:
    """Read one parameter; whether it means anything here."""
    plain, _, modifier = name.partition(":")
    if plain in ("_include", "_revinclude"):
        _include(question, plain, modifier, value)
    elif plain in UNSUPPORTED:
        raise BadCriterion(f"{plain} is not supported here.")
    elif plain in _CONTROLS:
        _CONTROLS[plain](question, value.strip())
    elif plain.startswith("_") and plain.partition(".")[0] not in _ASKED:
        return False
    else:
        question.criteria.append(parse(question.type, name, value))
    return True


_ASKED = {"_has", *(n for named in PARAMETERS.values() for n in named if n.startswith("_"))}


def _number(value: str, least: int = 0) -> int:
    if not (value.isascii() and value.isdigit() and len(value) < 40 and int(value) >= least):
        raise BadCriterion(f"“{value[:20]}” is not a whole number from {least} on.")
    return min(int(value), MOST_ROWS)


def _count(question: Question, value: str) -> None:
    question.count = min(_number(value), MOST_COUNT)


def _offset(question: Question, value: str) -> None:
    question.offset = _number(value)


def _choice(value: str, choices: Sequence[str]) -> str:
    if value not in choices:
        raise BadCriterion(f"“{value[:20]}” is not one of {', '.join(choices)}.")
    return value


def _summary(question: Question, value: str) -> None:
    question.summary = _choice(value, SUMMARIES)


def _total(question: Question, value: str) -> None:
    question.total = _choice(value, TOTALS)


def _elements(question: Question, value: str) -> None:
    names = (part.strip().rpartition(".")[2] for part in value.split(","))
    question.elements = tuple(name for name in names if name)


def _sort(question: Question, value: str) -> None:
    for part in value.split(","):
        by = part.strip().removeprefix("-")
        _choice(by, SORTED_BY)
        if by == "name":
            parameter_of(question.type, by)
        question.sort.append((by, part.strip().startswith("-")))


def _pretty(question: Question, value: str) -> None:
    question.pretty = value == "true"


def _ignored(_question: Question, _value: str) -> None:
    """`_format` is read with the Accept header, at the door."""


_CONTROLS = {
    "_count": _count,
    "_offset": _offset,
    "_summary": _summary,
    "_total": _total,
    "_elements": _elements,
    "_sort": _sort,
    "_pretty": _pretty,
    "_format": _ignored,
}


def _include(question: Question, which: str, modifier: str, value: str) -> None:
    if modifier not in ("", "iterate", "recurse"):
        raise BadCriterion(f"{which} has no modifier “{modifier[:20]}”; it has iterate.")
    everything = which == "_include" and value.strip() == "*"
    named = f"{question.type}:*" if everything else value.strip()
    for include in _includes(named, iterate=bool(modifier)):
        if which == "_include":
            question.includes.append(include)
        else:
            question.revincludes.append(include)


def _includes(value: str, *, iterate: bool) -> list[Include]:
    resource, _, rest = value.partition(":")
    name, _, target = rest.partition(":")
    if resource not in PARAMETERS or not name:
        raise BadCriterion(f"“{value[:60]}” is not written Type:parameter of a type that is here.")
    references = {n: p for n, p in PARAMETERS[resource].items() if p.type is Type.REFERENCE}
    name = READ_AS.get((resource, name), name)
    if name == "*":
        return [Include(resource, each, "", iterate) for each in references]
    if name not in references:
        raise BadCriterion(
            f"{resource} has no reference “{name[:60]}”; it has {', '.join(sorted(references))}."
        )
    if target and target not in references[name].targets:
        raise BadCriterion(f"“{name}” of {resource} does not refer to “{target[:40]}”.")
    return [Include(resource, name, target, iterate)]
