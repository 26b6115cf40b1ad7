"""Written cases: answers and what should come of them; and which change when a rule does.

Run ``python -m waypost.levels_of_care.guide.cases CASES BEFORE AFTER`` with a file or a folder of
cases and two ``content`` folders to see, case by case, what a change would change.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from waypost.levels_of_care.content_file import load_mapping
from waypost.levels_of_care.guide.answers import BadAnswers, RawAnswers, person_of, read_answers
from waypost.levels_of_care.guide.assess import Exit, assess
from waypost.levels_of_care.guide.rules_file import Guide, read_guide
from waypost.levels_of_care.safety.what_to_do import what_to_do
from waypost.levels_of_care.words import BadContent

ANY_DAY = date(2026, 11, 28)
"""Numbers, levels and reasons do not depend on the day."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the guide says, in ids.

    ``exits`` are the danger rules of an exit, or ``levels`` with their ``reasons`` and ``notes``;
    ``today`` the dangers whose steps stand first on a result; ``numbers`` the lines, in order.
    """

    exits: frozenset[str] = frozenset()
    numbers: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    reasons: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    today: frozenset[str] = frozenset()

    def text(self) -> str:
        """One line for a person."""
        numbers = " ".join(self.numbers) or "-"
        if self.exits:
            return f"exit {' '.join(sorted(self.exits))}; numbers {numbers}"
        parts = (("because", self.reasons), ("notes", self.notes), ("today", self.today))
        more = "; ".join(f"{name} {' '.join(sorted(ids)) or '-'}" for name, ids in parts)
        return f"{' or '.join(self.levels)}; {more}; numbers {numbers}"


@dataclass(frozen=True, slots=True)
class Case:
    """A written case: who it is in words, the answers, and what should come of them."""

    id: str
    about: str
    answers: RawAnswers
    expected: Outcome


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A case whose outcome differs between two guides."""

    case: Case
    before: Outcome
    after: Outcome


def read_cases(path: Path) -> tuple[Case, ...]:
    """Read the cases of a file, or of every file of a folder.

    Each gives only the answers in which it differs from its file's ``base``; null takes one away.

    Raises:
        BadContent: a case is there twice or expects nothing.
    """
    paths = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    cases: list[Case] = []
    for each in paths:
        data = load_mapping(each.parent, each.stem)
        cases += [_read_case(entry, data["base"]) for entry in data["cases"]]
    if len({case.id for case in cases}) != len(cases):
        raise BadContent(f"{path.name}: a case appears twice.")
    return tuple(cases)


def _read_case(entry: Mapping[str, Any], base: Mapping[str, Any]) -> Case:
    answers = {k: v for k, v in {**base, **entry["answers"]}.items() if v is not None}
    if not entry.get("exits") and "levels" not in entry:
        raise BadContent(f"{entry['id']}: a case expects exits or levels.")
    expected = Outcome(
        exits=frozenset(entry.get("exits", ())),
        numbers=tuple(map(str, entry.get("numbers", ()))),
        levels=tuple(entry.get("levels", ())),
        reasons=frozenset(entry.get("reasons", ())),
        notes=frozenset(entry.get("notes", ())),
        today=frozenset(entry.get("today", ())),
    )
    return Case(str(entry["id"]), str(entry["about"]), answers, expected)


def outcome(guide: Guide, answers: RawAnswers) -> Outcome:
    """What a guide says to these answers, in ids."""
    result = assess(guide, answers)
    person = person_of(read_answers(guide, answers))
    dangers = result.dangers if isinstance(result, Exit) else result.today
    numbers = what_to_do(guide.safety, dangers, person, ANY_DAY).numbers if dangers else ()
    if isinstance(result, Exit):
        return Outcome(exits=frozenset(rule.id for rule in result.rules), numbers=numbers)
    return Outcome(
        numbers=numbers,
        levels=tuple(s.level + (" with housing" if s.housing else "") for s in result.levels),
        reasons=frozenset(reason.rule.id for reason in result.reasons),
        notes=frozenset(note.id for note in result.notes),
        today=result.today,
    )


def changed_cases(before: Guide, after: Guide, cases: Iterable[Case]) -> tuple[ChangedCase, ...]:
    """The cases whose outcome is not the same in both guides."""
    compared = (
        ChangedCase(c, _outcome_or_none(before, c), _outcome_or_none(after, c)) for c in cases
    )
    return tuple(changed for changed in compared if changed.before != changed.after)


def _outcome_or_none(guide: Guide, case: Case) -> Outcome:
    """The outcome, or one that says so where this guide has no such question or answer."""
    try:
        return outcome(guide, case.answers)
    except BadAnswers:
        return Outcome(exits=frozenset({"(no such answer)"}))


def main(cases: Path, before: Path, after: Path) -> str:
    """What a change of the rules changes, as lines of text; both folders are a ``content``."""
    written = read_cases(cases)
    old, new = (read_guide(folder / "levels_of_care") for folder in (before, after))
    changed = changed_cases(old, new, written)
    lines = [f"{len(changed)} of {len(written)} cases change."]
    for change in changed:
        lines.append(f"{change.case.id}: {change.case.about}")
        lines.append(f"  before: {change.before.text()}")
        lines.append(f"  after:  {change.after.text()}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(main(*map(Path, sys.argv[1:4])))
