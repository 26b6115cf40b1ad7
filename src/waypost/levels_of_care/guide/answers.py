"""A person's answers: checked, in one canonical form, whatever the order they were given in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from waypost.levels_of_care.guide.question import ADULT, UNKNOWN, YOUTH, GuideQuestion
from waypost.levels_of_care.guide.rules_file import Guide
from waypost.levels_of_care.safety.voice import VoiceAge, VoicePerson

Answers = Mapping[str, frozenset[str]]
RawAnswers = Mapping[str, str | Iterable[str]]
REQUIRED = ("who", "now", "today", "harm")
"""Without these nothing is said: whom it is for, and whether there is a danger by name."""

ON_EXITS = ("checked", "seen", "means")
"""What an exit's page asks: a clinician's check, that the numbers were read, what is in reach."""

AGES = {"youth": VoiceAge.YOUNG, "older": VoiceAge.OLDER}


class BadAnswers(ValueError):
    """An answer that no page of ours can send."""


class NotAnswered(ValueError):
    """Whom it is for, or whether there is a danger, was not answered."""


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


def _checked(question: GuideQuestion, values: frozenset[str]) -> frozenset[str]:
    if not values <= {choice.id for choice in question.choices}:
        raise BadAnswers("There is no such choice.")
    if not question.many and len(values) > 1:
        raise BadAnswers("One choice is asked for.")
    ticked = frozenset(c.id for c in question.choices if c.id in values and not c.alone)
    if ticked:
        return ticked
    return frozenset({UNKNOWN}) if UNKNOWN in values else values


def person_of(answers: Answers, language: str = "en") -> VoicePerson:
    """Whom the answers are for; an adult who asks for themselves until it is known."""
    who = min(answers.get("who", ()), default="")
    asker, _, age = who.partition("-")
    return VoicePerson(AGES.get(age, VoiceAge.ADULT), asker == "other", language)


def path_of(answers: Answers) -> str:
    """The path that the person's age leads to."""
    return YOUTH if person_of(answers).age is VoiceAge.YOUNG else ADULT


def asked(guide: Guide, answers: Answers) -> tuple[GuideQuestion, ...]:
    """The questions of this person's path after these answers, in page order."""
    path = path_of(answers)
    questions: list[GuideQuestion] = []
    kept: dict[str, frozenset[str]] = {}
    for question in sorted(guide.questions, key=lambda q: q.page):
        if question.is_asked(path, kept):
            questions.append(question)
            if question.id in answers:
                kept[question.id] = answers[question.id]
    return tuple(questions)


def on_path(guide: Guide, answers: Answers) -> Answers:
    """The answers that this path asks for and offers, and those of an exit; no others count."""
    kept: dict[str, frozenset[str]] = {}
    for question in asked(guide, answers):
        values = answers.get(question.id, frozenset())
        offered = frozenset(c.id for c in question.choices if c.id in values and c.offered(kept))
        if offered:
            kept[question.id] = offered
    return kept | {name: answers[name] for name in ON_EXITS if name in answers}


def completed(guide: Guide, answers: Answers) -> Answers:
    """The answers of the path, with "unknown" where a question was passed over.

    Raises:
        NotAnswered: one of `REQUIRED` is missing.
    """
    missing = [name for name in REQUIRED if name not in answers]
    if missing:
        raise NotAnswered(f"Not answered: {', '.join(missing)}.")
    full = dict(on_path(guide, answers))
    while True:
        passed_over = [
            question.id
            for question in asked(guide, full)
            if question.may_be_unknown and question.id not in full
        ]
        if not passed_over:
            return full
        full |= {name: frozenset({UNKNOWN}) for name in passed_over}
