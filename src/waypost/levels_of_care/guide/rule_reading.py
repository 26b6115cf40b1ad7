"""Reads the entries of ``rules.yaml`` and ``notes.yaml`` into rules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

from waypost.levels_of_care.guide.condition import Condition, read_condition
from waypost.levels_of_care.guide.rule import (
    Cited,
    DangerRule,
    Effect,
    LevelRule,
    NoteRule,
    ScaleRule,
    Suggestion,
)
from waypost.levels_of_care.safety.voice import Voiced, read_voiced
from waypost.levels_of_care.words import BadContent, read_words

Entry = Mapping[str, Any]
STATUSES = ("unreviewed", "reviewed")
_SHARED = {"id", "when", "source", "status", "en", "es", "they", "child", "young"}


class _Shared(TypedDict):
    id: str
    when: Condition
    words: Voiced
    source: str
    status: str


def read_danger_rule(entry: Entry) -> DangerRule:
    """What raises a danger."""
    return DangerRule(**_shared(entry, {"danger"}), danger=str(entry.get("danger", "")))


def read_scale(entry: Entry) -> ScaleRule:
    """What puts a scale at a value."""
    shared = _shared(entry, {"scale", "value", "if_en", "if_es"})
    if not isinstance(entry.get("value"), int) or not entry.get("scale"):
        raise BadContent(f"{entry.get('id')}: a rule of a scale needs the scale and its value.")
    if_words = read_words(entry, shared["id"], "if") if "if_en" in entry else None
    return ScaleRule(**shared, scale=str(entry["scale"]), value=entry["value"], if_words=if_words)


def read_level(entry: Entry) -> LevelRule:
    """A row of levels: one or two."""
    suggest = entry.get("suggest")
    if not isinstance(suggest, list) or not 1 <= len(suggest) <= 2:
        raise BadContent(f"{entry.get('id')}: a row suggests one or two levels.")
    return LevelRule(
        **_shared(entry, {"suggest", "because"}),
        suggest=tuple(
            Suggestion(str(s["level"]), int(s["rank"]), bool(s.get("housing", False)))
            for s in suggest
        ),
        because=tuple(entry.get("because", ())),
    )


def read_note(entry: Entry) -> NoteRule:
    """A note."""
    return NoteRule(
        **_shared(entry, {"effect", "tick", "also"}),
        effect=_one_of(Effect, entry, "effect"),
        tick=tuple(entry.get("tick", ())),
        also=str(entry.get("also", "")),
    )


def read_cited(entry: Entry) -> Cited:
    """A sentence with its source."""
    return Cited(read_voiced(entry, "notes.yaml"), str(entry.get("source", "")))


def _shared(entry: Entry, own: set[str]) -> _Shared:
    where = str(entry.get("id"))
    unknown = set(entry) - _SHARED - own
    if unknown:  # a comma without quotes cuts a sentence in two, and half of it becomes a key
        raise BadContent(
            f"{where}: {sorted(map(str, unknown))} is not a field; quote the sentence."
        )
    if not entry.get("id") or entry.get("status") not in STATUSES:
        raise BadContent(f"{where}: a rule needs an id and a status ({' or '.join(STATUSES)}).")
    return _Shared(
        id=where,
        when=read_condition(entry.get("when"), where),
        words=read_voiced(entry, where),
        source=str(entry.get("source", "")),
        status=str(entry["status"]),
    )


def _one_of(kinds: Any, entry: Entry, key: str) -> Any:
    try:
        return kinds(entry.get(key))
    except ValueError as error:
        names = ", ".join(kinds)
        raise BadContent(f"{entry.get('id')}: “{key}” is one of {names}.") from error
