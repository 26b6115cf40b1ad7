"""What changed from one version of a plan to the next, line by line."""

from __future__ import annotations

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
    """Lines are the same line where problem, goal and objective are the same words."""
    was = {_key(line, number): line for number, line in enumerate(before)}
    is_now = {_key(line, number): line for number, line in enumerate(after)}
    same = [k for k in is_now if k in was]
    for key, line in is_now.items():
        if key not in was:
            yield Difference(_place(line), "", _line_text(line))
    for key, line in was.items():
        if key not in is_now:
            yield Difference(_place(line), _line_text(line), "")
    for key in same:
        for name in ("intervention", "who", "by_when", "state"):
            old, new = getattr(was[key], name), getattr(is_now[key], name)
            if old != new:
                yield Difference(f"{_place(is_now[key])}: {name.replace('_', ' ')}", old, new)


def _key(line: PlanLine, number: int) -> tuple[str, str, str, int]:
    """Two lines with the same words are told apart by their intervention's place."""
    return line.problem, line.goal, line.objective, 0 if line.objective else number


def _place(line: PlanLine) -> str:
    return " / ".join(part for part in (line.problem, line.goal, line.objective) if part)


def _line_text(line: PlanLine) -> str:
    parts = (line.intervention, line.who, line.by_when)
    return "; ".join(part for part in parts if part) or line.goal


def _text(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)
