"""What a check found: where, how serious, and in one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """An error must be fixed before the text is shown; a warning can wait for the next review."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class ArticleFinding:
    """One problem of one file; ``rule`` is its short name ("dead link")."""

    path: Path
    severity: Severity
    rule: str
    sentence: str
