"""Drafts of which every version is kept: whoever saves names the version that they read.

Two people who write at once lose nothing: the second is refused with the newest version, and what
they typed comes back to them beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from waypost.values.coded_fault import CodedError


@dataclass(frozen=True, slots=True)
class Version:
    """One saved version; ``number`` counts from 1, 0 stands for "nothing saved yet"."""

    number: int
    words: Mapping[str, Any]
    at: datetime | None
    by: str


EMPTY = Version(0, {}, None, "")


class ChangedMeanwhile(Exception):
    """Somebody else saved first; ``newest`` is what they saved."""

    def __init__(self, newest: Version) -> None:
        super().__init__("Somebody else saved this first.")
        self.newest = newest


class AlreadySigned(CodedError):
    """What is signed is not changed any more."""
