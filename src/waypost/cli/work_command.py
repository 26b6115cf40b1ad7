"""`waypost work`: answers and sends texts, runs timers and series."""

from __future__ import annotations

import signal
from typing import Annotated

import typer
from django.db import connection

from waypost.cli.exits import BAD_QUESTION, NOT_DONE, stop
from waypost.cli.private import with_private_database
from waypost.cli.ready import ensure_snapshot

EXAMPLES = """Example:

`waypost work --threads 16`"""
MOST_THREADS = 256


def work(
    threads: Annotated[int, typer.Option(help="Texts that are sent at once.")] = 16,
    once: Annotated[bool, typer.Option(help="Do what is due, then end.")] = False,
) -> None:
    """Answer and send texts; with PostgreSQL several may run, otherwise one."""
    from waypost.texting.actions.claiming import free_heard
    from waypost.texting.tasks.starting import new_worker, only_worker

    if not 1 <= threads <= MOST_THREADS:
        stop(f"--threads must be from 1 to {MOST_THREADS}.", BAD_QUESTION)
    ensure_snapshot()
    with_private_database()
    if connection.vendor == "sqlite" and only_worker() is None:
        stop(
            "Another worker is already running: `waypost serve` and `waypost desk` have one.",
            NOT_DONE,
        )
    if connection.vendor == "sqlite":
        free_heard()
    worker = new_worker(threads)
    if once:
        while worker.turn():
            pass
        return
    signal.signal(signal.SIGTERM, lambda *_: worker.stop())
    signal.signal(signal.SIGINT, lambda *_: worker.stop())
    print("Working: texts are answered and sent. Press Ctrl+C to stop.", flush=True)
    worker.run()
