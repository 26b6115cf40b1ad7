"""What a command needs before it starts: a migrated database, a snapshot to read."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from waypost.cli.exits import NO_DATA, NOT_DONE, stop
from waypost.cli.progress import progress_shown
from waypost.publishing.build import PublishError
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import BadSnapshot, Snapshot


@cache
def with_database() -> None:
    """Migrate the database; stop the command where that fails."""
    why = why_no_database(brought_up_to_date)
    if why:
        stop(why, NOT_DONE)


def brought_up_to_date() -> None:
    """Migrate the database to its newest version.

    Raises:
        DatabaseError, OSError: it cannot be used.
    """
    settings.WAYPOST_DATA_DIR.mkdir(parents=True, exist_ok=True)
    with one_at_a_time(settings.WAYPOST_DATA_DIR):
        call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Keep two commands that start together from creating the same table."""
    with (folder / "migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def why_no_database(prepare: Callable[[], None]) -> str:
    """Prepare a database; return why it cannot be used, or ''."""
    try:
        prepare()
    except (DatabaseError, OSError) as error:
        first = str(error).strip().partition("\n")[0].rstrip(".")
        return f"The database cannot be used ({first}). `waypost doctor` says more."
    return ""


def ensure_snapshot() -> None:
    """Build the first snapshot from the carried editions if there is none."""
    if (settings.WAYPOST_DATA_DIR / FILE_NAME).exists():
        return
    typer.echo("Building the directory from the carried editions (once, a minute or two) ...",
               err=True)  # fmt: skip
    from waypost.editions.pipeline import build, steps
    from waypost.sources.reading import BadSource

    try:
        with progress_shown("starting", steps(settings.WAYPOST_DATA_DIR)) as step:
            build(settings.WAYPOST_DATA_DIR, timezone.now(), step, key=signing_key())
    except (PublishError, BadSource, OSError) as error:
        stop(str(error), NO_DATA)


def signing_key() -> Ed25519PrivateKey | None:
    """The key that signs what is published here, None where none is set."""
    from waypost.files.keys import BadKey, read_key

    path: Path | None = settings.WAYPOST_SIGNING_KEY
    if path is None:
        return None
    try:
        return read_key(path)
    except (BadKey, OSError) as error:
        stop(f"WAYPOST_SIGNING_KEY cannot be used: {error}", NOT_DONE)


def open_snapshot() -> Snapshot:
    """The current snapshot, built first if there is none."""
    from waypost.serving.process import current_snapshot

    ensure_snapshot()
    try:
        return current_snapshot()
    except BadSnapshot as error:
        stop(str(error), NO_DATA)
