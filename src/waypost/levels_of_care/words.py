"""A sentence in the languages we speak."""

from __future__ import annotations

from collections.abc import Mapping

from waypost.values.bilingual import Bilingual


class BadContent(ValueError):
    """A reviewed data file cannot be used; the message says which entry and why."""


def read_words(entry: Mapping[str, object], where: str, key: str = "") -> Bilingual:
    """Read ``en`` and ``es`` (or ``<key>_en``, ``<key>_es``) of an entry.

    Raises:
        BadContent: a language is missing or empty.
    """
    names = (f"{key}_en", f"{key}_es") if key else ("en", "es")
    texts = [entry.get(name) for name in names]
    for name, text in zip(names, texts, strict=True):
        if not isinstance(text, str) or not text.strip():
            raise BadContent(f"{where}: “{name}” is missing or empty.")
    return Bilingual(str(texts[0]).strip(), str(texts[1]).strip())
