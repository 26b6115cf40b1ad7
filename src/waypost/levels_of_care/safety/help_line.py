"""The numbers that answer day and night, as ``content/safety/lines.yaml`` holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from waypost.levels_of_care.words import BadContent

_WORDS = {"name", "about", "call"}


@dataclass(frozen=True, slots=True)
class LineWords:
    """A line in one language; ``text`` and ``also`` are '' where there is nothing to say."""

    name: str
    about: str
    call: str
    text: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Who answers, and how to reach them. ``call`` and ``text`` are digits ('' for none).

    ``body`` is the word to send, by language; ``checked`` is the day on which the number was last
    compared with its source.
    """

    id: str
    call: str
    text: str
    body: Mapping[str, str]
    chat: str
    source: str
    checked: date
    words: Mapping[str, LineWords]

    def spoken(self, language: str) -> LineWords:
        """The line's words in ``language`` ("en" or "es")."""
        return self.words.get(language, self.words["en"])

    @property
    def call_address(self) -> str:
        """The address that dials: ``tel:988``, ``tel:+18002221222``."""
        return f"tel:{self.call}"

    def text_address(self, language: str) -> str:
        """The address that begins a text message, or '' where the line takes none."""
        if not self.text:
            return ""
        body = self.body.get(language, "")
        return f"sms:{self.text}?body={quote(body)}" if body else f"sms:{self.text}"


def read_line(entry: Mapping[str, object]) -> HelpLine:
    """Read one entry of ``lines.yaml``; raise `BadContent` where a field is wrong."""
    where = f"lines.yaml: {entry.get('id')}"
    call, checked = entry.get("call"), entry.get("checked")
    if not isinstance(call, str) or not call.isdigit() or not isinstance(checked, date):
        raise BadContent(f"{where}: “call” is digits in quotes, and “checked” a day.")
    body = entry.get("body", "")
    return HelpLine(
        id=str(entry["id"]),
        call=call,
        text=str(entry.get("text", "")),
        body={"en": str(body), "es": str(entry.get("body_es", body))},
        chat=str(entry.get("chat", "")),
        source=str(entry.get("source", "")),
        checked=checked,
        words={language: _words(entry.get(language), where) for language in ("en", "es")},
    )


def _words(entry: object, where: str) -> LineWords:
    if not isinstance(entry, Mapping) or not set(entry) >= _WORDS:
        raise BadContent(f"{where}: each language needs {', '.join(sorted(_WORDS))}.")
    return LineWords(**{str(name): str(value) for name, value in entry.items()})
