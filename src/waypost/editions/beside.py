"""Work that a running server starts in a process of its own, so that visitors come first."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

_running: dict[str, subprocess.Popen[bytes]] = {}


def start_beside(module: str, data_dir: Path) -> None:
    """Run a module on a data folder in another process, unless this one has it running already."""
    running = _running.get(module)
    if running is None or running.poll() is not None:
        words = [sys.executable, "-m", module, str(data_dir)]
        _running[module] = subprocess.Popen(words, stdin=subprocess.DEVNULL)  # noqa: S603 - ourselves


def unless_another_does(lock: Path, work: Callable[[], object]) -> None:
    """Do the work at low priority, unless another process holds its lock."""
    os.nice(10)  # visitors' requests come first
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as lock_file:
        try:
            fcntl.flock(lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return
        work()
