"""Starts a publish in a process of its own, and says how the last one went."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from waypost.desk.publish.child import LOG, STATE

MOST_SHOWN = 4_000
LOCK = "publish.start"


@dataclass(frozen=True, slots=True)
class PublishRun:
    """The last publish from the desk: its start, whether it still runs, its exit code and words."""

    started: str
    words: tuple[str, ...]
    running: bool
    code: int | None
    log: str


def start_alone(folder: Path, started: str, words: list[str], before: Callable[[], None]) -> bool:
    """Start the command unless one runs; whether it was started. ``before`` is called just before.

    Two people who press at the same moment, at two workers, start one.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        run = last_run(folder)
        if run is not None and run.running:
            return False
        before()
        start(folder, started, words)
    return True


def start(folder: Path, started: str, words: list[str]) -> None:
    """Start the command and leave it to itself."""
    (folder / STATE).unlink(missing_ok=True)
    command = [sys.executable, "-m", "waypost.desk.publish.child", str(folder), started, *words]
    process = subprocess.Popen(  # noqa: S603 - our own module
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    said = {"words": words, "started": started, "process": process.pid, "code": None}
    (folder / LOG).touch()
    # where the child has not said so itself yet
    with suppress(FileExistsError), (folder / STATE).open("x") as state:
        json.dump(said, state)
    # somebody has to wait for it, or its number stays taken and it seems to run for ever
    threading.Thread(target=process.wait, daemon=True).start()


def last_run(folder: Path) -> PublishRun | None:
    """How the last publish went; None where there was none."""
    try:
        state = json.loads((folder / STATE).read_text("utf-8"))
        log = (folder / LOG).read_bytes()[-MOST_SHOWN:].decode("utf-8", "replace")
    except (OSError, ValueError):
        return None
    code = state["code"]
    running = code is None and _lives(state["process"])
    return PublishRun(state["started"], tuple(state["words"]), running, code, log)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except OSError:
        return False
    return True
