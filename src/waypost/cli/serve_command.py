"""`waypost serve`: the site and the APIs, on one or several workers."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated

import typer
from django.conf import settings

from waypost.cli.desk_command import private_part, texting_parts, where_desk_is
from waypost.cli.exits import BAD_QUESTION, NOT_DONE, stop
from waypost.cli.private import PRIVATE_PREFIX, with_private_database
from waypost.cli.ready import brought_up_to_date, ensure_snapshot, why_no_database
from waypost.http_server.listening import listen
from waypost.http_server.seat import Served
from waypost.http_server.supervisor import Part, supervise
from waypost.limits.limit import VARIABLE
from waypost.limits.table import new_memory

EXAMPLES = """Examples:

`waypost serve`

`waypost serve --host 0.0.0.0 --port 80 --workers 4`"""
MOST_WORKERS = 64
PUBLIC_GIVES_WAY = 5
"""Niceness: on a machine that a flood keeps busy, the desk comes first and publishing last. On
Linux the desk has three quarters of a processor that both ask for."""


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(help="Processes; 0 means one per processor.")] = 0,
    desk_port: Annotated[
        int, typer.Option(help="The desk's port, on a loopback address; 0 serves no desk.")
    ] = 8001,
) -> None:
    """Serve the site, and the desk in a separate process; the first start builds the directory."""
    if not 0 <= workers <= MOST_WORKERS:
        stop(f"--workers must be from 0 to {MOST_WORKERS}.", BAD_QUESTION)
    if not 1 <= port <= 65535:
        stop("--port must be from 1 to 65535.", BAD_QUESTION)
    listener = _listener(host, port)
    ensure_snapshot()
    problem = why_no_database(with_private_database if desk_port else brought_up_to_date)
    if problem:  # pages do not need the database
        desk_port = 0
        _say(f"{problem} Pages are served; reports and the desk are not until it is fixed.")
    site, desk = _reached_at(host, port), where_desk_is(desk_port) if desk_port else ""
    limits = new_memory()
    public = Served(
        name="the public site",
        target="waypost.config.wsgi:application",
        workers=workers or os.cpu_count() or 1,
        environment=public_environment(site, desk) | {VARIABLE: str(limits)},
        descriptors=(limits,),
        gives_way=PUBLIC_GIVES_WAY if desk_port else 0,
    )
    parts: list[Part] = [(public, listener)]
    shown = f"[{host}]" if ":" in host else host
    print(f"Waypost is at http://{shown}:{port} (data in {settings.WAYPOST_DATA_DIR}).", flush=True)
    print("Press Ctrl+C to stop.", flush=True)
    if desk:
        parts.append((private_part(1, desk, site), _listener("127.0.0.1", desk_port)))
        parts += texting_parts(desk, site)
        print(f"The desk is at {desk}.", flush=True)
    if not supervise(parts, say=_say):
        raise typer.Exit(NOT_DONE)


def _listener(host: str, port: int) -> socket.socket:
    try:
        return listen(host, port)
    except OSError as error:
        stop(
            f"Cannot listen on {host} port {port} ({error.strerror}); choose another --port.",
            NOT_DONE,
        )


def _reached_at(host: str, port: int) -> str:
    """Where a browser on this machine reaches a server that listens here."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - only read
    named = everywhere.get(host, host)
    return f"http://[{named}]:{port}" if ":" in named else f"http://{named}:{port}"


def public_environment(site: str, desk: str) -> dict[str, str]:
    """The public process's environment: it holds no way to the private database, and no key.

    ``site`` is where it is reached, unless the operator says otherwise; ``desk`` is where a desk is
    served beside it, which takes live questions where they are on, or "" where none is.
    """
    kept = {
        k: v
        for k, v in os.environ.items()
        if not k.startswith(PRIVATE_PREFIX) and k != "WAYPOST_SIGNING_KEY"
    }
    if not kept.get("WAYPOST_BASE_URL", "").strip():
        kept["WAYPOST_BASE_URL"] = site
    if desk and getattr(settings, "WAYPOST_ELIGIBILITY", None) is not None:
        kept.setdefault("WAYPOST_LIVE_URL", desk)
    return kept | {"DJANGO_SETTINGS_MODULE": "waypost.config.settings"}


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
