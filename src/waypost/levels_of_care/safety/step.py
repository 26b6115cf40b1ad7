"""The dangers and the steps that each asks for, as ``content/safety`` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from waypost.levels_of_care.safety.voice import Voiced, read_voiced
from waypost.levels_of_care.words import BadContent, read_words
from waypost.values.bilingual import Bilingual


class StepEnds(StrEnum):
    """Whether a danger ends the guide, and what lets it go on."""

    ALWAYS = "always"
    UNTIL_CHECKED = "until-checked"
    UNTIL_SEEN = "until-seen"
    NO = "no"


class NearHelp(StrEnum):
    """What to look for nearby."""

    HOSPITAL = "hospital"
    WITHDRAWAL = "withdrawal"
    OPIOID = "opioid"
    NONE = "none"


class StepPart(StrEnum):
    """Where a step is shown: in the red box, or below it."""

    BOX = "box"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class SafetyStep:
    """One thing to do. Steps are shown in the order of their file, each once.

    ``line`` is the id of the number it dials ('' for none), ``covers`` the ids of steps that it
    replaces, ``alert`` the id of a dated alert that goes with it. A ``clause`` finishes the
    one sentence that begins with "Call 911 for".
    """

    id: str
    part: StepPart
    words: Voiced
    source: str
    line: str = ""
    covers: frozenset[str] = frozenset()
    heading: Bilingual | None = None
    clause: bool = False
    alert: str = ""


@dataclass(frozen=True, slots=True)
class SafetyDanger:
    """A danger: whether it ends the guide, what it asks for, what to look for nearby.

    ``young`` is the id of the danger that takes its place under 18 ('' for none), ``young_steps``
    are steps added under 18.
    """

    id: str
    ends: StepEnds
    near: NearHelp
    steps: tuple[str, ...]
    young: str = ""
    young_steps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Alert:
    """What is in the street supply: ``words`` until the day ``until``, then also ``old``."""

    id: str
    words: Bilingual
    old: Bilingual
    source: str
    seen: date
    until: date

    def spoken(self, language: str, today: date) -> str:
        """The alert as it stands today; once it is old it says so."""
        text = self.words.spoken(language)
        if today < self.until:
            return text
        return f"{text} {self.old.spoken(language).format(seen=self.seen.isoformat())}"


def read_step(entry: Mapping[str, Any]) -> SafetyStep:
    """Read one entry of ``steps.yaml``; raise `BadContent` where it is wrong."""
    where = f"steps.yaml: {entry.get('id')}"
    if entry.get("part") not in tuple(StepPart) or not entry.get("source"):
        raise BadContent(f"{where}: “part” is box or after, and a source is named.")
    return SafetyStep(
        id=str(entry["id"]),
        part=StepPart(entry["part"]),
        words=read_voiced(entry, where),
        source=str(entry["source"]),
        line=str(entry.get("line", "")),
        covers=frozenset(entry.get("covers", ())),
        heading=read_words(entry["heading"], where) if "heading" in entry else None,
        clause=bool(entry.get("clause", False)),
        alert=str(entry.get("alert", "")),
    )


def read_danger(entry: Mapping[str, Any]) -> SafetyDanger:
    """Read one entry of ``dangers.yaml``; raise `BadContent` where it is wrong."""
    where = f"dangers.yaml: {entry.get('id')}"
    if entry.get("ends") not in tuple(StepEnds) or entry.get("near") not in tuple(NearHelp):
        raise BadContent(f"{where}: “ends” or “near” is not one of its words.")
    if not isinstance(entry.get("steps"), list) or not entry["steps"]:
        raise BadContent(f"{where}: a danger has at least one step.")
    return SafetyDanger(
        id=str(entry["id"]),
        ends=StepEnds(entry["ends"]),
        near=NearHelp(entry["near"]),
        steps=tuple(entry["steps"]),
        young=str(entry.get("young", "")),
        young_steps=tuple(entry.get("young_steps", ())),
    )


def read_alert(entry: Mapping[str, Any]) -> Alert:
    """Read one entry of ``supply.yaml``; raise `BadContent` where it is wrong."""
    where = f"supply.yaml: {entry.get('id')}"
    if not isinstance(entry.get("seen"), date) or not isinstance(entry.get("until"), date):
        raise BadContent(f"{where}: “seen” and “until” are days.")
    return Alert(
        id=str(entry["id"]),
        words=read_words(entry, where),
        old=read_words(entry, where, "old"),
        source=str(entry.get("source", "")),
        seen=entry["seen"],
        until=entry["until"],
    )
