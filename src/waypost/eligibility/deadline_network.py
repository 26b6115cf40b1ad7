"""A network on which every connect, read and write shares one deadline.

httpcore's documented way to bring one's own network
(https://www.encode.io/httpcore/network-backends/): its own limits restart with each operation.
"""

import ssl
from collections.abc import Iterable
from typing import Any

import httpcore
from httpcore import NetworkBackend, NetworkStream

from waypost.eligibility.port import Deadline

Options = Iterable[Any]


class DeadlineNetwork(NetworkBackend):
    """Opens connections on the system's network, each with what is left until the deadline."""

    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Options | None = None,
    ) -> NetworkStream:
        """A connection; httpcore's own timeout is ignored."""
        remaining = _left(self._deadline, httpcore.ConnectTimeout)
        stream = self._system.connect_tcp(host, port, remaining, local_address, socket_options)
        return DeadlineStream(stream, self._deadline)

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Options | None = None
    ) -> NetworkStream:
        """Payers are not asked over a socket of this machine."""
        raise httpcore.ConnectError

    def sleep(self, seconds: float) -> None:
        """There are no retries here, so nobody sleeps."""


class DeadlineStream(NetworkStream):
    """A connection whose reads and writes take what is left until the deadline, and no more."""

    def __init__(self, stream: NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes; raises `httpcore.ReadTimeout` at the deadline."""
        return self._stream.read(max_bytes, _left(self._deadline, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All the bytes; raises `httpcore.WriteTimeout` at the deadline."""
        self._stream.write(buffer, _left(self._deadline, httpcore.WriteTimeout))

    def close(self) -> None:
        """The connection ends."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> NetworkStream:
        """The same connection, encrypted."""
        remaining = _left(self._deadline, httpcore.ConnectTimeout)
        stream = self._stream.start_tls(ssl_context, server_hostname, remaining)
        return DeadlineStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a connection, such as whether it is still readable."""
        return self._stream.get_extra_info(info)


def _left(deadline: Deadline, over: type[httpcore.TimeoutException]) -> float:
    """Seconds until the deadline; raises `over` when there are none."""
    remaining = deadline.left
    if not remaining:
        raise over
    return remaining
