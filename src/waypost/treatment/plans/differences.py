"""What changed from one version of a plan to the next, line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields

from waypost.treatment.plans.plan import PlanLine, PlanWords


@dataclass(frozen=True, slots=True)
class Difference:
    """One change: where, what it was, what it is; ``before`` or ``after`` is '' at the ends."""

    place: str
    before: str
    after: str


def differences(before: PlanWords, after: PlanWords) -> list[Difference]:
    """Every change between two versions, in the order of the page; none for equal plans."""
    return list(_differences(before, after))


def _differences(before: PlanWords, after: PlanWords) -> Iterator[Difference]:
    if before.own_words != after.own_words:
        yield Difference("own words", before.own_words, after.own_words)
    for field in fields(before.week):
        was, is_now = (_text(getattr(p.week, field.name)) for p in (before, after))
        if was != is_now:
            yield Difference(field.name.replace("_", " "), was, is_now)
    yield from _lines(before.lines, after.lines)


def _lines(before: tuple[PlanLine, ...], after: tuple[PlanLine, ...]) -> Iterator[Difference]:
    """Lines are the same line where problem, goal and objective are the same words.

    An objective may have several interventions: of its lines those that did not change belong
    together, then those with the same intervention, then the others in their order.
    """
    gone, new, changed = list(before), list(after), list[tuple[PlanLine, PlanLine]]()
    for same in (_whole, _intervention, _objective):
        for line in tuple(new):
            old = next((was for was in gone if same(was) == same(line)), None)
            if old is not None:
                gone.remove(old)
                new.remove(line)
                changed.append((old, line))
    for line in new:
        yield Difference(_place(line), "", _line_text(line))
    for line in gone:
        yield Difference(_place(line), _line_text(line), "")
    several = Counter(map(_objective, after))
    for old, line in changed:
        yield from _changes(old, line, _place(line, several[_objective(line)] > 1))


def _changes(old: PlanLine, line: PlanLine, place: str) -> Iterator[Difference]:
    for name in ("intervention", "who", "by_when", "state"):
        was, is_now = getattr(old, name), getattr(line, name)
        if was != is_now:
            yield Difference(f"{place}: {name.replace('_', ' ')}", was, is_now)


def _whole(line: PlanLine) -> PlanLine:
    return line


def _intervention(line: PlanLine) -> tuple[str, ...]:
    return line.problem, line.goal, line.objective, line.intervention


def _objective(line: PlanLine) -> tuple[str, ...]:
    return line.problem, line.goal, line.objective


def _place(line: PlanLine, of_several: bool = False) -> str:
    """Where a line is; with its intervention where its objective has several."""
    parts = (*_objective(line), line.intervention if of_several else "")
    return " / ".join(part for part in parts if part)


def _line_text(line: PlanLine) -> str:
    parts = (line.intervention, line.who, line.by_when)
    return "; ".join(part for part in parts if part) or line.goal


def _text(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
