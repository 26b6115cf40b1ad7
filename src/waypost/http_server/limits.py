"""How much and how long a client may send, and where its request is answered."""

from __future__ import annotations

from dataclasses import dataclass

FORM = 256 * 1024
"""Bytes of the largest body: a form whose longest field is refused by its view in a sentence."""


@dataclass(frozen=True, slots=True)
class RouteLimit:
    """What a request below a path may bring.

    ``body_bytes`` is the largest body, ``body_seconds`` how long all of it may take, and ``lane``
    the group of threads in which its view runs (see `waypost.http_server.lanes`). ``method`` is
    the one that it holds for, '' for all.
    """

    prefix: str
    method: str = ""
    body_bytes: int = FORM
    body_seconds: float = 30.0
    lane: str = "pages"


@dataclass(frozen=True, slots=True)
class ClientLimits:
    """What a connection may cost; seconds and bytes.

    ``head_seconds`` runs from the connection, or from the first byte of a later request, to the
    end of the request's headers. ``stalled_seconds`` is how long an answer may make no progress
    because the client does not read. ``connections`` is for each worker; the one that has been
    silent longest gives way to a new one. ``bodies_bytes`` bounds all bodies that are being
    received, and ``multipart_bytes`` a body that looks like an upload: no route takes a file.
    After ``requests`` a connection is closed, so that a proxy that keeps eight, all of which one
    worker took while the other was busy, soon has them with both.
    """

    head_seconds: float = 10.0
    idle_seconds: int = 15
    stalled_seconds: float = 30.0
    target_bytes: int = 16 * 1024
    head_bytes: int = 32 * 1024
    connections: int = 2000
    requests: int = 100
    bodies_bytes: int = 32 * 1024 * 1024
    multipart_bytes: int = 64 * 1024


def limit_for(method: str, path: str, routes: tuple[RouteLimit, ...]) -> RouteLimit:
    """The first limit that holds for the request; the usual one where none does."""
    for limit in routes:
        if path.startswith(limit.prefix) and limit.method in ("", method):
            return limit
    return USUAL


USUAL = RouteLimit("/")
