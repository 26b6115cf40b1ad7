"""A person in care and their episodes, as values."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from datetime import date, datetime
from typing import Any, Self

from waypost.files.digests import text_digest
from waypost.treatment.records.episode import EpisodeState


@dataclass(frozen=True, slots=True)
class PersonWords:
    """What a person in care said of themselves; sealed at rest, never in a log or an address.

    ``language`` is "en" or "es", ``may_text`` whether they agreed to text messages, ``own_words``
    what they want in their own words.
    """

    name: str
    preferred_name: str = ""
    pronouns: str = ""
    born_on: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    language: str = "en"
    may_text: bool = False
    emergency_contact: str = ""
    own_words: str = ""

    @classmethod
    def read(cls, words: dict[str, Any]) -> Self:
        """From what was sealed; a field of a later version is left out."""
        names = {f.name for f in fields(cls)}
        return cls(**{name: value for name, value in words.items() if name in names})

    @property
    def version(self) -> str:
        """By which a form says what it was made from: other words have another."""
        return text_digest(json.dumps(asdict(self), sort_keys=True))[:16]


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person in care by their id."""

    id: str
    words: PersonWords = field(repr=False)
    made_at: datetime

    @property
    def called(self) -> str:
        """How they want to be called."""
        return self.words.preferred_name or self.words.name


@dataclass(frozen=True, slots=True)
class EpisodeSeen:
    """An episode as it stands now. ``level`` is an id of levels.yaml, ``phase`` counts from 1."""

    id: str
    person: str
    state: EpisodeState
    level: str
    phase: int
    started_on: date | None
    ended_on: date | None
    end_reason: str
