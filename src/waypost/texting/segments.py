"""How many segments a text is sent in, and how it is made to fit.

GSM 03.38 gives 160 septets to one segment and 153 to each of several; UCS-2 gives 70 and 67 UTF-16
units. A character of the extension table costs two and never straddles two segments, nor does a
surrogate pair. Twilio, "SMS character limit"; npm sms-segments-calculator counts the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")

_JOINER = "\u200d"
_JOINING = frozenset((_JOINER, "\u200c", "\ufe0e", "\ufe0f"))
_SKIN_TONES = frozenset(chr(code) for code in range(0x1F3FB, 0x1F400))
_FLAG_LETTERS = frozenset(chr(code) for code in range(0x1F1E6, 0x1F200))

PLAIN = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u2013": "-",
    "\u2014": "-",
    "\u2026": "...",
    "\u00a0": " ",
    "\u202f": " ",
    "\t": " ",
    "`": "'",
    "´": "'",
    "á": "a",
    "í": "i",
    "ó": "o",
    "ú": "u",
    "Á": "A",
    "Í": "I",
    "Ó": "O",
    "Ú": "U",
    "ç": "c",
}
"""What a carrier cannot send in GSM-7, and the nearest that it can."""


class Encoding(StrEnum):
    """The alphabet that a text is sent in."""

    GSM_7 = "GSM-7"
    UCS_2 = "UCS-2"


@dataclass(frozen=True, slots=True)
class SegmentCount:
    """``units`` are septets in GSM-7 and UTF-16 units in UCS-2; an empty text is one segment."""

    encoding: Encoding
    units: int
    segments: int


def count_segments(text: str) -> SegmentCount:
    """How ``text`` is sent, as it is."""
    if all(letter in _BASIC or letter in _EXTENDED for letter in text):
        widths = [2 if letter in _EXTENDED else 1 for letter in text]
        return SegmentCount(Encoding.GSM_7, sum(widths), _parts(widths, 160, 153))
    widths = _widths_in_ucs_2(text)
    return SegmentCount(Encoding.UCS_2, sum(widths), _parts(widths, 70, 67))


def _widths_in_ucs_2(text: str) -> list[int]:
    """The UTF-16 units of each character as people see it: an emoji of a family is one."""
    widths: list[int] = []
    before, flags = "", 0
    for letter in text:
        width = 2 if ord(letter) > 0xFFFF else 1
        flags = flags + 1 if letter in _FLAG_LETTERS else 0
        if widths and (_hangs_on(letter, before) or (flags and flags % 2 == 0)):
            widths[-1] += width
        else:
            widths.append(width)
        before = letter
    return widths


def _hangs_on(letter: str, before: str) -> bool:
    """Whether a letter belongs to the character before it (Unicode Annex 29, simplified)."""
    if letter in _JOINING or letter in _SKIN_TONES:
        return True
    if unicodedata.category(letter) in ("Mn", "Me", "Mc"):
        return True
    return before == _JOINER and ord(letter) > 0x2190  # what is joined is a picture


def _parts(widths: Sequence[int], alone: int, together: int) -> int:
    """How many segments characters of these widths take, none of them split."""
    if sum(widths) <= alone:
        return 1
    parts, left = 1, together
    for width in widths:
        if width > left:
            parts, left = parts + 1, together
        left -= width
    return parts


def in_plain_letters(text: str) -> str:
    """``text`` with quotes, dashes and accents that force UCS-2 replaced, if that is enough.

    A text that needs UCS-2 anyway keeps its accents.
    """
    plain = "".join(PLAIN.get(letter, letter) for letter in text)
    return plain if count_segments(plain).encoding is Encoding.GSM_7 else text


def in_gsm_letters(text: str) -> str:
    """``text`` in GSM-7 whatever it holds: accents it has not are dropped, other signs become "?".

    For names of places and programs, where one odd letter would more than double the segments.
    """
    plain = "".join(PLAIN.get(letter, letter) for letter in text)
    return "".join(letter if letter in _BASIC else _nearest(letter) for letter in plain)


def _nearest(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[0]
    return base if base in _BASIC or base in _EXTENDED else "?"
