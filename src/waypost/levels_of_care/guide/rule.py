"""The rules of the guide, as ``rules.yaml`` and ``notes.yaml`` hold them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from waypost.levels_of_care.guide.condition import Condition
from waypost.levels_of_care.safety.voice import Voiced
from waypost.values.bilingual import Bilingual


class Effect(StrEnum):
    """What a note does; none of these changes the level."""

    WITHDRAWAL = "withdrawal"
    MEDICINE = "medicine"
    ASK = "ask"
    FORMAT = "format"
    TONE = "tone"
    YOUTH = "youth"


@dataclass(frozen=True, slots=True)
class Rule:
    """What every rule has: an id, a condition, words, a source's id and a reviewer's status."""

    id: str
    when: Condition
    words: Voiced
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class DangerRule(Rule):
    """Answers that raise a danger of ``content/safety``; the words say why, and only that."""

    danger: str


@dataclass(frozen=True, slots=True)
class ScaleRule(Rule):
    """Puts a scale at ``value`` or higher.

    ``if_words`` finish a sentence that begins with "if", where the rule speaks of something that
    may still come; None where it speaks of the past.
    """

    scale: str
    value: int
    if_words: Bilingual | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A level to talk about. ``rank`` orders them; ``housing``: with recovery housing."""

    level: str
    rank: int
    housing: bool


@dataclass(frozen=True, slots=True)
class LevelRule(Rule):
    """One or two adjacent levels; the first rule that holds is used."""

    suggest: tuple[Suggestion, ...]
    because: tuple[str, ...]

    @property
    def top(self) -> int:
        """The rank of the most care that is suggested."""
        return max(suggestion.rank for suggestion in self.suggest)


@dataclass(frozen=True, slots=True)
class NoteRule(Rule):
    """Said beside the level. ``tick`` names search columns, ``also`` another kind of care."""

    effect: Effect
    tick: tuple[str, ...]
    also: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence with its source's id."""

    words: Voiced
    source: str


@dataclass(frozen=True, slots=True)
class Review:
    """Whether a licensed clinician has signed the table, who, and when; empty until then.

    ``digest`` is that of the sheet that was signed: see `waypost.levels_of_care.guide.sheet`.
    """

    status: str
    clinician: str
    license: str
    date: str
    digest: str = ""

    @property
    def signed(self) -> bool:
        """True once a clinician's name, license and date and the sheet's digest are all given."""
        given = self.clinician and self.license and self.date and self.digest
        return self.status == "signed" and bool(given)
