"""Write a file under another name, then rename it: it is whole, or the old one stays."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write to, which takes ``path``'s place when the block ends well.

    A reader of the old file goes on undisturbed; after an error nothing is left behind. The folder
    is made where it is missing. OSError where the disk is full or the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    making = partial_of(path, os.getpid())
    making.unlink(missing_ok=True)
    try:
        yield making
        put_in_place(making, path)
    finally:
        making.unlink(missing_ok=True)


def write_once(path: Path, text: str) -> None:
    """A small file of ASCII that only its owner reads; a file that is there already stays.

    Several processes may write it at once: the first to put its own in place wins.
    """
    with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as whole:
        whole.write(text)
        whole.flush()
        os.fsync(whole.fileno())
        with suppress(FileExistsError):  # unlike a rename, a link never overwrites another's file
            os.link(whole.name, path)


def partial_of(path: Path, process: int) -> Path:
    """Where a process writes what will be ``path``; what a killed one left may be removed."""
    return path.with_name(f".{path.name}.{process}.part")


def forget_partials(folder: Path, process: int) -> None:
    """Remove what a process that was killed has left in a folder."""
    for left in folder.glob(f".*.{process}.part"):
        left.unlink(missing_ok=True)


def put_in_place(written: Path, path: Path) -> None:
    """Give a written file its name: on the disk first, then one rename, safe against a crash."""
    with written.open("rb") as file:
        os.fsync(file.fileno())
    written.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
