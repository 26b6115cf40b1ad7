"""What a check-up's form shows: its questions in the active language, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext as _

from waypost.levels_of_care.instruments.instrument import Instrument, Item
from waypost.levels_of_care.instruments.score import FOREIGN, MISSING, BadInstrumentAnswers
from waypost.values.bilingual import Bilingual


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One answer as a radio button; ``lang`` is set where it is not the page's language."""

    code: str
    words: str
    lang: str
    checked: bool


@dataclass(frozen=True, slots=True)
class ShownQuestion:
    """One question of the form; ``problem`` says what is still to do."""

    name: str
    number: int
    words: str
    hint: str
    lang: str
    choices: tuple[ChoiceView, ...]
    optional: bool
    clearable: bool
    problem: str


def answers_from(instrument: Instrument, form: QueryDict) -> dict[str, str]:
    """The answers among a form's fields; anything else that was sent is ignored."""
    return {
        item.id: form.get(item.id, "").strip()
        for item in instrument.items
        if form.get(item.id, "").strip()
    }


def questions(
    instrument: Instrument, answers: dict[str, str], error: BadInstrumentAnswers | None = None
) -> list[ShownQuestion]:
    """The form's questions, with the given answers still selected."""
    return [
        _question(number, item, answers.get(item.id, ""), error)
        for number, item in enumerate(instrument.items, start=1)
    ]


def said(words: Bilingual) -> str:
    """A text of a check-up in the active language."""
    return words.spoken(_spoken())


def other_language(words: Bilingual) -> str:
    """The text's language where it is not the page's, for the ``lang`` attribute."""
    language = words.language(_spoken())
    return "" if language == _spoken() else language


def _spoken() -> str:
    return translation.get_language() or "en"


def _question(
    number: int, item: Item, given: str, error: BadInstrumentAnswers | None
) -> ShownQuestion:
    return ShownQuestion(
        name=item.id,
        number=number,
        words=said(item.words),
        hint=said(item.hint) if item.hint else "",
        lang=other_language(item.words),
        choices=tuple(
            ChoiceView(c.code, said(c.words), other_language(c.words), c.code == given)
            for c in item.choices
        ),
        optional=item.optional,
        clearable=bool(item.alternative or item.optional),
        problem=_problem(item, error),
    )


def _problem(item: Item, error: BadInstrumentAnswers | None) -> str:
    problem = error.problems.get(item.id) if error else None
    if problem is None:
        return ""
    if problem.kind == MISSING:
        return _("This question has no answer yet.")
    if problem.kind == FOREIGN:
        return _("That is not one of the answers. Please choose one.")
    return _("Answer either this question or the other one about drinks, not both.")
