"""Written cases: answers and what should come of them; and which change when a rule does.

Run ``python -m waypost.levels_of_care.guide.cases CASES BEFORE AFTER`` with two folders of rules to
see, case by case, what a change of the rules would change.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from waypost.levels_of_care.guide.answers import BadAnswers, RawAnswers
from waypost.levels_of_care.guide.assess import Exit, assess
from waypost.levels_of_care.guide.rules_file import Guide, read_guide
from waypost.levels_of_care.words import BadContent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the guide says, in ids: exits, or levels with their reasons and notes."""

    exits: frozenset[str] = frozenset()
    levels: tuple[str, ...] = ()
    reasons: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()

    def text(self) -> str:
        """One line for a person."""
        if self.exits:
            return f"exit {' '.join(sorted(self.exits))}"
        levels = " or ".join(self.levels) or "no adult level"
        reasons = " ".join(sorted(self.reasons)) or "-"
        return f"{levels} because {reasons}; notes {' '.join(sorted(self.notes)) or '-'}"


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
    """Read the cases; each gives only the answers in which it differs from ``base``.

    Raises:
        BadContent: a case is there twice or expects nothing.
    """
    data = yaml.safe_load(path.read_text("utf-8"))
    cases = tuple(_read_case(entry, data["base"]) for entry in data["cases"])
    if len({case.id for case in cases}) != len(cases):
        raise BadContent(f"{path.name}: a case is there twice.")
    return cases


def _read_case(entry: Mapping[str, Any], base: Mapping[str, Any]) -> Case:
    answers = {k: v for k, v in {**base, **entry["answers"]}.items() if v is not None}
    exits, levels = entry.get("exits", ()), entry.get("levels", ())
    if not exits and "levels" not in entry:
        raise BadContent(f"{entry['id']}: a case expects exits or levels.")
    expected = Outcome(
        frozenset(exits),
        tuple(levels),
        frozenset(entry.get("reasons", ())),
        frozenset(entry.get("notes", ())),
    )
    return Case(str(entry["id"]), str(entry["about"]), answers, expected)


def outcome(guide: Guide, answers: RawAnswers) -> Outcome:
    """What a guide says to these answers, in ids."""
    found = assess(guide, answers)
    if isinstance(found, Exit):
        return Outcome(exits=frozenset(rule.id for rule in found.rules))
    return Outcome(
        levels=tuple(s.level + (" with housing" if s.housing else "") for s in found.levels),
        reasons=frozenset(reason.rule.id for reason in found.reasons),
        notes=frozenset(note.id for note in found.notes),
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
    """What a change of the rules changes, as lines of text."""
    written = read_cases(cases)
    changed = changed_cases(read_guide(before), read_guide(after), written)
    lines = [f"{len(changed)} of {len(written)} cases change."]
    for one in changed:
        lines.append(f"{one.case.id}: {one.case.about}")
        lines.append(f"  before: {one.before.text()}")
        lines.append(f"  after:  {one.after.text()}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(main(*map(Path, sys.argv[1:4])))
