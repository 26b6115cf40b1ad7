"""Words that people shorten in place names, tried when the typed name is not a place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

_FIRST = {
    "n": ("north",), "no": ("north",), "s": ("south",), "so": ("south",), "e": ("east",),
    "w": ("west",), "ne": ("northeast",), "nw": ("northwest",), "se": ("southeast",),
    "sw": ("southwest",), "pt": ("port", "point"), "st": ("saint",), "gr": ("grand", "great"),
}  # fmt: skip
"""Words that begin a name: compass points, and what a ship's chart shortens."""

_LATER = {
    "hts": ("heights",), "hgts": ("heights",), "spgs": ("springs",), "spg": ("springs", "spring"),
    "sprgs": ("springs",), "bch": ("beach",), "mtn": ("mountain",), "mtns": ("mountains",),
    "jct": ("junction",), "ctr": ("center",), "centre": ("center",), "pk": ("park",),
    "lk": ("lake",), "lks": ("lakes",), "is": ("island",), "isl": ("island",), "hbr": ("harbor",),
    "harbour": ("harbor",), "vly": ("valley",), "fls": ("falls",), "crk": ("creek",),
    "rvr": ("river",), "gdn": ("garden",), "gdns": ("gardens",), "grv": ("grove",),
    "rdg": ("ridge",), "vw": ("view",), "pt": ("point", "port"), "vlg": ("village",),
    "cty": ("city", "county"), "cnty": ("county",), "co": ("county",), "par": ("parish",),
    "twp": ("township",), "hl": ("hill",), "hls": ("hills",), "frst": ("forest",),
    "bluff": ("bluffs",), "bluffs": ("bluff",), "cyn": ("canyon",), "sq": ("square",),
    "mills": ("mill",), "rapid": ("rapids",), "spring": ("springs",), "springs": ("spring",),
    "ferry": ("ferry",), "spfld": ("springfield",), "sprfld": ("springfield",),
    "boro": ("borough",), "mt": ("mount", "mountain"),
}  # fmt: skip
"""Words anywhere in a name (USPS Publication 28, appendices B and C), and a plural
lost or added."""

_BEGIN = {"mount": ("mountain",), "mountain": ("mount",)}
MOST = 8


def written_out(name: str) -> Iterator[str]:
    """The plain name with its shortened words in full, each way that they may be meant."""
    words = name.split()
    ways = [_ways(word, first=i == 0) for i, word in enumerate(words)]
    for n, chosen in enumerate(product(*ways)):
        if n == MOST:
            return
        other = " ".join(chosen)
        if other != name:
            yield other


def _ways(word: str, *, first: bool) -> tuple[str, ...]:
    table = _LATER | _FIRST | _BEGIN if first else _LATER | _BEGIN
    return (*table.get(word, ()), word)
