"""Two hundred programs of sixty people on PostgreSQL, and their pages as their staff open them.

Runs in a process of its own under the private settings (`program_stand.py`): a PostgreSQL from
Debian's packages in a temporary folder, one program played by `waypost demo program`'s story, the
others copied from it with ids of their own and every person's words sealed anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import postgres_server

STAND = Path(__file__).with_name("program_stand.py")


def run(*, quick: bool, say: Callable[[str], None]) -> None:
    """Print what the fill took, and p50 and p95 of each page."""
    if not postgres_server.installed():
        say("\nPROGRAMS: LEFT OUT, PostgreSQL is not installed (apt-get install postgresql)")
        return
    say("\nPrograms on PostgreSQL: their pages as their staff open them")
    with tempfile.TemporaryDirectory(prefix="waypost-programs-") as folder:
        env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "waypost.config.private_settings",
            "WAYPOST_DATA_DIR": folder,
            "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
        }
        words = [sys.executable, str(STAND), *(["--quick"] if quick else [])]
        process = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        try:
            for line in process.stdout:
                say(line.rstrip())
            if process.wait():
                raise SystemExit("The programs' stand failed.")
        finally:
            process.kill()
            process.wait()
