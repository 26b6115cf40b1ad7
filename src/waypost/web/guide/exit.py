"""The presenter of an exit: what to do, the numbers, why, and what is near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from waypost.levels_of_care.cited import CitedSource
from waypost.levels_of_care.guide.assess import Exit
from waypost.levels_of_care.guide.rule import DangerRule
from waypost.levels_of_care.guide.rules_file import Guide
from waypost.levels_of_care.level import the_levels
from waypost.levels_of_care.safety.step import NearHelp, StepEnds, StepPart
from waypost.levels_of_care.safety.voice import VoicePerson
from waypost.levels_of_care.safety.what_to_do import MEANS, WhatToDo, what_to_do
from waypost.publishing.reader import Snapshot
from waypost.web.guide.near import AGES, Nearby, nearest, nearest_hospital
from waypost.web.guide.sealed import State
from waypost.web.guide.words import near_heading, person

WITHDRAWAL_LEVELS = ("withdrawal-inpatient", "withdrawal-residential")
"""Where withdrawal is watched day and night."""

HELPLINE = "helpline"


@dataclass(frozen=True, slots=True)
class WhyLine:
    """Why the guide stops: the rule's words, and its source."""

    words: str
    source: CitedSource


def exit_context(
    guide: Guide, snapshot: Snapshot, exit_found: Exit, state: State, today: date
) -> dict[str, Any]:
    """What the page of an exit shows."""
    who = person(state.answers)
    means = state.answers.get(MEANS, frozenset())
    todo = what_to_do(guide.safety, exit_found.dangers, who, today, means)
    levels = _near_levels(todo)
    return {
        "todo": todo,
        "lines": lines_of(guide, todo),
        "box": todo.part(StepPart.BOX),
        "after": todo.part(StepPart.AFTER),
        "why": why_lines(guide, exit_found.rules, who),
        "helpline": guide.safety.lines[HELPLINE],
        "step_sources": _sources(guide, todo),
        "near_heading": near_heading(todo.near),
        "hospital": NearHelp.HOSPITAL in todo.near,
        "nearby": _nearby(snapshot, todo, levels, state.near, who),
        "near_query": urlencode(_near_query(levels, who)) if levels else "",
        "waits_for": _question(guide, exit_found.waits_for, who),
        "means": guide.question(MEANS) if _asks_for_means(todo, means) else None,
        "person": who,
    }


def why_lines(guide: Guide, rules: tuple[DangerRule, ...], who: VoicePerson) -> list[WhyLine]:
    """Each rule that applies, in its own words, without repeated sentences."""
    lines = [WhyLine(rule.words.said(who), guide.sources[rule.source]) for rule in rules]
    return list({line.words: line for line in lines}.values())


def lines_of(guide: Guide, todo: WhatToDo) -> list[str]:
    """The ids of the numbers of the page, in order."""
    return list(todo.numbers)


def _asks_for_means(todo: WhatToDo, means: frozenset[str]) -> bool:
    return not means and any(MEANS in step.ids for step in todo.steps)


def _question(guide: Guide, ends: StepEnds, who: VoicePerson) -> dict[str, str] | None:
    """What would let the guide go on: the question, its button, and what the button sends."""
    name = {StepEnds.UNTIL_CHECKED: "checked", StepEnds.UNTIL_SEEN: "seen"}.get(ends)
    question = guide.question(name) if name else None
    choice = question.choice("yes") if question else None
    if not (name and question and choice):
        return None
    return {"go": name, "words": question.words.said(who), "button": choice.words.said(who)}


def _near_levels(todo: WhatToDo) -> tuple[str, ...]:
    if NearHelp.OPIOID in todo.near:
        return (*the_levels()["otp"].search, "medication")
    return WITHDRAWAL_LEVELS if NearHelp.WITHDRAWAL in todo.near else ()


def _near_query(levels: tuple[str, ...], who: VoicePerson) -> list[tuple[str, str]]:
    ages = [("age", option) for option in AGES[who.age]]
    return [*(("level", level) for level in levels), *ages, ("within", "nearest")]


def _nearby(
    snapshot: Snapshot, todo: WhatToDo, levels: tuple[str, ...], near: str, who: VoicePerson
) -> Nearby | None:
    if NearHelp.HOSPITAL in todo.near:
        return nearest_hospital(snapshot, near)
    return nearest(snapshot, near, levels, who.age) if levels else None


def _sources(guide: Guide, todo: WhatToDo) -> list[CitedSource]:
    names = dict.fromkeys(name for step in todo.steps for name in step.sources)
    return [guide.sources[name] for name in names]
