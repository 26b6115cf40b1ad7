"""The last snapshots, kept so that a publish can be taken a step back.

A snapshot is never written again, so that keeping one is a second name of the same file.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

FOLDER = "snapshots"
MOST = 5


@dataclass(frozen=True, slots=True)
class KeptSnapshot:
    """A snapshot that was in use: its number among the kept, its file, and when it was written."""

    number: int
    path: Path
    written_at: datetime


def kept_snapshots(data_dir: Path) -> list[KeptSnapshot]:
    """The kept snapshots, the newest first."""
    snapshots = []
    for path in (data_dir / FOLDER).glob("*.sqlite3"):
        with suppress(ValueError, OSError):  # another's file, or one that goes at this moment
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            snapshots.append(KeptSnapshot(int(path.stem), path, written))
    return sorted(snapshots, key=lambda snapshot: -snapshot.number)


def keep(current: Path) -> None:
    """Keep the snapshot that is in use before another takes its place; the oldest go.

    Whoever publishes holds the lock, so that nobody else counts at the same time.
    """
    if not current.exists():
        return
    before = kept_snapshots(current.parent)
    number = before[0].number + 1 if before else 1
    second_name(current, current.parent / FOLDER / f"{number}.sqlite3")
    for old in before[MOST - 1 :]:
        old.path.unlink(missing_ok=True)


def second_name(path: Path, name: Path) -> None:
    """Give a file another name; where the disk knows no links, a copy."""
    name.parent.mkdir(exist_ok=True)
    try:
        os.link(path, name)
    except OSError:
        shutil.copy2(path, name)
