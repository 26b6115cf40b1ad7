"""Count a workbook's cells before a reader makes a table of them.

A reader of workbooks makes a table as large as from the first cell to the last: one cell at
XFD1048576 beside one at A1 asks for 17 billion. What a sheet says of its own size is not believed;
the places of its cells are, for they are what a reader goes by.

Layout: ECMA-376, part 1, 18.3.1 (``row``, ``c`` and its value ``v`` or ``is``).
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from xml.parsers import expat

from waypost.files.archives import BROKEN, BadFile, inflated, unpacked_limit

MOST_CELLS = 10_000_000
"""Of all sheets, the empty ones between included; the largest directory has 700,000."""

_NAME = re.compile(r"([A-Z]{0,3})(\d{0,7})")


def check_workbook(path: Path, most: int) -> None:
    """Refuse a workbook that unpacks to more than ``most`` bytes, or whose table is too large.

    Raises:
        BadFile: it is too large, is no workbook, or is damaged.
    """
    try:
        _look_through(path, unpacked_limit(path, most))
    except expat.ExpatError as error:
        raise BadFile(f"{path.name} is not a readable workbook ({error}).") from error
    except BROKEN as error:
        if isinstance(error, BadFile):
            raise
        raise BadFile(f"{path.name} is not a workbook, or is damaged or cut off.") from error


def _look_through(path: Path, most: int) -> None:
    size = cells = 0
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for info in archive.infolist():
            sheet = _Sheet()
            is_xml = info.filename.lower().endswith((".xml", ".rels"))
            for piece in inflated(file, info):
                size += len(piece)
                if size > most:
                    raise BadFile(f"{path.name} would unpack to more than {most:,} bytes.")
                if is_xml:
                    sheet.feed(piece)
            cells += sheet.area
            if cells > MOST_CELLS:
                raise BadFile(
                    f"{path.name} has sheets of more than {MOST_CELLS:,} cells; no directory has."
                )


class _Sheet:
    """Follows rows and cells; a cell without a value takes no place in a reader's table."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._row = self._column = 0
        self._first: tuple[int, int] | None = None
        self._last = (0, 0)

    def feed(self, piece: bytes) -> None:
        """Go on with the next bytes; `expat.ExpatError` where they are no XML."""
        self._parser.Parse(piece)

    @property
    def area(self) -> int:
        """Rows times columns, from the first cell with a value to the last."""
        if self._first is None:
            return 0
        return (self._last[0] - self._first[0] + 1) * (self._last[1] - self._first[1] + 1)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        plain = name.rpartition(" ")[2]
        if plain == "row":
            number = attributes.get("r", "")
            self._row = int(number[:9]) if number.isdigit() else self._row + 1
            self._column = 0
        elif plain == "c":
            self._place(attributes.get("r", ""))
        elif plain in ("v", "is"):
            self._mark()

    def _place(self, name: str) -> None:
        match = _NAME.fullmatch(name.upper())
        letters, digits = (match[1], match[2]) if match else ("", "")
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        self._column = column or self._column + 1
        self._row = int(digits) if digits else self._row

    def _mark(self) -> None:
        row, column = self._row, self._column
        first, last = self._first or (row, column), self._last
        self._first = (min(first[0], row), min(first[1], column))
        self._last = (max(last[0], row), max(last[1], column))

    def _doctype(self, *_: object) -> None:
        raise BadFile("A workbook has no document type of its own; this one has.")
