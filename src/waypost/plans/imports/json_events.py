"""JSON of any size as pieces of events: constant memory, and no nesting without end."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ijson

from waypost.plans.imports.files import BadFile, open_bytes

BUFFER = 1 << 14
"""Bytes of a piece: small enough for its events to stay in the processor's cache."""

MOST_BYTES = 1024**4
"""Unpacked; in-network files of hundreds of gigabytes exist, and no more than a piece is kept."""

DEEPEST = 64
"""No file of the published layouts goes beyond ten."""


def event_pieces(path: Path) -> Iterator[list[tuple[str, Any]]]:
    """The events of a JSON file, piece by piece; each list is used again for the next piece.

    Numbers with a point come as floats, because exact ones cost a fifth of the time. `repr` gives
    their digits back as written (up to 15 of them), so that those few that are kept become exact.

    Raises:
        BadFile: not JSON, broken off, or a broken archive.
    """
    events = ijson.sendable_list()
    parser = ijson.basic_parse_coro(events, use_float=True)
    with open_bytes(path, most=MOST_BYTES, endings=(".json",)) as raw:
        try:
            _pass_over_byte_order_mark(raw)
            while data := raw.read(BUFFER):
                parser.send(data)
                yield events
                del events[:]
            parser.close()
            yield events
        except (ijson.JSONError, UnicodeDecodeError) as error:
            raise BadFile(f"{path.name}: {error}") from error


def _pass_over_byte_order_mark(raw: io.BufferedReader) -> None:
    if raw.peek(len(BOM_UTF8)).startswith(BOM_UTF8):
        raw.read(len(BOM_UTF8))


def too_deep(path: Path) -> BadFile:
    """The refusal of a file that is nested deeper than any of its kind."""
    return BadFile(f"{path.name}: objects within objects, {DEEPEST} deep")
