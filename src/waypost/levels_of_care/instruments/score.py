"""Scores complete answers exactly; refuses incomplete or foreign ones with a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from waypost.levels_of_care.instruments.instrument import Band, Instrument, Item, Scoring


class BadInstrumentAnswers(ValueError):
    """Answers that cannot be scored; ``problems`` maps an item's id to a `ScoreProblem`.

    ``foreign`` lists what belongs to no item of the instrument, shortened.
    """

    def __init__(self, problems: Mapping[str, ScoreProblem], foreign: tuple[str, ...] = ()) -> None:
        sentences = [problem.sentence for problem in problems.values()]
        sentences += [f"“{name}” is not an item of this check-up." for name in foreign]
        super().__init__(" ".join(sentences))
        self.problems = dict(problems)
        self.foreign = foreign


@dataclass(frozen=True, slots=True)
class ScoreProblem:
    """Why an item's answer cannot be scored; ``kind`` lets a door say it in its language."""

    kind: str
    sentence: str


MISSING = "missing"
FOREIGN = "foreign"
ONE_OF = "one of"


@dataclass(frozen=True, slots=True)
class InstrumentScore:
    """The total of complete answers and what was published about it.

    ``safety`` are the ids of items whose answer calls for the safety page, whatever the total.
    ``only_item`` is true where all points come from the one item that the authors single out.
    """

    instrument: str
    total: int
    highest: int
    band: Band
    points: Mapping[str, int]
    safety: tuple[str, ...]
    only_item: bool


def score(instrument: Instrument, answers: Mapping[str, str]) -> InstrumentScore:
    """Score ``answers`` (item id to choice code; an empty code is no answer).

    Raises:
        BadInstrumentAnswers: an answer is missing, is none of the choices, or belongs to no item.
    """
    answered = {name: code for name, code in answers.items() if code != ""}
    foreign = tuple(sorted(str(name)[:40] for name in answered if instrument.item(name) is None))
    problems = dict(_problems(instrument, answered))
    if problems or foreign:
        raise BadInstrumentAnswers(problems, foreign)
    points = dict(_points(instrument, answered))
    total = sum(points.values())
    if instrument.scoring is Scoring.ROWS:
        total = sum(value > 0 for value in points.values())
    return InstrumentScore(
        instrument=instrument.id,
        total=total,
        highest=instrument.highest_total,
        band=band_of(instrument, total),
        points=points,
        safety=safety_items(instrument, answered),
        only_item=_only_item(instrument, points, total),
    )


def band_of(instrument: Instrument, total: int) -> Band:
    """The published band of a total.

    Raises:
        ValueError: no complete answers reach this total.
    """
    for band in instrument.bands:
        if band.low <= total <= band.high:
            return band
    raise ValueError(f"{instrument.name} has no total of {total}.")


def safety_items(instrument: Instrument, answers: Mapping[str, str]) -> tuple[str, ...]:
    """Items whose answer calls for the safety page; also works for incomplete answers."""
    item_ids = []
    for item in instrument.items:
        choice = item.choice(answers.get(item.id, ""))
        if item.safety_above is not None and choice and choice.score > item.safety_above:
            item_ids.append(item.id)
    return tuple(item_ids)


def _points(instrument: Instrument, answered: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    for item in instrument.items:
        choice = item.choice(answered.get(item.id, ""))
        if item.scored and choice:
            yield item.id, choice.score


def _problems(
    instrument: Instrument, answered: Mapping[str, str]
) -> Iterator[tuple[str, ScoreProblem]]:
    for item in instrument.items:
        code = answered.get(item.id)
        if code is None:
            if not item.optional and not item.alternative:
                yield item.id, ScoreProblem(MISSING, f"“{item.words.en}” has no answer yet.")
        elif item.choice(code) is None:
            yield (
                item.id,
                ScoreProblem(FOREIGN, f"“{str(code)[:40]}” is not an answer to “{item.words.en}”."),
            )
    for rows in alternatives(instrument).values():
        if sum(item.id in answered for item in rows) != 1:
            sentence = "Answer exactly one of these: " + "; ".join(row.words.en for row in rows)
            yield rows[0].id, ScoreProblem(ONE_OF, sentence)


def alternatives(instrument: Instrument) -> dict[str, list[Item]]:
    """The sets of items of which exactly one is answered."""
    sets: dict[str, list[Item]] = {}
    for item in instrument.items:
        if item.alternative:
            sets.setdefault(item.alternative, []).append(item)
    return sets


def _only_item(instrument: Instrument, points: Mapping[str, int], total: int) -> bool:
    rule = instrument.only_item
    return rule is not None and total > 0 and points.get(rule.item, 0) == total
