"""A small WSGI application whose answers are known, with limits that a test can wait for.

Views that last say that they have begun, and last until the test lets them go: both are files of the
folder that `FOLDER` names in the environment. `PATIENT` makes its deadlines too long to wait for.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from running import until
from waypost.http_server.limits import ClientLimits, RouteLimit

FOLDER, PATIENT = "TINY_SITE_FOLDER", "TINY_SITE_PATIENT"
PATIENCE = 600 if PATIENT in os.environ else 2
HTTP_LIMITS = ClientLimits(
    head_seconds=PATIENCE,
    idle_seconds=PATIENCE,
    stalled_seconds=PATIENCE,
    connections=50,
    requests=20,
    bodies_bytes=400_000,
)
HTTP_LANES = {"pages": 1, "slow": 4}
HTTP_ROUTES = (
    RouteLimit("/small", body_bytes=1000, body_seconds=PATIENCE),
    RouteLimit("/slow", lane="slow"),
    RouteLimit("/", body_seconds=PATIENCE),
)
LARGE = 8_000_000
closed: list[str] = []


class Made:
    """An answer that is made as it is read."""

    streaming = True

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        closed.append("made")


def hello(environ: dict[str, Any]) -> bytes:
    return b"hello"


def echo(environ: dict[str, Any]) -> bytes:
    return environ["wsgi.input"].read()


def headers(environ: dict[str, Any]) -> bytes:
    return "\n".join(f"{k}={v}" for k, v in sorted(environ.items()) if k.isupper()).encode(
        "latin-1"
    )


def hold(environ: dict[str, Any]) -> bytes:
    """Say that it has begun; rest until the test lets it go."""
    folder = Path(os.environ[FOLDER])
    with (folder / "begun").open("a") as begun:
        begun.write(".")
    until((folder / "go").exists, "word to go on", 600)
    return b"rested"


def whoami(environ: dict[str, Any]) -> bytes:
    return str(os.getpid()).encode()


def fail(environ: dict[str, Any]) -> bytes:
    raise RuntimeError("on purpose")


def number_closed(environ: dict[str, Any]) -> bytes:
    return str(len(closed)).encode()


def large(environ: dict[str, Any]) -> bytes:
    return b"x" * LARGE


PAGES: dict[str, Callable[[dict[str, Any]], bytes]] = {
    "/": hello,
    "/echo": echo,
    "/small": echo,
    "/headers": headers,
    "/hold": hold,
    "/slow/hold": hold,
    "/whoami": whoami,
    "/slow/whoami": whoami,
    "/fail": fail,
    "/closed": number_closed,
    "/large": large,
}


def pieces(count: int) -> Iterator[bytes]:
    for number in range(count):
        yield b"%7d\n" % number * 1024
        if number == 500:
            raise RuntimeError("on purpose, after much was said")


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    if path in PAGES:
        body = PAGES[path](environ)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [body]
    if path == "/made":
        start_response("200 OK", [("Content-Type", "text/plain")])
        return Made(pieces(int(environ["QUERY_STRING"] or 100)))
    if path == "/file":
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the server closes it
        file.write(bytes(range(256)) * int(environ["QUERY_STRING"] or 1))
        size = file.tell()
        file.seek(0)
        start_response("200 OK", [("Content-Length", str(size))])
        return environ["wsgi.file_wrapper"](file, 4096)
    start_response("404 Not Found", [("Content-Type", "text/plain")])
    return [b"nothing here"]
