"""Turns a set of dangers into one ordered list of steps and numbers, each shown once.

Pure: the same dangers, person, means and day give the same list, whatever the order they came in.
911 or an emergency room comes first if any danger needs it, then first aid, Poison Help, 988,
and what to do today; the order is that of ``content/safety/steps.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date

from waypost.levels_of_care.safety.help_line import HelpLine
from waypost.levels_of_care.safety.safety import ALWAYS_SHOWN, Safety
from waypost.levels_of_care.safety.step import (
    NearHelp,
    SafetyDanger,
    SafetyStep,
    StepEnds,
    StepPart,
)
from waypost.levels_of_care.safety.voice import VoiceAge, VoicePerson

MEANS = "means"
"""The step about guns and pills in general; a known means has its own step."""

MEANS_STEPS = {"guns": "guns", "pills": "pills"}
NO_MEANS = "none"


@dataclass(frozen=True, slots=True)
class ShownStep:
    """A step in words. ``lines`` are the numbers that it is the first to dial."""

    ids: tuple[str, ...]
    words: str
    part: StepPart
    lines: tuple[HelpLine, ...]
    sources: tuple[str, ...]

    @property
    def always(self) -> bool:
        """Whether it stands on every page of danger, and none of the dangers asked for it."""
        return not set(ALWAYS_SHOWN.values()).isdisjoint(self.ids)


@dataclass(frozen=True, slots=True)
class WhatToDo:
    """What a page of danger says: its heading, its steps, and what to look for nearby."""

    heading: str
    steps: tuple[ShownStep, ...]
    near: frozenset[NearHelp]

    def part(self, part: StepPart) -> tuple[ShownStep, ...]:
        """The steps of the red box, or those below it."""
        return tuple(step for step in self.steps if step.part == part)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The ids of every line shown, in order."""
        return tuple(line.id for step in self.steps for line in step.lines)


def what_to_do(
    safety: Safety,
    dangers: Set[str],
    person: VoicePerson,
    today: date,
    means: Set[str] = frozenset(),
) -> WhatToDo:
    """The steps of all these dangers together. ``means``: "guns", "pills" or "none" within reach.

    Raises:
        KeyError: a danger that does not exist.
    """
    raised = dangers_of(safety, dangers, person.age)
    steps = _needed(safety, _asked_for(raised, person, means))
    headings = [step.heading for step in steps if step.heading]
    return WhatToDo(
        heading=headings[0].spoken(person.language) if headings else "",
        steps=_shown(safety, steps, person, today),
        near=_near(raised),
    )


def dangers_of(safety: Safety, names: Iterable[str], age: VoiceAge) -> tuple[SafetyDanger, ...]:
    """The dangers by name, each with the one that takes its place under 18."""
    named = [safety.dangers[name] for name in names]
    if age is VoiceAge.YOUNG:
        named = [safety.dangers[danger.young] if danger.young else danger for danger in named]
    order = list(safety.dangers)
    return tuple(sorted(dict.fromkeys(named), key=lambda danger: order.index(danger.id)))


def _asked_for(raised: Iterable[SafetyDanger], person: VoicePerson, means: Set[str]) -> set[str]:
    names: set[str] = set()
    for danger in raised:
        names.update(danger.steps)
        if person.age is VoiceAge.YOUNG:
            names.update(danger.young_steps)
    if MEANS in names and means:
        of_means = {MEANS_STEPS[name] for name in means if name in MEANS_STEPS}
        if of_means or NO_MEANS in means:
            names = (names - {MEANS}) | of_means
    return names


def _needed(safety: Safety, names: Set[str]) -> tuple[SafetyStep, ...]:
    """The steps asked for that no other covers, and those with the numbers of every page."""
    asked = [step for step in safety.steps if step.id in names]
    covered = frozenset[str]().union(*(step.covers for step in asked))
    needed = {step.id: step.line for step in asked if step.id not in covered}
    missing = {step for line, step in ALWAYS_SHOWN.items() if line not in needed.values()}
    return tuple(step for step in safety.steps if step.id in {*needed, *missing})


def _shown(
    safety: Safety, steps: tuple[SafetyStep, ...], person: VoicePerson, today: date
) -> tuple[ShownStep, ...]:
    """The steps in words; the clauses of 911 become one sentence where the first of them stands."""
    clauses = [step for step in steps if step.clause]
    shown: list[ShownStep] = []
    dialed: set[str] = set()
    for step in steps:
        if step.clause and step is not clauses[0]:
            continue
        together = clauses if step.clause else [step]
        words = _clauses(safety, clauses, person) if step.clause else step.words.said(person)
        lines = {step.line} - {""} - dialed
        dialed |= lines
        sources = [part.source for part in together]
        if step.alert:
            alert = safety.alerts[step.alert]
            words = f"{alert.spoken(person.language, today)} {words}"
            sources.append(alert.source)
        shown.append(
            ShownStep(
                tuple(part.id for part in together),
                words,
                step.part,
                tuple(safety.lines[name] for name in lines),
                tuple(dict.fromkeys(sources)),
            )
        )
    return tuple(shown)


def _clauses(safety: Safety, clauses: list[SafetyStep], person: VoicePerson) -> str:
    spoken = "; ".join(step.words.said(person) for step in clauses)
    return safety.call_911_for.spoken(person.language).format(clauses=spoken)


def _near(raised: tuple[SafetyDanger, ...]) -> frozenset[NearHelp]:
    """What to look for; where any danger asks for a hospital, nothing else is offered."""
    near = frozenset(danger.near for danger in raised) - {NearHelp.NONE}
    urgent = any(d.ends is StepEnds.ALWAYS for d in raised)
    if NearHelp.HOSPITAL in near:
        return frozenset({NearHelp.HOSPITAL})
    return frozenset() if urgent else near
