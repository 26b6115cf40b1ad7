"""The whole guide: questions, rules and words, read from checked data files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml

from waypost.levels_of_care.cited import CitedSource, read_source
from waypost.levels_of_care.guide.question import Question, read_question
from waypost.levels_of_care.guide.rule import (
    Cited,
    ExitRule,
    LevelRule,
    NoteRule,
    Review,
    Rule,
    ScaleRule,
)
from waypost.levels_of_care.guide.rule_reading import (
    read_exit,
    read_level,
    read_note,
    read_scale,
)
from waypost.levels_of_care.words import BadContent, Words, read_words
from waypost.values.content import content_folder

SCALES = ("W", "B", "S", "U", "R", "H")
"""Withdrawal, body, mind, use, return to use, home: each 0, 1 or 2."""

T = TypeVar("T")


@dataclass(frozen=True)
class Guide:
    """Everything that decides: the same guide and the same answers give the same result."""

    questions: tuple[Question, ...]
    exits: tuple[ExitRule, ...]
    scales: tuple[ScaleRule, ...]
    levels: tuple[LevelRule, ...]
    notes: tuple[NoteRule, ...]
    ask: tuple[Cited, ...]
    limits: tuple[Words, ...]
    plain_ticks: frozenset[str]
    sources: Mapping[str, CitedSource]
    review: Review
    spanish_reviewed: bool

    def question(self, question_id: str) -> Question | None:
        """The question with this id, or None."""
        return next((q for q in self.questions if q.id == question_id), None)

    def rules(self) -> Iterator[Rule]:
        """Every rule in reading order."""
        yield from (*self.exits, *self.scales, *self.levels, *self.notes)


def read_guide(folder: Path) -> Guide:
    """Read and check the guide's files in ``folder``.

    Raises:
        BadContent: an entry is amiss; the message names it.
    """
    rules, notes = _load(folder, "rules"), _load(folder, "notes")
    asked = _load(folder, "questions")
    guide = Guide(
        questions=_each(asked, "questions", read_question),
        exits=_each(rules, "exits", read_exit),
        scales=_each(rules, "scales", read_scale),
        levels=_each(rules, "levels", read_level),
        notes=_each(notes, "notes", read_note),
        ask=_each(notes, "ask", lambda e: Cited(read_words(e, "notes.yaml: ask"), e["source"])),
        limits=_each(notes, "limits", lambda e: read_words(e, "notes.yaml: limits")),
        plain_ticks=frozenset(notes["plain_ticks"]),
        sources=read_sources(folder),
        review=Review(**{k: str(v) for k, v in rules["review"].items()}),
        spanish_reviewed=all(part.get("es_reviewed") is True for part in (rules, notes, asked)),
    )
    check(guide)
    return guide


@cache
def the_guide() -> Guide:
    """The guide that this installation carries."""
    return read_guide(content_folder() / "levels_of_care")


def read_sources(folder: Path) -> dict[str, CitedSource]:
    """The sources by id."""
    found = _each(_load(folder, "sources"), "sources", read_source)
    return {source.id: source for source in found}


def check(guide: Guide) -> None:
    """Raise `BadContent` where the parts of a guide do not fit each other."""
    _check_unique("question", (q.id for q in guide.questions))
    _check_unique("rule", (rule.id for rule in guide.rules()))
    known = _known_values(guide)
    for rule in guide.rules():
        if rule.source not in guide.sources:
            raise BadContent(f"{rule.id}: the source “{rule.source}” is not in sources.yaml.")
        for name, value in rule.when.atoms():
            if value not in known.get(name, ()):
                raise BadContent(f"{rule.id}: “{name}: {value}” is no answer and no scale.")
    for cited in guide.ask:
        if cited.source not in guide.sources:
            raise BadContent(f"ask: the source “{cited.source}” is not in sources.yaml.")
    last = guide.levels[-1].when
    if last.needs or last.any or last.all:
        raise BadContent("The last level rule must hold for everyone (when: {}).")


def _known_values(guide: Guide) -> dict[str, set[str]]:
    known = {q.id: {choice.id for choice in q.choices} for q in guide.questions}
    known |= {scale: {"0", "1", "2"} for scale in SCALES}
    known["flag"] = {rule.id for rule in guide.exits}
    return known


def _check_unique(what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise BadContent(f"The {what} “{name}” is there twice.")
        seen.add(name)


def _load(folder: Path, name: str) -> dict[str, Any]:
    path = folder / f"{name}.yaml"
    try:
        data = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise BadContent(f"{path.name} cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise BadContent(f"{path.name} is not a mapping.")
    return data


def _each(data: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> tuple[T, ...]:
    entries = data.get(key)
    if not isinstance(entries, list) or not all(isinstance(e, dict) for e in entries):
        raise BadContent(f"“{key}” is not a list of entries.")
    return tuple(read(entry) for entry in entries)
