"""What nobody can tell apart: slots, groups and rooms that are alike, counted together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from waypost.treatment.timetable.problem import CareGroup, WeekSlot

Alike = TypeVar("Alike")
Kind = tuple[CareGroup, ...]
"""Groups that are alike."""
Times = tuple[WeekSlot, ...]
"""Slots that are alike."""


def alike(many: Iterable[Alike], looks: Callable[[Alike], Hashable]) -> list[tuple[Alike, ...]]:
    """Those that look the same, together, in the order in which they come."""
    classes: dict[Hashable, list[Alike]] = defaultdict(list)
    for item in many:
        classes[looks(item)].append(item)
    return [tuple(same) for same in classes.values()]
