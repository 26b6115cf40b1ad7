"""`waypost serve`: the site and the APIs, on one or several workers."""

from __future__ import annotations

import os
import socket
from typing import Annotated

import typer
from django.conf import settings

from waypost.cli.exits import BAD_QUESTION, NOT_DONE, stop
from waypost.cli.ready import ensure_snapshot, with_database

EXAMPLES = """Examples:

`waypost serve`

`waypost serve --host 0.0.0.0 --port 80 --workers 4`"""
MOST_WORKERS = 64
LIVE_THREADS = 12  # the eight questions that a process has on their way at most, and four for pages


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; 0 is one a processor.")] = 0,
) -> None:
    """Serve the site; the first start builds the directory."""
    if not 0 <= workers <= MOST_WORKERS:
        stop(f"--workers runs from 0 to {MOST_WORKERS}.", BAD_QUESTION)
    if not 1 <= port <= 65535:
        stop("--port runs from 1 to 65535.", BAD_QUESTION)
    _check_free(host, port)
    ensure_snapshot()
    with_database()
    _start(host, port, workers or os.cpu_count() or 1)


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            stop(
                f"Cannot listen on {host} port {port} ({error.strerror}); choose another --port.",
                NOT_DONE,
            )


def _threads() -> int:
    """One: pages are short computations, and more threads only share one core.

    Live questions wait for payers; each holds a thread, and pages need threads beside them.
    """
    return 1 if settings.WAYPOST_ELIGIBILITY is None else LIVE_THREADS


def _start(host: str, port: int, workers: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    shown = f"[{host}]" if ":" in host else host
    print(f"Waypost is at http://{shown}:{port} (data in {settings.WAYPOST_DATA_DIR}).", flush=True)
    print("Press Ctrl+C to stop.", flush=True)
    Granian(
        "waypost.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_threads(),
        backpressure=256,
        log_access=False,  # nobody's search belongs in a log
        log_level=LogLevels.warning,
    ).serve()
