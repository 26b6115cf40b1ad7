"""One part of what was asked."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.navigation.need import Need


@dataclass(frozen=True, slots=True)
class AskedPart:
    """One part of what was asked, and the need without it."""

    words: str
    without: Need
