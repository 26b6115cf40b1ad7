"""The pre-screen: the guide's own questions and exits, asked by staff about somebody else.

`levels_of_care.guide` decides; nothing of it is repeated here. What stops the guide stops the
intake: the page shows what to do, and the next step waits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from waypost.levels_of_care.guide.answers import Answers, NotAnswered, asked, read_answers
from waypost.levels_of_care.guide.assess import Exit, Suggestions, assess, exit_so_far
from waypost.levels_of_care.guide.question import GuideQuestion
from waypost.levels_of_care.guide.rules_file import Guide
from waypost.levels_of_care.safety.step import NearHelp, StepEnds
from waypost.levels_of_care.safety.voice import VoiceAge, VoicePerson
from waypost.levels_of_care.safety.what_to_do import WhatToDo, what_to_do

Raw = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Screened:
    """What the answers so far lead to.

    ``stop`` is the exit that they call for (None where there is none), ``todo`` what to do then;
    ``levels`` are ids of levels to talk about once all is answered, with the row that gave them.
    """

    questions: tuple[GuideQuestion, ...]
    unanswered: tuple[str, ...]
    stop: Exit | None
    todo: WhatToDo | None
    outcome: Suggestions | None

    @property
    def withdrawal(self) -> bool:
        """Whether withdrawal may be dangerous, so that detox comes first."""
        return self.todo is not None and NearHelp.WITHDRAWAL in self.todo.near

    @property
    def emergency(self) -> bool:
        """Whether nothing else may be done before help has come."""
        return self.stop is not None and self.stop.waits_for is StepEnds.ALWAYS


def screen(guide: Guide, given: Raw, today: date, language: str = "en") -> Screened:
    """Where these answers lead, whatever is still unanswered.

    Raises:
        BadAnswers: a question or a choice that does not exist.
    """
    answers = read_answers(guide, given)
    questions = asked(guide, answers)
    unanswered = tuple(q.id for q in questions if not answers.get(q.id))
    stop = exit_so_far(guide, given)
    person = VoicePerson(_age(answers), True, language)
    todo = what_to_do(guide.safety, stop.dangers, person, today) if stop else None
    return Screened(questions, unanswered, stop, todo, None if stop else _outcome(guide, given))


def _age(answers: Answers) -> VoiceAge:
    who = min(answers.get("who", ()), default="")
    ages = {"youth": VoiceAge.YOUNG, "older": VoiceAge.OLDER}
    return ages.get(who.partition("-")[2], VoiceAge.ADULT)


def _outcome(guide: Guide, given: Raw) -> Suggestions | None:
    try:
        outcome = assess(guide, given)
    except NotAnswered:
        return None
    return outcome if isinstance(outcome, Suggestions) else None
