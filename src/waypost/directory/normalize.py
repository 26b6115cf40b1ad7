"""Gives addresses and names one spelling, so that the same place compares as the same.

Street suffixes follow USPS Publication 28, appendix C1; directions its section 233.
"""

from __future__ import annotations

import re
from functools import lru_cache

from waypost.values.letters import SHORT_WORDS, without_accents

_NOT_WORD = re.compile(r"[^a-z0-9 ]+")
_UNIT = re.compile(
    r"\b(suite|ste|unit|apt|apartment|room|rm|floor|fl|bldg|building|dept|department|lot|no)\b"
    r"\.?\s*#?\s*[a-z]?-?\d*[a-z]?\b.*$|#\s*\w+.*$"
)
_ORDINAL_FLOOR = re.compile(r"\b(\d+(st|nd|rd|th)|first|second|third|fourth)\s+fl(oor)?\b.*$")
_KING = re.compile(r"\b(dr )?(martin luther king|m l k|mlk)( (jr|junior))?\b")
_UNITED_STATES = re.compile(r"\bu ?s (?=hwy\b|highway\b|rte\b|rt\b|route\b|\d)")
_NUMBERED_ROAD = re.compile(r"\b(hwy|rte) (?=\d)")
_WORDS = {
    "north": "n", "south": "s", "east": "e", "west": "w",
    "northeast": "ne", "northwest": "nw", "southeast": "se", "southwest": "sw",
    "street": "st", "str": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd",
    "road": "rd", "drive": "dr", "lane": "ln", "court": "ct", "circle": "cir", "place": "pl",
    "parkway": "pkwy", "highway": "hwy", "terrace": "ter", "square": "sq", "trail": "trl",
    "turnpike": "tpke", "expressway": "expy", "freeway": "fwy", "plaza": "plz", "center": "ctr",
    "centre": "ctr", "route": "rte", "rt": "rte", "way": "way", "saint": "st", "fort": "ft",
    "mount": "mt", "crossing": "xing", "heights": "hts", "junction": "jct", "point": "pt",
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
    "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
    "us": "", "u": "", "state": "", "county": "co",
}  # fmt: skip
_NAME_NOISE = frozenset({
    "inc", "llc", "llp", "pllc", "pc", "corp", "corporation", "co", "ltd", "the", "of", "and",
    "for", "a", "at", "in", "program", "programs", "dba", "lp", "org",
})  # fmt: skip
_NAME_SHORT = {
    "svcs": "services", "svc": "services", "service": "services", "ctr": "center",
    "ctrs": "center", "centers": "center", "centre": "center", "cntr": "center", "mh": "mental",
    "mhc": "mental", "hlth": "health", "hosp": "hospital", "dept": "department",
    "subst": "substance",
    "trt": "treatment", "tx": "treatment", "txt": "treatment", "comm": "community",
    "cmty": "community", "couns": "counseling", "counselling": "counseling", "assoc": "associates",
    "associate": "associates", "rehab": "rehabilitation", "behav": "behavioral",
    "behavioural": "behavioral", "outpt": "outpatient", "outpat": "outpatient", "fam": "family",
    "natl": "national", "univ": "university", "med": "medical", "hc": "healthcare",
    "saint": "st", "clinics": "clinic", "solutions": "solution", "pgm": "program",
}  # fmt: skip


def _plain(text: str) -> str:
    return without_accents(text).replace("’", "'")


@lru_cache(maxsize=200_000)
def street_key(street: str) -> str:
    """A street address without its suite, abbreviated one way: "201 s main st"."""
    text = _plain(street).replace(".", " ").replace("'", "").replace("-", " ")
    text = _ORDINAL_FLOOR.sub("", text)
    text = _UNIT.sub("", text)
    text = " ".join(_NOT_WORD.sub(" ", text).split())
    text = _UNITED_STATES.sub("", _KING.sub("mlk", text))
    words = filter(None, (_WORDS.get(word, word) for word in text.split()))
    return _NUMBERED_ROAD.sub("", " ".join(words))


@lru_cache(maxsize=50_000)
def town_key(town: str) -> str:
    """A town's name in lower case, "Saint", "Fort" and "Mount" abbreviated."""
    words = _NOT_WORD.sub(" ", _plain(town).replace("'", "")).split()
    return " ".join(SHORT_WORDS.get(word, word) for word in words)


@lru_cache(maxsize=200_000)
def name_key(name: str) -> str:
    """A name in lower case with its words spelled one way and legal forms left out."""
    text = _plain(name).replace("'", "").replace("&", " and ")
    words = _NOT_WORD.sub(" ", text).split()
    spelled = [_NAME_SHORT.get(word, word) for word in words if word not in _NAME_NOISE]
    return " ".join(spelled)


@lru_cache(maxsize=200_000)
def phone_key(text: str) -> str:
    """The ten digits of a telephone number, its extension left out; '' where there are fewer."""
    head = re.split(r"(?i)\s*(?:x|ext)", text, maxsplit=1)[0]
    digits = re.sub(r"\D", "", head)
    digits = digits.removeprefix("1") if len(digits) == 11 else digits
    return digits if len(digits) == 10 else ""


def zip_key(text: str) -> str:
    """Five digits: leading zeros that a spreadsheet lost come back, ZIP+4 is cut."""
    digits = text.strip().split("-")[0].removesuffix(".0")
    if not digits.isdigit() or not digits.isascii():
        return ""
    if len(digits) == 9:
        digits = digits[:5]
    return digits.zfill(5) if 3 <= len(digits) <= 5 else ""
