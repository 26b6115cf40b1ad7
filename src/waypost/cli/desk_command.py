"""`waypost desk`: only the private process, where staff work."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated

import typer
from django.conf import settings

from waypost.cli.exits import NOT_DONE, stop
from waypost.cli.private import with_private_database
from waypost.cli.ready import ensure_snapshot
from waypost.http_server.listening import listen
from waypost.http_server.seat import Served
from waypost.http_server.supervisor import supervise
from waypost.texting.operator import WORK_INSIDE

EXAMPLES = """Example:

`waypost desk --port 8001`"""


def desk(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8001,
    workers: Annotated[int, typer.Option(help="Processes.")] = 1,
) -> None:
    """Serve only the desk: accounts, the queue, the audit. Nothing public is served."""
    try:
        listener = listen(host, port)
    except OSError as error:
        stop(f"Cannot listen on {host} port {port} ({error.strerror}).", NOT_DONE)
    ensure_snapshot()
    with_private_database()
    if not serve_both([(private_part(workers), listener)]):
        raise typer.Exit(NOT_DONE)


def private_part(workers: int, public: str = "") -> Served:
    """The private process as the supervisor starts it.

    ``public`` is where the site is served beside it: its pages of live questions lead back there,
    unless the operator says where the public reaches the site.
    """
    site = {"WAYPOST_BASE_URL": public} if public else {}
    return Served(
        name="the desk",
        target="waypost.config.private_wsgi:application",
        workers=workers,
        environment=site
        | os.environ
        | {"DJANGO_SETTINGS_MODULE": "waypost.config.private_settings", WORK_INSIDE: "1"},
    )


def serve_both(parts: list[tuple[Served, socket.socket]]) -> bool:
    """Say where the desk is, then serve until told to stop."""
    print(f"The desk is at {settings.WAYPOST_DESK_URL}.", flush=True)
    return supervise(parts, say=lambda words: print(words, file=sys.stderr, flush=True))
