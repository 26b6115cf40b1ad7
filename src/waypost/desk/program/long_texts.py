"""Texts that are longer than what is kept: refused with a sentence, never cut in silence."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

SHOWN = 40
"""Characters of a text by which its writer knows it again."""


def too_long(texts: Iterable[str], most: int) -> list[str]:
    """A sentence for each text of more than ``most`` characters, as they are kept."""
    return [
        _(
            "“%(begin)s…” has %(length)s characters; at most %(most)s are kept. Shorten it: all "
            "that you typed is still here, and not saved yet."
        )
        % {"begin": text[:SHOWN], "length": f"{len(text):,}", "most": f"{most:,}"}
        for text in texts
        if len(text) > most
    ]
