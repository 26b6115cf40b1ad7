"""Check-ups on a program's own side: their questions, what was answered, and what it scores."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from waypost.levels_of_care.instruments.bam import BadBam, BamScore, score_bam, the_bam
from waypost.levels_of_care.instruments.instrument import Instrument, InstrumentChoice
from waypost.levels_of_care.instruments.load import load_instruments
from waypost.levels_of_care.instruments.score import BadInstrumentAnswers, score

BAM = "bam"


@dataclass(frozen=True, slots=True)
class CheckUpQuestion:
    """One question with its choices, in the reader's language."""

    id: str
    words: str
    choices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CheckUp:
    """A check-up on the page; ``result`` is '' until every question is answered."""

    id: str
    title: str
    instruction: str
    notice: str
    questions: tuple[CheckUpQuestion, ...]
    answers: Mapping[str, str]
    result: str


@cache
def instruments() -> Mapping[str, Instrument]:
    """The check-ups that may be used anywhere."""
    return load_instruments()


def check_ups(answers: Mapping[str, Mapping[str, str]], language: str) -> list[CheckUp]:
    """Every check-up with what was answered, the BAM last."""
    shown = [
        CheckUp(
            i.id,
            i.title.spoken(language),
            i.instruction.spoken(language),
            i.license.notice,
            tuple(
                CheckUpQuestion(q.id, q.words.spoken(language), _choices(q.choices, language))
                for q in i.items
            ),
            answers.get(i.id, {}),
            _result(i, answers.get(i.id, {}), language),
        )
        for i in instruments().values()
    ]
    return [*shown, bam_check_up(answers.get(BAM, {}), language)]


def bam_check_up(answers: Mapping[str, str], language: str) -> CheckUp:
    """The BAM with what was answered, for staff and for the person's own page."""
    bam = the_bam()
    questions = tuple(
        CheckUpQuestion(q.id, q.words.spoken(language), _choices(q.choices, language))
        for q in bam.items
    )
    title, instruction = bam.title.spoken(language), bam.instruction.spoken(language)
    return CheckUp(BAM, title, instruction, bam.notice, questions, answers, bam_result(answers))


def bam_result(answers: Mapping[str, str]) -> str:
    """The three parts of the BAM in a line; "" where a question is not answered."""
    try:
        return bam_words(score_bam(answers))
    except BadBam:
        return ""


def bam_words(scored: BamScore) -> str:
    """The three parts in a line; no total is published."""
    return _("Use %(use)s of 12, Risk %(risk)s of 24, Protective %(protective)s of 24") % {
        "use": scored.use,
        "risk": scored.risk,
        "protective": scored.protective,
    }


def read_check_up(name: str, post: QueryDict) -> dict[str, Any] | None:
    """The answers that a form gives to a check-up, foreign ones left out; None for an unknown."""
    items = the_bam().items if name == BAM else _items(name)
    if items is None:
        return None
    answers = {
        item.id: post.get(f"q-{item.id}", "")
        for item in items
        if post.get(f"q-{item.id}", "") in {choice.code for choice in item.choices}
    }
    return {"answers": answers}


def read_bam(post: QueryDict) -> dict[str, str]:
    """The answers that a form gives to the BAM."""
    read = read_check_up(BAM, post) or {}
    answers: dict[str, str] = read.get("answers", {})
    return answers


def _items(name: str) -> Any:
    instrument = instruments().get(name)
    return instrument.items if instrument else None


def _choices(choices: tuple[InstrumentChoice, ...], language: str) -> tuple[tuple[str, str], ...]:
    return tuple((choice.code, choice.words.spoken(language)) for choice in choices)


def _result(instrument: Instrument, answers: Mapping[str, str], language: str) -> str:
    try:
        scored = score(instrument, answers)
    except BadInstrumentAnswers:
        return ""
    words = f"{scored.total} / {scored.highest}: {scored.band.label.spoken(language)}"
    return f"{words}. {_('Ask about safety now: 988.')}" if scored.safety else words
