"""A store in SQLite that never changes: sealed when it is written, checked when it is opened."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from waypost.files.seal import BrokenSeal, Seal, read_seal, remove_seal, write_seal
from waypost.files.writing import replacing

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_HEADER = b"SQLite format 3\0"
_NUMBER_AT = 68
"""Where a database's application id stands (SQLite, "Database File Format", 1.3)."""

_TRIES = 5


class StoreFault(Enum):
    """Why a store cannot be used."""

    UNOPENED = "it cannot be opened"
    FOREIGN = "it is a file of another kind"
    DAMAGED = "it has changed, is cut off, or is of an older version"


class BadStoreFile(ValueError):
    """A file that is no whole store of its kind; ``fault`` and ``why`` are for who words it."""

    def __init__(self, fault: StoreFault, why: str = "") -> None:
        super().__init__(why or fault.value)
        self.fault, self.why = fault, why or fault.value


class Store:
    """An open store. Reads may come from several threads, and go on in this very file even after
    another has taken its name."""

    def __init__(self, path: Path, application_id: int) -> None:
        """Check the whole file, then open it.

        Raises:
            BadStoreFile: it cannot be opened, is of another kind, or one bit of it has changed.
        """
        self.path = path
        self._lock = threading.Lock()
        try:
            self._connection, self.seal = _checked(path, application_id)
        except (OSError, sqlite3.Error) as error:
            why = (error.strerror if isinstance(error, OSError) else None) or str(error)
            raise BadStoreFile(StoreFault.UNOPENED, why) from error

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """The rows that a query gives; sqlite3.Error where it cannot be answered."""
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def _checked(path: Path, application_id: int) -> tuple[sqlite3.Connection, Seal]:
    """A connection to the very file that was checked: another may take its name meanwhile."""
    for _ in range(_TRIES):
        with path.open("rb") as file:
            head = file.read(_NUMBER_AT + 4)
            if not head.startswith(_HEADER):
                raise BadStoreFile(StoreFault.DAMAGED)
            if int.from_bytes(head[_NUMBER_AT:], "big") != application_id:
                raise BadStoreFile(StoreFault.FOREIGN)
            try:
                seal = read_seal(file)
            except BrokenSeal as error:
                raise BadStoreFile(StoreFault.DAMAGED, str(error)) from error
            connection = open_immutable(path)
            if os.path.samestat(os.fstat(file.fileno()), path.stat()):
                return connection, seal
        connection.close()
    raise BadStoreFile(StoreFault.UNOPENED, "it is replaced again and again")


def open_immutable(path: Path) -> sqlite3.Connection:
    """A connection that only reads, to a file that is never written again; any name will do."""
    return sqlite3.connect(
        f"file:{quote(os.fsencode(path.absolute()))}?mode=ro&immutable=1",
        uri=True,
        check_same_thread=False,
    )


def sign_store(path: Path, key: Ed25519PrivateKey) -> Seal:
    """Sign a whole store: a signed copy takes its place, so that readers go on undisturbed.

    Raises:
        BrokenSeal: it is not as it was sealed; nothing is signed then.
    """
    with path.open("rb") as file:
        read_seal(file)
    with replacing(path) as copy:
        shutil.copyfile(path, copy)
        return write_seal(copy, key)


def unsealed_copy(path: Path, copy: Path) -> None:
    """A copy that may be written to; whoever writes seals it again."""
    shutil.copyfile(path, copy)
    remove_seal(copy)
