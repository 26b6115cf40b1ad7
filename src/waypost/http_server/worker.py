"""A worker process: one application behind the front, on a socket that its supervisor opened.

    python -m waypost.http_server.worker MODULE:APPLICATION --listener FD --lifeline FD --beat FD

The module may hold ``HTTP_ROUTES``, the limits of its routes, ``HTTP_LANES``, the threads of each
lane, and ``HTTP_LIMITS``, the `ClientLimits` where they are not the usual ones.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import resource
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from typing import Any

import uvicorn

from waypost.http_server.accepting import SharingServer
from waypost.http_server.connection import Connections, watched
from waypost.http_server.front import Front
from waypost.http_server.lanes import Lane
from waypost.http_server.limits import ClientLimits
from waypost.http_server.listening import from_descriptor

MOST_WAITING = 128
STOP_SECONDS = 7
BEAT_SECONDS = 1.0
HUNG_SECONDS = 30.0
DEFAULT_LANES = {"pages": 1, "files": 2}
SWITCH_SECONDS = 0.001
DESCRIPTORS = 8192


def serve(target: str, listener_fd: int, lifeline_fd: int, beat_fd: int) -> None:
    """Answer until told to stop, or until the supervisor is gone."""
    _allow_connections()
    # A page takes a millisecond or two; the loop should not wait five for its turn (the default).
    sys.setswitchinterval(SWITCH_SECONDS)
    module, _, name = target.partition(":")
    served = import_module(module)
    listener = from_descriptor(listener_fd)
    host, port = listener.getsockname()[:2]
    lanes = _lanes(getattr(served, "HTTP_LANES", {}))
    book = Connections(getattr(served, "HTTP_LIMITS", ClientLimits()))
    routes = getattr(served, "HTTP_ROUTES", ())
    front = Front(getattr(served, name), book, lanes, routes, (host, port))
    server = SharingServer(_config(front, book), lanes["pages"].is_busy)
    asyncio.run(_run(server, listener, book, lanes, lifeline_fd, beat_fd))
    os._exit(0)  # a view that hangs does not keep the process


def _config(front: Front, book: Connections) -> uvicorn.Config:
    return uvicorn.Config(
        front,
        interface="asgi3",
        loop="asyncio",
        http=watched(book),
        ws="none",
        lifespan="off",
        timeout_keep_alive=book.limits.idle_seconds,
        timeout_graceful_shutdown=STOP_SECONDS,
        access_log=False,  # nobody's search belongs in a log
        log_config=None,
        log_level=logging.ERROR,  # a line for each malformed request would fill a disk
        proxy_headers=False,  # the application knows whom it trusts
        server_header=False,
    )


def _lanes(stated: Mapping[str, int]) -> dict[str, Lane]:
    threads = DEFAULT_LANES | dict(stated)
    return {name: Lane(name, count, MOST_WAITING) for name, count in threads.items()}


async def _run(
    server: uvicorn.Server,
    listener: Any,
    book: Connections,
    lanes: Mapping[str, Lane],
    lifeline_fd: int,
    beat_fd: int,
) -> None:
    loop = asyncio.get_running_loop()

    def supervisor_is_gone() -> None:
        loop.remove_reader(lifeline_fd)
        server.should_exit = True

    loop.add_reader(lifeline_fd, supervisor_is_gone)  # it is never written to, only closed
    watching = [
        asyncio.create_task(book.keep_sweeping()),
        asyncio.create_task(_beat(beat_fd, lanes)),
    ]
    await server.serve(sockets=[listener])
    for task in watching:
        task.cancel()


async def _beat(descriptor: int, lanes: Mapping[str, Lane]) -> None:
    """Tell the supervisor every second that this worker is alive.

    A page that has been computed for half a minute never ends: the worker falls silent, and the
    supervisor puts another in its place.
    """
    os.set_blocking(descriptor, False)
    while lanes["pages"].longest() < HUNG_SECONDS:
        with suppress(BlockingIOError, BrokenPipeError):
            os.write(descriptor, b".")
        await asyncio.sleep(BEAT_SECONDS)


def _allow_connections() -> None:
    """Raise the number of open files to what the connections need, as far as the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, DESCRIPTORS)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def main() -> None:
    """Read the command line that the supervisor writes."""
    parser = argparse.ArgumentParser()
    parser.add_argument("target")
    for name in ("listener", "lifeline", "beat"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--gives-way", type=int, default=0)
    arguments = parser.parse_args()
    os.nice(arguments.gives_way)
    serve(arguments.target, arguments.listener, arguments.lifeline, arguments.beat)


if __name__ == "__main__":
    main()
