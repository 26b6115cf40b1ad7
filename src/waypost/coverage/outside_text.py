"""Text from outside files made fit to show: no control, no direction tricks, not too long."""

from __future__ import annotations

import unicodedata

LONGEST = 300
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def plain_text(text: str, longest: int = LONGEST) -> str:
    """One line of visible characters, cut at ``longest`` with an ellipsis."""
    kept = "".join(
        " " if c in "\t\r\n" else c
        for c in text[: longest * 4]
        if c in "\t\r\n" or unicodedata.category(c) not in _HIDDEN
    )
    line = " ".join(kept.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
