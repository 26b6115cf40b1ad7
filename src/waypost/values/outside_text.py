"""Makes text from outside files safe to show: no control or direction characters, not too long."""

from __future__ import annotations

import unicodedata

LONGEST = 300
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def web_address(text: str) -> str:
    """A plain https or http address, or '': nothing else may become a link."""
    url = text.strip()
    fits = url.lower().startswith(("https://", "http://")) and len(url) <= 400
    return url if fits and url.isascii() and url.isprintable() and " " not in url else ""


def plain_text(text: str, longest: int = LONGEST) -> str:
    """One line of visible characters, cut at ``longest`` with an ellipsis."""
    visible = "".join(
        " " if c in "\t\r\n" else c
        for c in text[: longest * 4]
        if c in "\t\r\n" or unicodedata.category(c) not in _HIDDEN
    )
    line = " ".join(visible.split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"
