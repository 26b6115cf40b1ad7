"""What a check-up's result says: the total, its published meaning, and what to do with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.levels_of_care.instruments.instrument import Instrument, Scoring
from waypost.levels_of_care.instruments.score import InstrumentScore
from waypost.web.check_ups.form import said


@dataclass(frozen=True, slots=True)
class BandRow:
    """One row of the table of published bands."""

    points: str
    label: str
    here: bool


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One question with its answer; ``points`` is empty where none are counted."""

    question: str
    answer: str
    points: str


@dataclass(frozen=True, slots=True)
class CheckUpResult:
    """The presenter of the result."""

    total: str
    label: str
    meaning: str
    remark: str
    bands: tuple[BandRow, ...]
    answers: tuple[AnswerRow, ...]
    source_title: str
    source_url: str
    go_on: bool


def result(
    instrument: Instrument, answers: dict[str, str], score: InstrumentScore
) -> CheckUpResult:
    """The score in words."""
    last = instrument.bands[-1]
    return CheckUpResult(
        total=total_words(instrument, score),
        label=said(score.band.label),
        meaning=said(score.band.meaning),
        remark=said(instrument.only_item.words) if instrument.only_item and score.only_item else "",
        bands=tuple(
            BandRow(_points(b.low, b.high), said(b.label), b is score.band)
            for b in instrument.bands
        ),
        answers=tuple(_answers(instrument, answers, score)),
        source_title=score.band.source.title,
        source_url=score.band.source.url,
        go_on=bool(instrument.next_step) and score.band is last,
    )


def total_words(instrument: Instrument, score: InstrumentScore) -> str:
    """“12 of 27 points”, or “2 of 4 rows above “never””."""
    numbers = {"n": score.total, "most": score.highest}
    if instrument.scoring is Scoring.ROWS:
        return _("%(n)s of %(most)s answered with more than “never”") % numbers
    return _("%(n)s of %(most)s points") % numbers


def _points(low: int, high: int) -> str:
    return f"{low}" if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def _answers(
    instrument: Instrument, answers: dict[str, str], score: InstrumentScore
) -> list[AnswerRow]:
    rows = []
    for item in instrument.items:
        choice = item.choice(answers.get(item.id, ""))
        if choice:
            points = score.points.get(item.id)
            shown = "" if points is None else f"{points}"
            rows.append(AnswerRow(said(item.words), said(choice.words), shown))
    return rows
