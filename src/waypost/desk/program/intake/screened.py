"""Where a person's newest saved pre-screen leads, for the steps that wait for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from waypost.desk.program.door import Opened
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.treatment.intake.queries import newest_screening
from waypost.treatment.intake.screening import Screened, screen


def screened_newest(opened: Opened) -> Screened:
    """Where the newest pre-screen leads; without one, to no exit."""
    words = newest_screening(opened.owner, opened.person.id).words
    return screened_answers(words.get("answers", {}), opened.today)


def screened_answers(
    answers: Mapping[str, Sequence[str]], today: date, language: str = "en"
) -> Screened:
    """Where answers lead; a question or choice that the guide no longer has is left out."""
    known = {q.id: {choice.id for choice in q.choices} for q in the_guide().questions}
    given = {
        name: tuple(value for value in values if value in known[name])
        for name, values in answers.items()
        if name in known
    }
    return screen(the_guide(), given, today, language)
