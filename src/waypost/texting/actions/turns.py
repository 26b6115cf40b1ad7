"""Whose turn it is with a contact: many may send, but STOP is alone while it commits.

A sender checks and then calls the carrier; between the two a STOP must not commit, or a text would
leave after it. On SQLite the turn is a lock of a file beside the database, which threads and
processes share; on PostgreSQL it is an advisory lock, which several machines share.
"""

from __future__ import annotations

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from django.db import connection

STRIPES = 512
_CLASS = 0x5458


@contextmanager
def sending_to(contact: int) -> Iterator[None]:
    """While this is held, no STOP of the contact commits; others may send too."""
    with _turn(contact, shared=True):
        yield


@contextmanager
def alone_with(contact: int) -> Iterator[None]:
    """While this is held nobody sends to the contact; it waits for those that do."""
    with _turn(contact, shared=False):
        yield


@contextmanager
def _turn(contact: int, *, shared: bool) -> Iterator[None]:
    if connection.vendor == "postgresql":
        how = "_shared" if shared else ""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_advisory_lock{how}(%s, %s)", [_CLASS, contact % STRIPES])
            try:
                yield
            finally:
                cursor.execute(
                    f"SELECT pg_advisory_unlock{how}(%s, %s)", [_CLASS, contact % STRIPES]
                )
        return
    file = os.open(_folder() / str(contact % STRIPES), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _folder() -> Path:
    """Beside the database; for one in memory, which only one process has, a folder of its own."""
    name = str(connection.settings_dict["NAME"])
    return _made("" if "memory" in name else name)


@cache
def _made(database: str) -> Path:
    if not database:
        return Path(tempfile.mkdtemp(prefix="waypost-turns-"))
    folder = Path(database).parent / "turns"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder
