"""Reads the entries of ``rules.yaml`` and ``notes.yaml`` into rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from waypost.levels_of_care.guide.condition import Condition, read_condition
from waypost.levels_of_care.guide.rule import (
    Effect,
    ExitKind,
    ExitRule,
    LevelRule,
    NoteRule,
    ScaleRule,
    Suggestion,
)
from waypost.levels_of_care.words import BadContent, Words, read_words

Entry = Mapping[str, Any]
STATUSES = ("unreviewed", "reviewed")


class _Shared(TypedDict):
    id: str
    when: Condition
    words: Words
    source: str
    status: str


def read_exit(entry: Entry) -> ExitRule:
    """A safety exit."""
    kind = _one_of(ExitKind, entry, "kind")
    return ExitRule(
        **_shared(entry), kind=kind, raised_by_check=bool(entry.get("raised_by_check", False))
    )


def read_scale(entry: Entry) -> ScaleRule:
    """One value of a scale; its id is made of both ("H2")."""
    named = {**entry, "id": f"{entry.get('scale')}{entry.get('value')}"}
    if not isinstance(entry.get("value"), int) or not entry.get("question"):
        raise BadContent(f"{named['id']}: a scale needs a value and its question.")
    return ScaleRule(
        **_shared(named),
        scale=str(entry["scale"]),
        value=entry["value"],
        question=str(entry["question"]),
        if_words=read_words(entry, named["id"], "if"),
    )


def read_level(entry: Entry) -> LevelRule:
    """A row of levels: one or two."""
    suggest = entry.get("suggest")
    if not isinstance(suggest, list) or not 1 <= len(suggest) <= 2:
        raise BadContent(f"{entry.get('id')}: a row suggests one or two levels.")
    return LevelRule(
        **_shared(entry),
        suggest=tuple(
            Suggestion(str(s["level"]), int(s["rank"]), bool(s.get("housing", False)))
            for s in suggest
        ),
        because=tuple(entry.get("because", ())),
    )


def read_note(entry: Entry) -> NoteRule:
    """A note."""
    return NoteRule(
        **_shared(entry),
        effect=_one_of(Effect, entry, "effect"),
        tick=tuple(entry.get("tick", ())),
        also=str(entry.get("also", "")),
    )


def _shared(entry: Entry) -> _Shared:
    where = str(entry.get("id"))
    if not entry.get("id") or entry.get("status") not in STATUSES:
        raise BadContent(f"{where}: a rule needs an id and a status ({' or '.join(STATUSES)}).")
    return _Shared(
        id=where,
        when=read_condition(entry.get("when"), where),
        words=read_words(entry, where),
        source=str(entry.get("source", "")),
        status=str(entry["status"]),
    )


def _one_of(kinds: Any, entry: Entry, key: str) -> Any:
    try:
        return kinds(entry.get(key))
    except ValueError as error:
        names = ", ".join(kinds)
        raise BadContent(f"{entry.get('id')}: “{key}” is one of {names}.") from error
