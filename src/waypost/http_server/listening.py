"""The socket that all workers of an application accept from."""

from __future__ import annotations

import socket
import sys

WAITING = 1024  # connections that the system holds until a worker takes them
UNSENT = 128 * 1024


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens; 0 lets the system choose a port.

    Raises:
        OSError: the address is taken, or is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named, for asyncio sends small answers at once only then (TCP_NODELAY).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _bound_unsent(listener)
        listener.bind((host, port))
        listener.listen(WAITING)
    except BaseException:
        listener.close()
        raise
    return listener


def from_descriptor(descriptor: int) -> socket.socket:
    """The listener that a supervisor handed down."""
    return socket.socket(fileno=descriptor)


def _bound_unsent(listener: socket.socket) -> None:
    """Let the system hold little that is not on its way: a client that does not read costs memory.

    A connection has from its listener what is set there.
    """
    if sys.platform == "linux":
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)
