"""A person's answers: checked, in one canonical form, whatever the order they were given in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from waypost.levels_of_care.guide.question import ADULT, UNKNOWN, YOUTH, Question
from waypost.levels_of_care.guide.rules_file import Guide

Answers = Mapping[str, frozenset[str]]
RawAnswers = Mapping[str, str | Iterable[str]]
REQUIRED = ("who", "now")
"""Without these nothing is said: whom it is for, and whether there is an emergency."""


class BadAnswers(ValueError):
    """An answer that no page of ours can send."""


class NotAnswered(ValueError):
    """Whom it is for, or whether there is an emergency, was not answered."""


def read_answers(guide: Guide, raw: RawAnswers) -> Answers:
    """Answers checked against the questions, empty ones left out.

    "None of these" beside another choice is dropped: what was ticked counts.

    Raises:
        BadAnswers: a question or a choice that does not exist, or two where one is asked.
    """
    read = {}
    for name, given in raw.items():
        question = guide.question(name)
        if question is None:
            raise BadAnswers("There is no such question.")
        values = frozenset([given] if isinstance(given, str) else given) - {""}
        if values:
            read[name] = _checked(question, values)
    return read


def _checked(question: Question, values: frozenset[str]) -> frozenset[str]:
    if not values <= {choice.id for choice in question.choices}:
        raise BadAnswers("There is no such choice.")
    if not question.many and len(values) > 1:
        raise BadAnswers("One choice is asked for.")
    told = frozenset(c.id for c in question.choices if c.id in values and not c.alone)
    if told:
        return told
    return frozenset({UNKNOWN}) if UNKNOWN in values else values


def path_of(answers: Answers) -> str:
    """The path that the person's age leads to."""
    return YOUTH if any(who.endswith("youth") for who in answers.get("who", ())) else ADULT


def for_other(answers: Answers) -> bool:
    """Whether someone asks for another person."""
    return any(who.startswith("other") for who in answers.get("who", ()))


def asked(guide: Guide, answers: Answers) -> tuple[Question, ...]:
    """The questions of this person's path, in page order; at most 15 with the exit's own."""
    path = path_of(answers)
    return tuple(
        question
        for question in sorted(guide.questions, key=lambda q: q.page)
        if question.page
        and path in question.paths
        and not (question.unless and question.unless.holds(answers))
    )


def on_path(guide: Guide, answers: Answers) -> Answers:
    """The answers that this path asks for, and the clinician's check; others count for nothing."""
    names = {question.id for question in asked(guide, answers)} | {"checked"}
    return {name: values for name, values in answers.items() if name in names}


def completed(guide: Guide, answers: Answers) -> Answers:
    """The answers of the path, with "unknown" where a question was passed over.

    Raises:
        NotAnswered: one of `REQUIRED` is missing.
    """
    missing = [name for name in REQUIRED if name not in answers]
    if missing:
        raise NotAnswered(f"Not answered: {', '.join(missing)}.")
    full = dict(on_path(guide, answers))
    for question in asked(guide, answers):
        if question.may_be_unknown:
            full.setdefault(question.id, frozenset({UNKNOWN}))
    return full
