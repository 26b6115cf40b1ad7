"""Whom a sentence addresses: the person, someone asking for another, a parent, a young person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from waypost.levels_of_care.words import BadContent, read_words
from waypost.values.bilingual import Bilingual


class Voice(StrEnum):
    """Whom the words are for. `YOU` is an adult who asks for themselves."""

    YOU = "you"
    THEY = "they"
    CHILD = "child"
    YOUNG = "young"


FALLBACK = {Voice.CHILD: Voice.THEY, Voice.THEY: Voice.YOU, Voice.YOUNG: Voice.YOU}
"""A sentence without its own words for a voice uses this voice's."""


class VoiceAge(StrEnum):
    """The age bands that the guide tells apart: under 18, 18 to 65, over 65."""

    YOUNG = "young"
    ADULT = "adult"
    OLDER = "older"


@dataclass(frozen=True, slots=True)
class VoicePerson:
    """Whom an answer is for and in which language ("en" or "es") it is given."""

    age: VoiceAge = VoiceAge.ADULT
    for_other: bool = False
    language: str = "en"

    @property
    def voice(self) -> Voice:
        """How this person is spoken to."""
        if self.for_other:
            return Voice.CHILD if self.age is VoiceAge.YOUNG else Voice.THEY
        return Voice.YOUNG if self.age is VoiceAge.YOUNG else Voice.YOU


@dataclass(frozen=True, slots=True)
class Voiced:
    """A sentence in both languages, with other words for other voices where they differ."""

    words: Bilingual
    others: Mapping[Voice, Bilingual] = field(default_factory=dict)

    def said(self, person: VoicePerson) -> str:
        """The sentence as this person hears it."""
        return self.in_voice(person.voice).spoken(person.language)

    def in_voice(self, voice: Voice) -> Bilingual:
        """The words for a voice, or those that it falls back to."""
        while voice is not Voice.YOU:
            if voice in self.others:
                return self.others[voice]
            voice = FALLBACK[voice]
        return self.words

    def variants(self) -> tuple[tuple[Voice, Bilingual], ...]:
        """Every wording, the person's own first."""
        return ((Voice.YOU, self.words), *self.others.items())


def read_voiced(entry: Mapping[str, object], where: str) -> Voiced:
    """Read ``en`` and ``es``, and ``they``, ``child`` and ``young`` where they are given.

    Raises:
        BadContent: a language of a wording is missing or empty.
    """
    wordings = {}
    for voice in (Voice.THEY, Voice.CHILD, Voice.YOUNG):
        if voice.value in entry:
            wording = entry[voice.value]
            if not isinstance(wording, Mapping):
                raise BadContent(f"{where}: “{voice.value}” needs its own en and es.")
            wordings[voice] = read_words(wording, f"{where}, {voice.value}")
    return Voiced(read_words(entry, where), wordings)
