"""Answers in, a safety exit or one or two levels to talk about out: pure and deterministic.

Nothing here reads a clock, a file or a database, and nothing keeps an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waypost.levels_of_care.guide.answers import (
    Answers,
    RawAnswers,
    completed,
    on_path,
    path_of,
    read_answers,
)
from waypost.levels_of_care.guide.condition import Facts
from waypost.levels_of_care.guide.question import YOUTH
from waypost.levels_of_care.guide.rule import (
    Effect,
    ExitKind,
    ExitRule,
    LevelRule,
    NoteRule,
    ScaleRule,
    Suggestion,
)
from waypost.levels_of_care.guide.rules_file import SCALES, Guide


@dataclass(frozen=True, slots=True)
class Exit:
    """The guide ends here. ``rules`` are all that apply, the most urgent first.

    ``may_go_on`` is True where a clinician's check would let the guide go on.
    """

    rules: tuple[ExitRule, ...]

    @property
    def kind(self) -> ExitKind:
        """The most urgent kind of help."""
        return self.rules[0].kind

    @property
    def may_go_on(self) -> bool:
        """Whether every rule gives way to a clinician's check."""
        return all(rule.raised_by_check for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Reason:
    """A scale's rule that holds, tied to the answers that made it so."""

    rule: ScaleRule
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What to talk about with a clinician. ``row`` is None under 18: no adult level is shown."""

    row: LevelRule | None
    reasons: tuple[Reason, ...]
    notes: tuple[NoteRule, ...]
    facts: Facts

    @property
    def levels(self) -> tuple[Suggestion, ...]:
        """One or two adjacent levels; none under 18."""
        return self.row.suggest if self.row else ()

    @property
    def withdrawal_first(self) -> bool:
        """Whether to ask about withdrawal care before anything else."""
        return any(note.effect is Effect.WITHDRAWAL for note in self.notes)

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


def assess(guide: Guide, raw: RawAnswers) -> Exit | Result:
    """The outcome of a whole set of answers; a question passed over counts as "I do not know".

    Raises:
        BadAnswers: an answer that does not exist.
        NotAnswered: whom it is for, or whether there is an emergency, is missing.
    """
    answers = completed(guide, read_answers(guide, raw))
    found = _exit(guide, answers)
    if found:
        return found
    facts = facts_of(guide, answers)
    notes = tuple(note for note in guide.notes if note.when.holds(facts))
    if path_of(answers) == YOUTH:
        return Result(None, (), notes, facts)
    row = first_row(guide, facts)
    return Result(row, reasons_for(guide, row, facts), notes, facts)


def flags(guide: Guide, answers: Facts) -> tuple[ExitRule, ...]:
    """Every red flag that the answers raise, the most urgent first."""
    order = list(ExitKind)
    raised = (rule for rule in guide.exits if rule.when.holds(answers))
    return tuple(sorted(raised, key=lambda rule: order.index(rule.kind)))


def _exit(guide: Guide, answers: Answers) -> Exit | None:
    checked = "yes" in answers.get("checked", ())
    raised = flags(guide, answers)
    stopping = [rule for rule in raised if not (checked and rule.raised_by_check)]
    return Exit(raised) if stopping else None


def facts_of(guide: Guide, answers: Answers) -> Facts:
    """The answers with the flags and the six scales that follow from them."""
    raised = frozenset(rule.id for rule in flags(guide, answers))
    facts: dict[str, frozenset[str]] = {**answers, "flag": raised}
    holding = [rule for rule in guide.scales if rule.when.holds(facts)]
    return facts | {scale: frozenset({str(_highest(holding, scale))}) for scale in SCALES}


def _highest(rules: Iterable[ScaleRule], scale: str) -> int:
    return max((rule.value for rule in rules if rule.scale == scale), default=0)


def first_row(guide: Guide, facts: Facts) -> LevelRule:
    """The first level rule that holds; the last one always does."""
    return next(row for row in guide.levels if row.when.holds(facts))


def reasons_for(guide: Guide, row: LevelRule, facts: Facts) -> tuple[Reason, ...]:
    """Why this row: of each scale that it rests on, the highest rule that holds."""
    found = []
    for scale in row.because:
        holding = [r for r in guide.scales if r.scale == scale and r.when.holds(facts)]
        if holding:
            rule = max(holding, key=lambda r: r.value)
            found.append(Reason(rule, _answers_behind(rule, facts)))
    return tuple(found)


def _answers_behind(rule: ScaleRule, facts: Facts) -> tuple[tuple[str, str], ...]:
    return tuple(
        dict.fromkeys(
            (name, value) for name, value in rule.when.atoms() if value in facts.get(name, ())
        )
    )


def scale_values(facts: Facts) -> Mapping[str, int]:
    """The six scales as numbers."""
    return {scale: int(min(facts[scale])) for scale in SCALES}
