"""One spelling for names that people write in many ways."""

from __future__ import annotations

import re
import unicodedata

_NOT_WORD = re.compile(r"[^a-z0-9 ]+")
_SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt"}
ALIASES = {
    "new york": "new york city",
    "nyc": "new york city",
    "philly": "philadelphia",
    "vegas": "las vegas",
    "washington dc": "washington",
}


def plain(name: str) -> str:
    """Lower case without accents, dots and apostrophes; "saint", "fort", "mount" abbreviated."""
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.replace(".", " ").replace("'", "").replace("’", "").replace("-", " ")
    words = _NOT_WORD.sub(" ", text).split()
    return " ".join(_SHORT.get(word, word) for word in words)
