"""The size of groups and the ratio of people to counselors, by state, kind and level."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.treatment.rule_files import rule_entries


@dataclass(frozen=True, slots=True)
class CapRule:
    """What one public rule says; a number that it does not give is 0.

    ``only`` is the kind of program for which alone it is written; '' means every program.
    """

    state: str
    level: str
    only: str
    fewest: int
    most: int
    people_a_counselor: int
    source: str
    url: str


def cap_rules(state: str, level: str = "2.1") -> tuple[CapRule, ...]:
    """The rules that are known for a state and a level; empty where none was read."""
    rules = (
        CapRule(
            state=str(entry["state"]),
            level=str(entry.get("level", "")),
            only=str(entry.get("only", "")),
            fewest=int(entry.get("fewest", 0)),
            most=int(entry.get("most", 0)),
            people_a_counselor=int(entry.get("people_a_counselor", 0)),
            source=str(entry["source"]),
            url=str(entry["url"]),
        )
        for entry in rule_entries("caps")
    )
    return tuple(rule for rule in rules if rule.state == state and rule.level in ("", level))


def people_a_counselor(state: str, level: str = "2.1") -> int:
    """The most people on a day for each counselor that a state's rule allows; 0 without one."""
    ratios = [rule.people_a_counselor for rule in cap_rules(state, level) if not rule.only]
    return min((ratio for ratio in ratios if ratio), default=0)
