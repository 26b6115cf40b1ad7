"""Reads JSON of any size as pieces of events, in constant memory and with limited nesting."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import ijson

from waypost.files.archives import MOST_STREAMED, BadFile, open_bytes

BUFFER = 1 << 14
"""Bytes per piece: small enough for its events to stay in the processor's cache."""

"""Unpacked; in-network files of hundreds of gigabytes exist, and no more than a piece is kept."""

DEEPEST = 64
"""No file of the published layouts goes beyond ten."""


def event_pieces(path: Path) -> Iterator[list[tuple[str, Any]]]:
    """The events of a JSON file, piece by piece; the same list is reused for the next piece.

    Numbers with a point come as floats, because exact ones cost a fifth of the time. `repr` gives
    their digits back as written (up to 15 of them), so that those few that are kept become exact.
    A number too large for that way (an integer from 2**63 on, 1e999) is one row's fault and not the
    file's: from there on the numbers are read one by one. A byte order mark is passed over.

    Raises:
        BadFile: not JSON, broken off, or a broken archive.
    """
    given = 0
    try:
        for piece in _pieces(path, quick=True):
            size = len(piece)  # who asked may empty it
            yield piece
            given += size
        return
    except ijson.JSONError as error:
        if "overflow" not in str(error):
            raise BadFile(f"{path.name}: {error}") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"{path.name}: {error}") from error
    yield from _again(path, given)


def _again(path: Path, passed: int) -> Iterator[list[tuple[str, Any]]]:
    """The events after the first so many, with numbers of any size."""
    try:
        for piece in _pieces(path, quick=False):
            skipped = min(passed, len(piece))
            passed -= skipped
            yield [
                (event, float(value)) if isinstance(value, Decimal) else (event, value)
                for event, value in piece[skipped:]
            ]
    except (ijson.JSONError, ValueError) as error:  # a number of thousands of digits is no number
        raise BadFile(f"{path.name}: {error}") from error


def _pieces(path: Path, *, quick: bool) -> Iterator[list[tuple[str, Any]]]:
    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events, use_float=quick)
    with open_bytes(path, most=MOST_STREAMED, endings=(".json",)) as raw:
        data = raw.read(BUFFER).removeprefix(codecs.BOM_UTF8)
        while data:
            parser.send(data)
            yield events
            del events[:]
            data = raw.read(BUFFER)
        parser.close()
        yield events


def too_deep(path: Path) -> BadFile:
    """The refusal of a file that is nested deeper than any of its kind."""
    return BadFile(f"{path.name}: objects within objects, {DEEPEST} deep")
