"""One spelling for names that people write in many ways."""

from __future__ import annotations

import re
import unicodedata

_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
ALIASES = {
    "new york": "new york city",
    "nyc": "new york city",
    "philly": "philadelphia",
    "vegas": "las vegas",
    "washington dc": "washington",
}


# What each ASCII character becomes: a worker reads 50,000 names as it starts, and this is quick.
_ASCII = str.maketrans(
    {c: c.lower() if c.isalnum() else " " for c in map(chr, range(128))} | {"'": ""}
)


def plain(name: str) -> str:
    """Lower case without accents, dots and apostrophes; "saint", "fort", "mount" abbreviated."""
    if not name.isascii():
        name = unicodedata.normalize("NFKD", name.casefold())
        name = "".join(c for c in name if not unicodedata.combining(c)).replace("’", "")
        name = _NOT_ASCII.sub(" ", name)
    words = name.translate(_ASCII).split()
    if not _SHORT.keys().isdisjoint(words):
        words = [_SHORT.get(word, word) for word in words]
    return " ".join(words)
