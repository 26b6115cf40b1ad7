"""Removes from printed text whatever would control the reader's terminal."""

from __future__ import annotations

import re
from typing import Any, TextIO

from waypost.values.plain import plain

_COLOR = re.compile(r"(\x1b\[[0-9;]*m)")


class PlainStream:
    """A stream that passes only text and, on a terminal, colors: no other sequence, no return.

    Everything that a command prints goes through here, whoever wrote it: visitors, sources, payers.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text without control characters; return its length, as streams do."""
        if self._stream.isatty():
            parts = _COLOR.split(text)
            clean = "".join(p if _COLOR.fullmatch(p) else _printable(p) for p in parts)
        else:
            clean = _printable(text)
        self._stream.write(clean)
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _printable(text: str) -> str:
    return plain(text.replace("\r\n", "\n").replace("\r", ""))
