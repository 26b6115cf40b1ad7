"""Everything that the exits rest on: dangers, steps, numbers and alerts, read and checked.

One set of files for every door: the guide raises dangers from answers, and whatever else comes to
know of a danger (a text message, say) asks here what to do about it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from waypost.levels_of_care.content_file import load_mapping, read_each
from waypost.levels_of_care.safety.help_line import HelpLine, read_line
from waypost.levels_of_care.safety.step import (
    Alert,
    SafetyDanger,
    SafetyStep,
    read_alert,
    read_danger,
    read_step,
)
from waypost.levels_of_care.words import BadContent, read_words
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder

T = TypeVar("T")

ALWAYS_SHOWN = {"911": "always-911", "988": "always-988"}
"""The lines that every page of danger shows, and the step that says so where no other one does."""


@dataclass(frozen=True)
class Safety:
    """The dangers and what to do about them; ``steps`` are in the order of showing."""

    dangers: Mapping[str, SafetyDanger]
    steps: tuple[SafetyStep, ...]
    lines: Mapping[str, HelpLine]
    alerts: Mapping[str, Alert]
    call_911_for: Bilingual
    help_page: tuple[str, ...]
    spanish_reviewed: bool

    def sources(self) -> Iterator[str]:
        """The ids of every source that is named here."""
        yield from (step.source for step in self.steps)
        yield from (line.source for line in self.lines.values())
        yield from (alert.source for alert in self.alerts.values())


def read_safety(folder: Path) -> Safety:
    """Read and check the files of ``folder``.

    Raises:
        BadContent: an entry is amiss or names what does not exist; the message says which.
    """
    steps, lines = load_mapping(folder, "steps"), load_mapping(folder, "lines")
    safety = Safety(
        dangers=_by_id(load_mapping(folder, "dangers"), "dangers", read_danger),
        steps=tuple(_by_id(steps, "steps", read_step).values()),
        lines=_by_id(lines, "lines", read_line),
        alerts=_by_id(load_mapping(folder, "supply"), "alerts", read_alert),
        call_911_for=read_words(steps["call_911_for"], "steps.yaml: call_911_for"),
        help_page=tuple(lines["help_page"]),
        spanish_reviewed=all(part.get("es_reviewed") is True for part in (steps, lines)),
    )
    _check(safety)
    return safety


@cache
def the_safety() -> Safety:
    """The dangers and steps that this installation carries."""
    return read_safety(content_folder() / "safety")


def _check(safety: Safety) -> None:
    known = {step.id for step in safety.steps}
    for danger in safety.dangers.values():
        _named(danger.id, (*danger.steps, *danger.young_steps), known)
        _named(danger.id, [danger.young] if danger.young else [], safety.dangers)
    for step in safety.steps:
        _named(step.id, step.covers, known)
        _named(step.id, [step.line] if step.line else [], safety.lines)
        _named(step.id, [step.alert] if step.alert else [], safety.alerts)
    _named("help_page", safety.help_page, safety.lines)
    _named("every page", ALWAYS_SHOWN, safety.lines)
    _named("every page", ALWAYS_SHOWN.values(), known)


def _named(what: str, names: Any, known: Any) -> None:
    for name in names:
        if name not in known:
            raise BadContent(f"{what}: “{name}” does not exist.")


def _by_id(data: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> dict[str, T]:
    entries = read_each(data, key, lambda entry: (str(entry.get("id")), read(entry)))
    by_id = dict(entries)
    if len(by_id) != len(entries):
        raise BadContent(f"“{key}” has an id twice.")
    return by_id
