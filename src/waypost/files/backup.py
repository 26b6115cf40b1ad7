"""A folder's files as one sealed file, and back: what a backup of people's records is.

Each piece of a tar archive is sealed by AES-256-GCM under the operator's key. Its number, and
whether it is the last, are authenticated with it: pieces cannot be moved, dropped or cut off.
"""

from __future__ import annotations

import os
import secrets
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"WAYPOST-BACKUP-1\n"
PIECE = 1 << 20
NONCE = 12
LENGTH = 4
KEY_BYTES = 32
OWNER_ONLY = 0o600


class BadBackup(ValueError):
    """A backup that cannot be opened; the message says why."""


def make_backup_key(path: Path) -> None:
    """A new key in a file that only its owner reads; an existing file is left alone.

    Raises:
        BadBackup: the file exists.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    except FileExistsError:
        raise BadBackup(f"{path} already exists; a key is never overwritten.") from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_hex(KEY_BYTES) + "\n")


def read_backup_key(path: Path) -> bytes:
    """The key in this file.

    Raises:
        BadBackup: there is none, or it is not one.
    """
    try:
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError):
        key = b""
    if len(key) != KEY_BYTES:
        raise BadBackup(f"{path} holds no key; make one with `waypost private backup-key`.")
    return key


def seal_files(files: Mapping[str, Path], to: Path, key: bytes) -> int:
    """Write ``files`` (a name each) as one sealed file that only its owner reads; its bytes."""
    whole = to.with_name(f"{to.name}.{secrets.token_hex(6)}")
    with tempfile.TemporaryFile() as archive:
        with tarfile.open(fileobj=archive, mode="w") as tar:
            for name, path in files.items():
                tar.add(path, arcname=name, recursive=False)
        archive.seek(0)
        handle = os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(MAGIC)
                _seal(archive, out, AESGCM(key))
                out.flush()
                os.fsync(out.fileno())
            whole.replace(to)
        finally:
            whole.unlink(missing_ok=True)
    return to.stat().st_size


def open_files(sealed: Path, folder: Path, key: bytes) -> list[str]:
    """Put a sealed file's files into an empty folder, readable by their owner alone; their names.

    Nothing is put there before every piece was checked.

    Raises:
        BadBackup: it is no backup, the key is another, a byte was changed, or the folder is full.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if any(folder.iterdir()):
        raise BadBackup(f"{folder} is not empty; restore into an empty folder.")
    with tempfile.TemporaryFile() as archive, sealed.open("rb") as source:
        if source.read(len(MAGIC)) != MAGIC:
            raise BadBackup(f"{sealed} is not a backup of Waypost.")
        for piece in _pieces(source, AESGCM(key), sealed):
            archive.write(piece)
        archive.seek(0)
        with tarfile.open(fileobj=archive) as tar:
            return [_put(tar, member, folder) for member in tar.getmembers() if member.isfile()]


def _seal(source: BinaryIO, out: BinaryIO, cipher: AESGCM) -> None:
    number, piece = 0, source.read(PIECE)
    while True:
        following = source.read(PIECE)
        nonce = secrets.token_bytes(NONCE)
        sealed = cipher.encrypt(nonce, piece, _tied(number, last=not following))
        out.write(len(sealed).to_bytes(LENGTH, "big") + nonce + sealed)
        if not following:
            return
        number, piece = number + 1, following


def _pieces(source: BinaryIO, cipher: AESGCM, path: Path) -> Iterator[bytes]:
    number, length = 0, source.read(LENGTH)
    while length:
        nonce = source.read(NONCE)
        sealed = source.read(int.from_bytes(length, "big"))
        length = source.read(LENGTH)
        with suppress(InvalidTag, ValueError):
            yield cipher.decrypt(nonce, sealed, _tied(number, last=not length))
            number += 1
            continue
        raise BadBackup(f"{path}: the key is another one, or piece {number + 1} is damaged.")
    if not number:
        raise BadBackup(f"{path} is cut off.")


def _tied(number: int, *, last: bool) -> bytes:
    return number.to_bytes(8, "big") + (b"last" if last else b"more")


def _put(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    name = Path(member.name).name  # never a path that leads out of the folder
    content = tar.extractfile(member)
    if content is None:
        raise BadBackup(f"{name} cannot be read from the backup.")
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        while chunk := content.read(PIECE):
            file.write(chunk)
    return name
