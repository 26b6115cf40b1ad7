"""A group's note: once for the group, with a line for each person, for each of their charts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class GroupNoteWords:
    """What was done in the group, and a line for each person by their id; sealed at rest."""

    topic: str = ""
    text: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, words: Mapping[str, Any]) -> Self:
        """From JSON."""
        return cls(str(words["topic"]), str(words["text"]), dict(words["lines"]))

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {"topic": self.topic, "text": self.text, "lines": dict(self.lines)}

    def of_person(self, person: str) -> str:
        """One person's chart: the group's words and their own line, nobody else's."""
        parts = (self.topic, self.text, self.lines.get(person, ""))
        return "\n".join(part for part in parts if part)
