"""Which of the waiting reports are meant: all, or those of a kind, a listing, a day, with words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from waypost.directory.reporting import ReportKind

MOST_LETTERS = 120


@dataclass(frozen=True, slots=True)
class WaitingChoice:
    """What is left empty asks nothing; ``day`` is UTC's, ``words`` stand in the visitor's text."""

    kind: str = ""
    site_id: str = ""
    day: str = ""
    words: str = ""

    @property
    def address(self) -> str:
        """As a part of a page's address, with "&" before it; '' for all."""
        named = (
            ("kind", self.kind),
            ("listing", self.site_id),
            ("day", self.day),
            ("words", self.words),
        )
        asked = urlencode([pair for pair in named if pair[1]])
        return f"&{asked}" if asked else ""

    @property
    def on(self) -> date | None:
        """The day as a date."""
        return date.fromisoformat(self.day) if self.day else None


def read_choice(asked: Mapping[str, str]) -> WaitingChoice:
    """The choice of an address or a form; what cannot be meant asks nothing."""
    kind, day = asked.get("kind", ""), asked.get("day", "")
    return WaitingChoice(
        kind=kind if kind in set(ReportKind) else "",
        site_id=_line(asked.get("listing", "")),
        day=day if _is_day(day) else "",
        words=_line(asked.get("words", "")),
    )


def _line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:MOST_LETTERS]


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text and text < "9999"
    except ValueError:
        return False
