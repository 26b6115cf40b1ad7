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
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path

from django.db import connection, transaction

from waypost.texting.queries.sending import (
    EXECUTE_STANDING,
    ContactStanding,
    read_standing,
    ready_to_execute,
    standing_of,
)

STRIPES = 512
TURNS = 0x5458
"""The first key of the advisory locks, so that they meet no others."""
_LOCK_AND_READ = f"SELECT pg_advisory_lock_shared(%s, %s); {EXECUTE_STANDING}"
"""One round trip, but two statements: each sees what was committed when it began, so the second
sees a STOP for which the first had to wait. In one statement it would not."""
_UNLOCK_SHARED = "SELECT pg_advisory_unlock_shared(%s, %s)"


@contextmanager
def sending_to(contact: int) -> Iterator[ContactStanding | None]:
    """While this is held, no STOP of the contact commits; others may send too.

    Gives how the contact stands, read after the turn began; None where there is no such contact.
    """
    if connection.vendor != "postgresql":
        with _file_lock(contact, fcntl.LOCK_SH):
            yield standing_of(contact)
        return
    stripe = contact % STRIPES
    ready_to_execute()
    with connection.cursor() as cursor:
        try:
            cursor.execute(_LOCK_AND_READ, [TURNS, stripe, contact])
            cursor.nextset()
            yield read_standing(cursor.fetchone())
        finally:
            cursor.execute(_UNLOCK_SHARED, [TURNS, stripe])


@contextmanager
def alone_with(contact: int) -> Iterator[None]:
    """While this is held nobody sends to the contact; it waits for those that do."""
    if connection.vendor != "postgresql":
        with _file_lock(contact, fcntl.LOCK_EX):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [TURNS, contact % STRIPES])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [TURNS, contact % STRIPES])


@contextmanager
def in_line_to_write() -> Iterator[None]:
    """One's turn to write, on SQLite; taken before a transaction begins, never within one.

    SQLite asks again after ever longer pauses whether another has done writing, so that a webhook
    would lose each time against the handling of texts. This wakes whoever waits at once.
    """
    if connection.vendor == "postgresql" or connection.in_atomic_block:
        yield
        return
    with _locked("writing", fcntl.LOCK_EX):
        yield


@contextmanager
def writing() -> Iterator[None]:
    """A transaction that begins when it is one's turn to write; also a decorator, ``@writing()``.

    Whatever runs often beside the webhooks writes in this way: a transaction out of line makes
    the one whose turn it is ask SQLite again and again, up to a tenth of a second apart.
    """
    with in_line_to_write(), transaction.atomic():
        yield


def _file_lock(contact: int, how: int) -> AbstractContextManager[None]:
    return _locked(str(contact % STRIPES), how)


@contextmanager
def _locked(name: str, how: int) -> Iterator[None]:
    file = os.open(f"{_folder()}/{name}", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, how)
        yield
    finally:
        os.close(file)


def _folder() -> str:
    """Beside the database; for one in memory, which only one process has, a folder of its own."""
    name = str(connection.settings_dict["NAME"])
    return _made("" if "memory" in name else name)


@cache
def _made(database: str) -> str:
    if not database:
        return tempfile.mkdtemp(prefix="waypost-turns-")
    folder = Path(database).parent / "turns"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return str(folder)
