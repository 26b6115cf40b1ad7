"""`waypost snapshot`: who made a snapshot, and whether it is as it was made."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from waypost.cli.exits import BAD_QUESTION, NO_DATA, NOT_DONE, stop
from waypost.cli.ready import signing_key
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import BadSnapshot, Snapshot

app = typer.Typer(
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Sign a snapshot, and check one that came from another machine.",
)

File = Annotated[
    Path | None, typer.Argument(help="A snapshot; the one in the data folder if left out.")
]


@app.command()
def key(
    file: Annotated[Path, typer.Argument(help="Where the new private key is written.")],
) -> None:
    """Make a key that signs snapshots, and print its public half.

    Example: `waypost snapshot key /etc/waypost/signing.pem`
    """
    from waypost.files.keys import make_key

    try:
        public = make_key(file)
    except FileExistsError:
        stop(f"{file} already exists; a key is never overwritten.", BAD_QUESTION)
    except OSError as error:
        stop(f"{file} cannot be written ({error.strerror}).", NOT_DONE)
    print(f"The private key is in {file}; keep a copy where only you can read it.")
    print(f"Publish with WAYPOST_SIGNING_KEY={file}")
    print(f"Check with   WAYPOST_SNAPSHOT_SIGNED_BY={public}")


@app.command()
def sign(file: File = None) -> None:
    """Sign a snapshot that is published already, with the key of WAYPOST_SIGNING_KEY.

    It is checked first; readers go on undisturbed. `waypost publish` signs by itself.

    Example: `waypost snapshot sign`, with WAYPOST_SIGNING_KEY=/etc/waypost/signing.pem
    """
    from waypost.editions.downloads.files import renew_sqlite
    from waypost.files.keys import public_text
    from waypost.files.store import sign_store

    private = signing_key()
    if private is None:
        stop("Set WAYPOST_SIGNING_KEY to the file that `waypost snapshot key` made.", BAD_QUESTION)
    path = _path(file)
    _opened(path, b"")
    try:
        seal = sign_store(path, private)
        if file is None:
            renew_sqlite(settings.WAYPOST_DATA_DIR, Snapshot(path))
    except (OSError, ValueError) as error:
        stop(f"{path} could not be signed: {error}.", NOT_DONE)
    print(f"Signed {path} with {public_text(seal.key)}.")


@app.command()
def verify(
    file: File = None,
    signed_by: Annotated[
        str | None, typer.Option(metavar="KEY", help="The public key that must have signed it.")
    ] = None,
) -> None:
    """Check every byte of a snapshot against its digest, and its signature if it has one.

    Without --signed-by the key of WAYPOST_SNAPSHOT_SIGNED_BY is asked for, if it is set.

    Example: `waypost snapshot verify waypost-1a2b3c.sqlite3 --signed-by KEY`
    """
    from waypost.files.keys import BadKey, public_bytes, public_text
    from waypost.publishing.verify import check_file

    try:
        # an empty key is a mistake (a variable that is not set), never no key
        named = None if signed_by is None else public_bytes(signed_by)
    except BadKey as error:
        stop(str(error), BAD_QUESTION)
    wanted = settings.WAYPOST_SNAPSHOT_SIGNED_BY if named is None else named
    path = _path(file)
    snapshot = _opened(path, wanted)
    faults = check_file(path, snapshot.manifest)
    if faults:
        stop(f"{path}: {' '.join(faults)}", NOT_DONE)
    print(f"{path} is whole: {snapshot.manifest.current_sites:,} sites, version "
          f"{snapshot.version[:16]}.")  # fmt: skip
    key = snapshot.signed_by
    print(f"It is signed with {public_text(key)}." if key else "Nobody signed it.")
    if key and not wanted:
        print("This command cannot know whose key that is: name the one you trust.")


def _path(file: Path | None) -> Path:
    path: Path = file or settings.WAYPOST_DATA_DIR / FILE_NAME
    if not path.exists():
        stop(f"There is no snapshot at {path}.", NO_DATA)
    return path


def _opened(path: Path, signed_by: bytes) -> Snapshot:
    try:
        return Snapshot(path, signed_by)
    except BadSnapshot as error:
        stop(str(error), NOT_DONE)
