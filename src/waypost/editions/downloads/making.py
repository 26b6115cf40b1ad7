"""Makes the files for download in a separate process, beside a running server.

    python -m waypost.editions.downloads.making DATA_DIR

Needed where a snapshot lacks them because an older Waypost made it or it was restored.
"""

from __future__ import annotations

import sys
from pathlib import Path

from waypost.editions.beside import start_beside, unless_another_does
from waypost.editions.downloads.files import FOLDER, write_downloads
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import Snapshot

LOCK = "making.lock"


def make_beside(data_dir: Path) -> None:
    """Start making them, unless this process has already started."""
    start_beside(__spec__.name, data_dir)


def main(data_dir: Path) -> None:
    """Make them, unless another process is making them."""
    unless_another_does(
        data_dir / FOLDER / LOCK, lambda: write_downloads(data_dir, Snapshot(data_dir / FILE_NAME))
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
