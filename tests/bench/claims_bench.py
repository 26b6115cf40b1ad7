"""A publish that brings claims alone, of the real directory: its seconds and its memory.

What is said and decided stands in a database of its own beside a copy of the snapshot; each publish
is a process of its own, as `waypost publish --only-claims` is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

MOST_SECONDS, MOST_MEGABYTES = 5, 300
"""What such a publish may take."""
PUBLISH = (sys.executable, "-m", "waypost.config.command", "publish", "--only-claims")
SESSION = {"days": ["mon", "wed"], "start": "18:00", "end": "21:00"}


def run(snapshot: Path, *, quick: bool, say: Callable[[str], None]) -> None:
    """Print what each publish says of itself, and how long it took with its start."""
    say(
        f"\nA publish of claims alone (at most {MOST_SECONDS} s and {MOST_MEGABYTES} MB): "
        "what it says, and the seconds with its start"
    )
    with tempfile.TemporaryDirectory(prefix="waypost-bench-") as folder:
        shutil.copy(snapshot, Path(folder) / "snapshot.sqlite3")
        os.environ["WAYPOST_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "waypost.config.settings"
        ids = _ready(snapshot)
        for speaking in (1, 100) if quick else (1, 100, 2_000):
            _claim(ids[:speaking])
            start = time.monotonic()
            done = subprocess.run(PUBLISH, capture_output=True, text=True, check=True, timeout=600)
            took = time.monotonic() - start
            say(
                f"{speaking:>8,} programs speak, a tenth renamed: {took:5.1f} s  {done.stdout.strip()}"
            )


def _ready(snapshot: Path) -> Sequence[str]:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    from waypost.publishing.reader import Snapshot

    return Snapshot(snapshot).current_ids()


def _claim(ids: Sequence[str]) -> None:
    """Words of hours of every program, and a decision on the name of each tenth."""
    from waypost.directory.actions import decide_fact, say_timetable
    from waypost.directory.timetables import Speaker

    now = datetime.now(UTC)
    track = {"id": "evening", "sessions": [SESSION], "zone": "America/Chicago"}
    for number, site_id in enumerate(ids):
        say_timetable(site_id=site_id, field="tracks", value=[track], speaker=Speaker.SOFTWARE,
                      organization="org_x", by="bench", now=now)  # fmt: skip
        if number % 10 == 0:
            decide_fact(site_id=site_id, kind="name", value=f"House {number}", reason="bench",
                        by="person:1", now=now)  # fmt: skip
