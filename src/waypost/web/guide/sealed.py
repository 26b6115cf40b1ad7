"""Where a person is in the guide, sealed into the address of a page (see `waypost.web.sealing`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from waypost.levels_of_care.guide.answers import Answers, BadAnswers, read_answers
from waypost.levels_of_care.guide.rules_file import Guide
from waypost.web import sealing
from waypost.web.sealing import HOURS, Unreadable

__all__ = [
    "FIRST_PAGE",
    "HOURS",
    "GuideView",
    "SealProblem",
    "State",
    "Unreadable",
    "seal",
    "unseal",
]
FIRST_PAGE = 1
_PURPOSE = "guide"


class GuideView(StrEnum):
    """Which page the answers lead to."""

    QUESTIONS = "questions"
    EXIT = "exit"
    RESULT = "result"


class SealProblem(StrEnum):
    """What is wrong with the page that was sent."""

    NONE = ""
    NOT_CHOSEN = "not chosen"
    AGAINST_EACH_OTHER = "against each other"
    NOT_READ = "not read"


@dataclass(frozen=True, slots=True)
class State:
    """Where a person is: the answers so far, the page, and a place or ''.

    ``ticked`` is what was ticked on the page, if "none of these" was ticked with another choice.
    """

    answers: Answers = field(default_factory=dict)
    page: int = FIRST_PAGE
    view: GuideView = GuideView.QUESTIONS
    near: str = ""
    problem: SealProblem = SealProblem.NONE
    ticked: Answers = field(default_factory=dict)

    def showing(self, view: GuideView, page: int | None = None) -> State:
        """The same answers on another page, without a problem."""
        page = self.page if page is None else page
        return replace(self, view=view, page=page, problem=SealProblem.NONE, ticked={})


def seal(state: State) -> str:
    """The state as a piece of an address."""
    plain = {
        "a": _lists(state.answers),
        "p": state.page,
        "v": state.view,
        "n": state.near,
        "x": state.problem,
        "t": _lists(state.ticked),
    }
    return sealing.seal(_PURPOSE, plain)


def unseal(guide: Guide, text: str) -> State:
    """The state that was sealed.

    Raises:
        Unreadable: it is not ours, older than `HOURS`, or from before a change of the questions.
    """
    try:
        return _state(guide, sealing.unseal(_PURPOSE, text))
    except (BadAnswers, KeyError, ValueError) as error:
        raise Unreadable("That address is too old, or not one of ours.") from error


def _state(guide: Guide, plain: Mapping[str, Any]) -> State:
    return State(
        answers=read_answers(guide, plain["a"]),
        page=int(plain["p"]),
        view=GuideView(plain["v"]),
        near=str(plain["n"]),
        problem=SealProblem(plain["x"]),
        ticked={name: frozenset(values) for name, values in plain["t"].items()},
    )


def _lists(answers: Answers) -> dict[str, list[str]]:
    return {name: sorted(values) for name, values in sorted(answers.items())}
