"""The desk while the public site is flooded: its p99 beside its idle p99, both as operators run them."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import DEVNULL, Popen
from subprocess import run as call

from flood import flooded, milliseconds, percentile
from running import answer_of, held_port, logged

CONNECTIONS = 32
MOST = 5.0
"""The desk's p99 under a flood stays under so many times its idle p99."""


def run(*, snapshot: Path, quick: bool, say: Callable[[str], None]) -> None:
    """Print milliseconds idle and flooded, and their ratio."""
    count = 200 if quick else 1_000
    say(
        f"\nThe desk's sign-in page, {count} times, while {CONNECTIONS} connections flood the public site"
    )
    with _both(snapshot) as (public, desk):
        page = f"{desk}/account/login/"
        milliseconds(page, 50)  # templates are compiled
        idle = milliseconds(page, count)
        with _loaded(public) as how:
            busy = milliseconds(page, count)
    say(f"{'':>10}{'p50, ms':>10}{'p99, ms':>10}")
    for name, took in (("idle", idle), ("flooded", busy)):
        say(f"{name:>10}{percentile(took, 0.5):>10.1f}{percentile(took, 0.99):>10.1f}")
    ratio = percentile(busy, 0.99) / percentile(idle, 0.99)
    say(
        f"{how}; p99 flooded / idle: {ratio:.1f} ({'held' if ratio < MOST else 'NOT HELD'}: under {MOST:.0f})"
    )


@contextmanager
def _both(snapshot: Path) -> Iterator[tuple[str, str]]:
    with (
        tempfile.TemporaryDirectory(prefix="waypost-bench-") as name,
        held_port() as public,
        held_port() as desk,
    ):
        folder = Path(name)
        os.link(snapshot, folder / "snapshot.sqlite3")
        env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"} | {
            "WAYPOST_DATA_DIR": name, "WAYPOST_PRIVATE_BASE_URL": f"http://127.0.0.1:{desk}"}  # fmt: skip
        words = [
            sys.executable,
            "-m",
            "waypost.config.command",
            "serve",
            "--port",
            str(public),
            "--desk-port",
            str(desk),
        ]
        at = [f"http://127.0.0.1:{port}" for port in (public, desk)]
        with logged(words, folder / "log", env) as server:
            for address in (f"{at[0]}/robots.txt", f"{at[1]}/account/login/"):
                answer_of(address, server, folder / "log")
            yield at[0], at[1]


@contextmanager
def _loaded(public: str) -> Iterator[str]:
    """wrk where it is installed; else threads of this process, which slow its own clock too."""
    if call(["which", "wrk"], stdout=DEVNULL, check=False).returncode == 0:
        wrk = Popen(
            ["wrk", "-t1", f"-c{CONNECTIONS}", "-d600s", f"{public}/find?near=78701"],
            stdout=DEVNULL,
        )
        try:
            yield "flooded by wrk"
        finally:
            wrk.kill()
            wrk.wait()
        return
    with flooded(public, CONNECTIONS):
        yield "flooded by threads"
