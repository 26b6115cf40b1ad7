"""`waypost private` and `waypost keys`: backups, retention and keys of people's records."""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from django.utils import timezone

from waypost.cli.exits import NOT_DONE, stop
from waypost.cli.private import with_private_database

app = typer.Typer(
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Backups and retention of people's records.",
)
keys = typer.Typer(
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="The keys that seal people's records.",
)
Key = Annotated[Path, typer.Option(help="The file with the backup's key; keep it elsewhere.")]
DATABASE = "private.sqlite3"


@app.command("backup-key")
def backup_key(
    path: Annotated[Path, typer.Argument(help="Where to write it, outside the data folder.")],
) -> None:
    """Make the key that seals backups, in a file that only you can read.

    Example: `waypost private backup-key /root/waypost-backup-key`
    """
    from waypost.files.backup import BadBackup, make_backup_key

    try:
        make_backup_key(path)
    except BadBackup as error:
        stop(str(error), NOT_DONE)
    print(f"{path}: keep a copy away from this machine. Without it no backup opens.")


@app.command()
def backup(
    to: Annotated[Path, typer.Argument(help="The file to write.")],
    key: Key,
) -> None:
    """Write the private database and its keys as one sealed file, while the desk runs.

    Example: `waypost private backup /backups/2026-12-01 --key /root/waypost-backup-key`
    """
    from waypost.files.backup import BadBackup, read_backup_key, seal_files

    with_private_database()
    database = Path(str(settings.DATABASES["default"]["NAME"]))
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3":
        stop("On PostgreSQL use pg_dump, and seal what it writes.", NOT_DONE)
    with tempfile.TemporaryDirectory(dir=settings.PRIVATE.folder) as folder:
        copy = Path(folder) / DATABASE
        with closing(sqlite3.connect(database)) as live, closing(sqlite3.connect(copy)) as copied:
            live.backup(copied)
        files = {DATABASE: copy, **_keys_of(settings.PRIVATE.folder)}
        try:
            size = seal_files(files, to, read_backup_key(key))
        except BadBackup as error:
            stop(str(error), NOT_DONE)
    print(f"{to}: {size:,} bytes, {len(files)} files, sealed.")


@app.command()
def restore(
    sealed: Annotated[Path, typer.Argument(help="A backup's file.")],
    folder: Annotated[Path, typer.Argument(help="An empty folder, which then is the private one.")],
    key: Key,
) -> None:
    """Put a backup into an empty folder and check it; start the desk with it afterwards.

    Example: `waypost private restore /backups/2026-12-01 /srv/waypost/private --key /root/key`
    """
    from waypost.files.backup import BadBackup, open_files, read_backup_key

    try:
        names = open_files(sealed, folder, read_backup_key(key))
    except BadBackup as error:
        stop(str(error), NOT_DONE)
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        sound = database.execute("PRAGMA integrity_check").fetchone()[0]
    if sound != "ok":
        stop(f"The database in the backup is damaged: {sound}", NOT_DONE)
    print(
        f"{folder}: {', '.join(sorted(names))}. Set WAYPOST_PRIVATE_DIR to it and start the desk."
    )


@app.command()
def retention() -> None:
    """Erase records whose time of keeping is over, and print a report without a name in it.

    Example: `waypost private retention`
    """
    from waypost.treatment.keeping.tasks import erase_all_due

    with_private_database()
    for organization, report in erase_all_due(timezone.now()).items():
        following = report.next_on.isoformat() if report.next_on else "none"
        print(
            f"{organization}: {len(report.erased):,} erased, {report.kept:,} kept, next {following}"
        )
        for person in report.erased:
            print(f"  {person}")


@keys.command()
def rotate(
    drop_old: Annotated[
        bool, typer.Option(help="Then remove the older keys: older backups' texts stay closed.")
    ] = False,
) -> None:
    """Put a new key in front and seal every text again with it, in each room that seals.

    Stop the desk first, or start it again afterwards: a running process seals with the key that
    it read when it started, and the next run seals that again.

    Example: `waypost keys rotate`
    """
    from waypost.files.keyring import Keyring, read_keyring, with_new_seal, write_keyring

    with_private_database()
    path = settings.PRIVATE.keys_file
    keyring = with_new_seal(read_keyring(path))
    write_keyring(path, keyring, over=True)
    settings.WAYPOST_KEYRING = keyring
    done = _seal_everything_again()
    print(f"{done:,} texts sealed again with the new key.")
    if drop_old:
        write_keyring(path, Keyring(keyring.mark, keyring.seals[:1]), over=True)
        print("The older keys are removed.")


def _seal_everything_again() -> int:
    """Every room that seals, until nothing is left: a room joins by one line here."""
    from waypost.accounts.actions import seal_factors_again
    from waypost.texting.actions.keeping import seal_again as seal_texts
    from waypost.treatment.keeping.tasks import seal_all_again as seal_records

    done = 0
    for seal in (seal_records, seal_texts, seal_factors_again):
        while more := seal():
            done += more
    return done


def _keys_of(folder: Path) -> dict[str, Path]:
    """The files of keys beside the database, which it cannot be read without."""
    keys = {"record-keys": settings.PRIVATE.keys_file, "secret_key": folder / "secret_key"}
    return {name: path for name, path in keys.items() if path.exists()}
