"""Digests: by which a file is known, and what is stored of a secret text."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

_PIECE = 1 << 22


def text_digest(text: str) -> str:
    """The SHA-256 of a text, in hexadecimal: what is stored of a token, and what is approved."""
    return hashlib.sha256(text.encode()).hexdigest()


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal; OSError where it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_of_first(file: BinaryIO, size: int) -> bytes:
    """The SHA-256 of so many bytes from where an open file stands.

    Read and not mapped: a mapped file that is cut off meanwhile would end the process.
    """
    whole, buffer = hashlib.sha256(), memoryview(bytearray(_PIECE))
    while size > 0:
        read = file.readinto(buffer[: min(size, _PIECE)])  # type: ignore[attr-defined]
        if not read:
            break
        whole.update(buffer[:read])
        size -= read
    return whole.digest()
