"""The seal at a file's end: the digest of all before it and, where somebody signed, by which key.

A file that is published or imported is read for months. Where one bit of it changes, on a disk, on
the way to another machine or by a hand, the seal does not fit and the file is refused. The digest
shows accidents; who wants to be sure of the hand names a key, whose signature is then asked for.

SQLite takes no notice of bytes behind a database's last page, so a sealed database is still one
that every tool opens. Signatures are Ed25519 (RFC 8032), over a line that names what is signed and
the digest.
"""

from __future__ import annotations

import os
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from waypost.files.digests import sha256_of_first

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MARK = b"waypost seal 1\n\0"
_DIGEST, _KEY, _SIGNATURE = 32, 32, 64
SIZE = len(MARK) + _DIGEST + _KEY + _SIGNATURE
_UNSIGNED = bytes(_KEY + _SIGNATURE)
_WHAT = b"A file of Waypost, SHA-256:\n"


class BrokenSeal(ValueError):
    """A file that is not as it was sealed, or was never sealed."""


@dataclass(frozen=True, slots=True)
class Seal:
    """The SHA-256 of what is sealed and the public key that signed it; b"" where nobody did."""

    digest: bytes
    key: bytes = b""


def write_seal(path: Path, key: Ed25519PrivateKey | None = None) -> Seal:
    """Seal a file, or seal it anew; OSError where it cannot be written."""
    with path.open("r+b") as file:
        size = content_size(file)
        file.seek(0)
        digest = sha256_of_first(file, size)
        signed = b""
        if key is not None:
            signed = key.public_key().public_bytes_raw() + key.sign(_WHAT + digest)
        file.seek(size)
        file.write(MARK + digest + (signed or _UNSIGNED))
        file.truncate()
    return Seal(digest, signed[:_KEY])


_AHEAD: dict[tuple[int, ...], Future[bytes]] = {}


def read_ahead(path: Path) -> None:
    """Begin to digest a sealed file in a thread of its own, for whoever opens it first.

    A worker reads 80 MB for it while Python loads the pages beside it, and is ready a sixth sooner
    (`make bench`, ratios). Where the file cannot be read, whoever opens it says so.
    """
    with suppress(OSError):
        file = path.open("rb")
        identity, reader = _identity(file), ThreadPoolExecutor(1)  # a small file is soon closed
        _AHEAD[identity] = reader.submit(_digest_and_close, file)
        reader.shutdown(wait=False)


def _digest_and_close(file: BinaryIO) -> bytes:
    with file:
        return _digest_of(file)


def _digest_of(file: BinaryIO) -> bytes:
    size = content_size(file)
    file.seek(0)
    return sha256_of_first(file, size)


def _identity(file: BinaryIO) -> tuple[int, ...]:
    """What tells an open file, as it was last written, from every other."""
    stat = os.fstat(file.fileno())
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns


def read_seal(file: BinaryIO) -> Seal:
    """Check an open file against its seal, every byte of it.

    Raises:
        BrokenSeal: a bit has changed, the file is cut off, or nobody sealed it.
    """
    size = content_size(file)
    file.seek(size)
    mark, digest, key, signature = (
        file.read(length) for length in (len(MARK), _DIGEST, _KEY, _SIGNATURE)
    )
    if mark != MARK:
        raise BrokenSeal("it has no seal")
    ahead = _AHEAD.pop(_identity(file), None)
    if (_digest_of(file) if ahead is None else ahead.result()) != digest:
        raise BrokenSeal("it has changed since it was sealed")
    if key + signature == _UNSIGNED:
        return Seal(digest)
    _verify(digest, key, signature)
    return Seal(digest, key)


def _verify(digest: bytes, key: bytes, signature: bytes) -> None:
    # imported here: most installations sign nothing, and a worker starts sooner without it
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _WHAT + digest)
    except (InvalidSignature, ValueError) as error:
        raise BrokenSeal("its signature does not fit") from error


def content_size(file: BinaryIO) -> int:
    """How many bytes of an open file stand before its seal; all of them where it has none."""
    size = file.seek(0, os.SEEK_END)
    if size < SIZE:
        return size
    file.seek(size - SIZE)
    return size - SIZE if file.read(len(MARK)) == MARK else size


def remove_seal(path: Path) -> None:
    """Take the seal from a copy that is about to be written to."""
    with path.open("r+b") as file:
        file.truncate(content_size(file))
