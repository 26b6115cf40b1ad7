"""The letters of every script in a PDF: which font prints each, and what is said of the others.

DejaVu Sans is carried and put into the file: Latin with Vietnamese, Greek, Cyrillic, Armenian,
Georgian, Hebrew, Arabic and more. Chinese, Japanese and Korean letters are named by the standard
character collections of PDF, which the reader's own program has a font for; their fonts are too
large to carry. What neither prints stands as its number in Unicode, and the file says so.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from arabic_reshaper import reshape
from bidi import get_display
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont

SANS = "DejaVuSans"
CHINESE, JAPANESE, KOREAN = "STSong-Light", "HeiseiMin-W3", "HYSMyeongJo-Medium"
COLLECTIONS = {CHINESE: "gbk", JAPANESE: "cp932", KOREAN: "cp949"}
"""PDF's names of East Asian fonts, each with the encoding that has its letters."""

_KANA, _HANGUL = re.compile("[\u3040-\u30ff]"), re.compile("[\u1100-\u11ff\uac00-\ud7a3]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_NOT_PRINTED = frozenset("\u200b\u200c\u200d\ufeff\ufe0e\ufe0f")


@dataclass
class Letters:
    """Prints texts, and remembers what has to be said of them."""

    unprinted: bool = field(default=False, init=False)
    east_asian: bool = field(default=False, init=False)

    def markup(self, text: str, size: float, width: float) -> str:
        """``text`` as reportlab's markup, for a column so many points wide."""
        lines = (self._line(line, size, width) for line in _plain(text).split("\n"))
        return "<br/>".join(lines)

    def _line(self, line: str, size: float, width: float) -> str:
        if _RIGHT_TO_LEFT.search(line):  # broken here: each line is put in order by itself
            shown = simpleSplit(reshape(line), the_sans().fontName, size, width)
            return "<br/>".join(self._runs(get_display(part)) for part in shown)
        return self._runs(line)

    def _runs(self, line: str) -> str:
        fonts = _fonts_of(line)
        runs = groupby(line, key=lambda letter: _font_of(letter, fonts))
        return "".join(self._run(font, "".join(letters)) for font, letters in runs)

    def _run(self, font: str, letters: str) -> str:
        if font == SANS:
            return escape(letters)
        if font:
            self.east_asian = True
            return f'<font name="{font}">{escape(letters)}</font>'
        self.unprinted = True
        return "".join(f"[U+{ord(letter):04X}]" for letter in letters)

    def remarks(self) -> Iterator[str]:
        """What a reader of the file must know of its letters."""
        if self.unprinted:
            yield (
                "Some letters of this record cannot be printed here. Each stands as its number in "
                "Unicode, such as [U+0E01]; the JSON and FHIR files have it as it was written."
            )
        if self.east_asian:
            yield (
                "Chinese, Japanese and Korean letters are shown with the fonts of the program that "
                "opens this file. Where it has none, the JSON and FHIR files have the words."
            )


@cache
def the_sans() -> TTFont:
    """The font that is carried, read once a process, with the names of the others."""
    font = TTFont(SANS, Path(__file__).parent / "data" / "DejaVuSans.ttf")
    pdfmetrics.registerFont(font)
    for name in COLLECTIONS:
        pdfmetrics.registerFont(UnicodeCIDFont(name))
    return font


def _plain(text: str) -> str:
    """Letters put together with their accents; marks that steer a line, and NULs, left out."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\t", " "))
    return "".join(c for c in composed if c == "\n" or not _unseen(c))


def _unseen(letter: str) -> bool:
    return letter in _NOT_PRINTED or unicodedata.category(letter) in ("Cc", "Cf", "Cs")


def _fonts_of(line: str) -> tuple[str, ...]:
    """The East Asian fonts in the order in which they are tried: by the language of the line."""
    if _KANA.search(line):
        return JAPANESE, CHINESE, KOREAN
    if _HANGUL.search(line):
        return KOREAN, CHINESE, JAPANESE
    return CHINESE, JAPANESE, KOREAN


def _font_of(letter: str, east_asian: tuple[str, ...]) -> str:
    """The font that has the letter; '' where none does."""
    if ord(letter) in the_sans().face.charToGlyph:
        return SANS
    return next((font for font in east_asian if _has(COLLECTIONS[font], letter)), "")


def _has(encoding: str, letter: str) -> bool:
    if ord(letter) > 0xFFFF:  # the collections are asked for in two bytes
        return False
    try:
        letter.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
