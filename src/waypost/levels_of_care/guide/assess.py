"""Answers in, a safety exit or one or two levels to talk about out: pure and deterministic.

Nothing here reads a clock, a file or a database, and nothing keeps an answer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from waypost.levels_of_care.guide.answers import (
    Answers,
    RawAnswers,
    completed,
    on_path,
    path_of,
    person_of,
    read_answers,
)
from waypost.levels_of_care.guide.condition import Facts
from waypost.levels_of_care.guide.question import YOUTH
from waypost.levels_of_care.guide.rule import (
    DangerRule,
    LevelRule,
    NoteRule,
    ScaleRule,
    Suggestion,
)
from waypost.levels_of_care.guide.rules_file import SCALES, Guide
from waypost.levels_of_care.safety.step import SafetyDanger, StepEnds
from waypost.levels_of_care.safety.what_to_do import dangers_of


@dataclass(frozen=True, slots=True)
class Exit:
    """The guide stops here. ``rules`` are all that hold, in reading order; none is left out.

    ``dangers`` are what they raise. ``waits_for`` says what would let the guide go on: ALWAYS
    where nothing does, else a clinician's check, else that the steps were read.
    """

    rules: tuple[DangerRule, ...]
    dangers: frozenset[str]
    waits_for: StepEnds


@dataclass(frozen=True, slots=True)
class LevelReason:
    """A scale's rule that holds, tied to the answers that made it so."""

    rule: ScaleRule
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What to talk about with a clinician, and the dangers that did not end the guide.

    ``today`` are the dangers whose steps stand first on the page: those that end nothing, and
    those whose steps were read and passed.
    """

    row: LevelRule
    reasons: tuple[LevelReason, ...]
    notes: tuple[NoteRule, ...]
    facts: Facts
    today: frozenset[str]
    why_today: tuple[DangerRule, ...]

    @property
    def levels(self) -> tuple[Suggestion, ...]:
        """One or two adjacent levels."""
        return self.row.suggest

    @property
    def also(self) -> tuple[str, ...]:
        """Other kinds of care to ask about beside the level."""
        return tuple(dict.fromkeys(note.also for note in self.notes if note.also))

    @property
    def ticks(self) -> tuple[str, ...]:
        """Search columns ("group:pregnant") that the notes speak of."""
        return tuple(dict.fromkeys(column for note in self.notes for column in note.tick))


def exit_so_far(guide: Guide, raw: RawAnswers) -> Exit | None:
    """The exit that the answers given so far call for; a question not yet asked counts for none."""
    return _exit(guide, on_path(guide, read_answers(guide, raw)))


def assess(guide: Guide, raw: RawAnswers) -> Exit | Suggestions:
    """The outcome of a whole set of answers; a question passed over counts as "I do not know".

    Raises:
        BadAnswers: an answer that does not exist.
        NotAnswered: whom it is for, or whether there is a danger, is missing.
    """
    answers = completed(guide, read_answers(guide, raw))
    exit_now = _exit(guide, answers)
    if exit_now:
        return exit_now
    facts = facts_of(guide, answers)
    rows = guide.young if path_of(answers) == YOUTH else guide.levels
    row = first_row(rows, facts)
    rules = tuple(rule for rule in raised(guide, answers) if _stays_today(guide, rule, answers))
    return Suggestions(
        row=row,
        reasons=reasons_for(guide, row, facts),
        notes=tuple(note for note in guide.notes if note.when.holds(facts)),
        facts=facts,
        today=frozenset(rule.danger for rule in rules),
        why_today=rules,
    )


def raised(guide: Guide, answers: Facts) -> tuple[DangerRule, ...]:
    """Every danger rule that the answers meet, in reading order."""
    return tuple(rule for rule in guide.dangers if rule.when.holds(answers))


def _danger(guide: Guide, rule: DangerRule, answers: Answers) -> SafetyDanger:
    return dangers_of(guide.safety, [rule.danger], person_of(answers).age)[0]


def _stays_today(guide: Guide, rule: DangerRule, answers: Answers) -> bool:
    """What was checked by a clinician is spoken of in a note; all else stays on the page."""
    return _danger(guide, rule, answers).ends in (StepEnds.NO, StepEnds.UNTIL_SEEN)


def _exit(guide: Guide, answers: Answers) -> Exit | None:
    rules = raised(guide, answers)
    passed = {StepEnds.NO}
    if "yes" in answers.get("checked", ()):
        passed.add(StepEnds.UNTIL_CHECKED)
    if "yes" in answers.get("seen", ()):
        passed.add(StepEnds.UNTIL_SEEN)
    ends = [_danger(guide, rule, answers).ends for rule in rules]
    stopping = [end for end in ends if end not in passed]
    if not stopping:
        return None
    order = list(StepEnds)
    return Exit(rules, frozenset(rule.danger for rule in rules), min(stopping, key=order.index))


def facts_of(guide: Guide, answers: Answers) -> Facts:
    """The answers with the dangers and the six scales that follow from them."""
    dangers = frozenset(rule.danger for rule in raised(guide, answers))
    facts: dict[str, frozenset[str]] = {**answers, "danger": dangers}
    holding = [rule for rule in guide.scales if rule.when.holds(facts)]
    return facts | {scale: frozenset({str(_highest(holding, scale))}) for scale in SCALES}


def _highest(rules: Iterable[ScaleRule], scale: str) -> int:
    return max((rule.value for rule in rules if rule.scale == scale), default=0)


def first_row(rows: Iterable[LevelRule], facts: Facts) -> LevelRule:
    """The first level rule that holds; the last one always does."""
    return next(row for row in rows if row.when.holds(facts))


def reasons_for(guide: Guide, row: LevelRule, facts: Facts) -> tuple[LevelReason, ...]:
    """Why this row: of each scale that it rests on, every rule that holds at its highest value."""
    reasons = []
    for scale in row.because:
        holding = [r for r in guide.scales if r.scale == scale and r.when.holds(facts)]
        highest = _highest(holding, scale)
        deciding = [rule for rule in holding if rule.value == highest]
        reasons += [LevelReason(rule, _answers_behind(rule, facts)) for rule in deciding]
    return tuple(reasons)


def _answers_behind(rule: ScaleRule, facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple(
        dict.fromkeys(
            (name, value) for name, value in rule.when.atoms() if value in facts.get(name, ())
        )
    )
