"""Runs one command apart from the desk, with an end, and writes down how it went.

`python -m waypost.desk.publish.child FOLDER STARTED publish --only-claims`
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

LONGEST = 30 * 60
STATE, LOG = "publish.json", "publish.log"


def run(folder: Path, started: str, words: list[str]) -> int:
    """Run the command; the exit code, 124 where it was ended for taking too long."""
    said = {"words": words, "started": started, "process": os.getpid()}
    _write(folder, said | {"code": None})
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, "-m", "waypost.config.command", *words]
    with (folder / LOG).open("wb") as log:
        try:
            code = subprocess.run(  # noqa: S603 - our own program
                command, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                timeout=LONGEST, check=False,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            code = 124
    _write(folder, said | {"code": code})
    return code


def _write(folder: Path, said: dict[str, object]) -> None:
    part = folder / f"{STATE}.{os.getpid()}.part"
    part.write_text(json.dumps(said), "utf-8")
    part.replace(folder / STATE)


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
