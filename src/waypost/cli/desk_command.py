"""`waypost desk`: only the private process, where staff work."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from django.conf import settings
from django.db import connection

from waypost.cli.exits import NOT_DONE, stop
from waypost.cli.private import with_private_database
from waypost.cli.ready import ensure_snapshot
from waypost.http_server.listening import listen
from waypost.http_server.seat import Served
from waypost.http_server.supervisor import Part, supervise

DESK_URL = "WAYPOST_PRIVATE_BASE_URL"
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
    address = where_desk_is(port)
    print(f"The desk is at {address}.", flush=True)
    parts = [(private_part(workers, address), listener), *texting_parts(address)]
    if not supervise(parts, say=_say):
        raise typer.Exit(NOT_DONE)


def where_desk_is(port: int) -> str:
    """Where staff reach the desk: the operator's word, or this port of this machine."""
    if os.environ.get(DESK_URL, "").strip():
        return str(settings.WAYPOST_DESK_URL)
    return f"http://localhost:{port}"  # a passkey belongs to a name, never to a bare address


def private_part(workers: int, desk: str, site: str = "") -> Served:
    """The private process as the supervisor starts it; its mails and cookies are of ``desk``.

    ``site`` is where the site is served beside it: its pages of live questions lead back there,
    unless the operator says where the public reaches the site.
    """
    return Served(
        name="the desk",
        target="waypost.config.private_wsgi:application",
        workers=workers,
        environment=_private_environment(desk, site),
    )


GIVES_WAY = 5
"""Niceness of the worker of texting: a carrier waits for the desk's answer, and nobody for the
worker but a person in danger, whom it handles before everybody else."""


def texting_parts(desk: str, site: str = "") -> list[Part]:
    """The worker of texting, in a process of its own, as the supervisor starts it beside the desk.

    None on PostgreSQL, where the operator starts as many as it takes.
    """
    if connection.vendor != "sqlite":
        return []
    served = Served(
        name="texting",
        target="waypost.texting.tasks.process",
        workers=1,
        environment=_private_environment(desk, site),
        gives_way=GIVES_WAY,
    )
    return [(served, None)]


def _private_environment(desk: str, site: str) -> dict[str, str]:
    addresses = {DESK_URL: desk} | ({"WAYPOST_BASE_URL": site} if site else {})
    return (
        addresses
        | {k: v for k, v in os.environ.items() if v.strip() or k not in addresses}
        | {"DJANGO_SETTINGS_MODULE": "waypost.config.private_settings"}
    )


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
