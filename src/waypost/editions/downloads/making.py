"""Makes the files for download in a separate process, beside a running server.

    python -m waypost.editions.downloads.making DATA_DIR

Needed where a snapshot lacks them because an older Waypost made it or it was restored.
"""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from pathlib import Path

from waypost.editions.downloads.files import FOLDER, write_downloads
from waypost.publishing.build import FILE_NAME
from waypost.publishing.reader import Snapshot

LOCK = "making.lock"
_running: list[subprocess.Popen[bytes]] = []


def make_beside(data_dir: Path) -> None:
    """Start making them, unless this process has already started."""
    _running[:] = [process for process in _running if process.poll() is None]
    if not _running:
        words = [sys.executable, "-m", __spec__.name, str(data_dir)]
        _running.append(subprocess.Popen(words, stdin=subprocess.DEVNULL))  # noqa: S603 - ourselves


def main(data_dir: Path) -> None:
    """Make them, unless another process is making them."""
    os.nice(10)  # visitors' requests come first
    (data_dir / FOLDER).mkdir(parents=True, exist_ok=True)
    with (data_dir / FOLDER / LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        write_downloads(data_dir, Snapshot(data_dir / FILE_NAME))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
