"""No test reaches beyond this machine: a name that is looked up or an address that is called ends it.

Python tells of every connection before it is made (PEP 578), whichever library makes it. Programs
that tests start are held by what they are given: the browser by its own tests, the rest by having
nobody to call.
"""

from __future__ import annotations

import sys
from ipaddress import ip_address

HERE = {"", "localhost", "testserver"}
LOOKED_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
CALLED = {"socket.connect", "socket.sendto"}


class NetworkUsed(AssertionError):
    """A test wants to reach another machine."""


def is_here(host: object) -> bool:
    """Whether a host is this machine."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")
    try:
        return ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return name in HERE


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Raise `NetworkUsed` where another machine is about to be reached."""
    if event in LOOKED_UP:
        host = arguments[0]
    elif event in CALLED and isinstance(arguments[1], tuple):  # not the path of a local socket
        host = arguments[1][0]
    else:
        return
    if not is_here(host):
        raise NetworkUsed(f"{event}: {host!r} is not this machine, and tests use no network")


sys.addaudithook(refuse)
