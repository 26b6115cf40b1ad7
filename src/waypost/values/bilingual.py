"""The same text in the two languages that we speak."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A text in English and in Spanish; the Spanish is empty where there is none."""

    en: str
    es: str = ""

    def spoken(self, language: str) -> str:
        """The text in ``language`` ("en" or "es"), or in English where there is no other."""
        return self.es if language == "es" and self.es else self.en

    def language(self, language: str) -> str:
        """The language `spoken` would answer in: "es" or "en"."""
        return "es" if language == "es" and self.es else "en"
