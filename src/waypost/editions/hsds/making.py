"""The data package of a snapshot: made once, beside the other files for download.

    python -m waypost.editions.hsds.making DATA_DIR

Its name also says when a fact last changed here: the same facts may come back after others, and
what a program said of its places fades, so that no file is handed out that still claims a place.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from waypost.editions.beside import start_beside, unless_another_does
from waypost.editions.downloads.files import FOLDER, write_downloads
from waypost.editions.hsds.package import write_package
from waypost.editions.hsds.sites import Sites
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import Snapshot

LOCK = "making-hsds.lock"


def package_tag(sites: Sites) -> str:
    """What tells one package from another."""
    return f"{sites.snapshot.version[:12]}-{sites.last_changed:x}"


def package_path(data_dir: Path, sites: Sites) -> Path:
    """Where the package of a snapshot stands, once it is made."""
    folder = data_dir / FOLDER / sites.snapshot.version
    return folder / f"waypost-hsds-{package_tag(sites)}.zip"


def make_package(data_dir: Path, snapshot: Snapshot, now: datetime) -> Path:
    """Make the package of a snapshot, where it is not there yet; one of before goes.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    sites = Sites(snapshot, now)
    path = package_path(data_dir, sites)
    if not path.exists():
        write_downloads(data_dir, snapshot)
        write_package(path, sites.current())
        for old in path.parent.glob("waypost-hsds-*.zip"):
            if old != path:
                old.unlink(missing_ok=True)
    return path


def make_beside(data_dir: Path) -> None:
    """Start to make it in a process of its own, unless this process has started that already."""
    start_beside(__spec__.name, data_dir)


def main(data_dir: Path) -> None:
    """Make it, unless another process is at it."""
    unless_another_does(
        data_dir / FOLDER / LOCK,
        lambda: make_package(data_dir, Snapshot(data_dir / FILE_NAME), datetime.now(UTC)),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
