"""A connection with a deadline for each of its states, on uvicorn's protocol.

uvicorn waits without end for a first byte, for the end of the headers, and for a client to read.
Here a sweep, once a second, ends every connection that is past its time, and the oldest silent one
gives way where there are too many: a client that does nothing costs one socket, and not for long.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from contextlib import suppress
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from waypost.http_server.limits import ClientLimits

SWEEP_SECONDS = 1.0
LEAST_PROGRESS = 16 * 1024
"""Bytes of an answer that a client must read in `stalled_seconds`: half a kilobyte a second."""

REFUSED_SECONDS = 5.0
"""How long what a refused request still sends is read and dropped: closing at once would reset the
connection, and the client would not see the refusal (RFC 9112, 9.6)."""


class Connections:
    """The open connections of a worker."""

    def __init__(self, limits: ClientLimits) -> None:
        self.limits = limits
        self._open: dict[GuardedConnection, None] = {}
        self._receiving: dict[GuardedConnection, int] = {}  # the oldest first

    def add(self, connection: GuardedConnection) -> None:
        """Take a new connection in; beyond the limit the one that was silent longest is ended."""
        self._open[connection] = None
        if len(self._open) > self.limits.connections:
            silent = (client for client in self._open if client.waits_for_client)
            oldest = min(silent, key=lambda client: client.heard_at, default=connection)
            oldest.end()

    def discard(self, connection: GuardedConnection) -> None:
        """Forget a connection that is closed."""
        self._open.pop(connection, None)

    def receive(self, connection: GuardedConnection, size: int) -> None:
        """Count a part of a body; where all of them are too much, the oldest unfinished ends."""
        self._receiving[connection] = self._receiving.get(connection, 0) + size
        if sum(self._receiving.values()) > self.limits.bodies_bytes:
            next(iter(self._receiving)).end()

    def received(self, connection: GuardedConnection) -> None:
        """A body is whole, or will not come."""
        self._receiving.pop(connection, None)

    def __len__(self) -> int:
        return len(self._open)

    def sweep(self, now: float) -> None:
        """End every connection whose time is up."""
        for connection in tuple(self._open):
            if connection.is_late(now):
                connection.end()

    async def keep_sweeping(self) -> None:
        """Sweep until cancelled."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self.sweep(time.monotonic())


class GuardedConnection(HttpToolsProtocol):
    """uvicorn's connection, watched. Overrides its public callbacks alone."""

    book: Connections  # set on the class that a worker makes of this one

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        now = time.monotonic()
        self.heard_at = now
        self._head_since: float | None = now  # None: no request's headers are being received
        self._head_bytes = 0
        self._has_said_all = False
        self._asked = 0
        self._answered_at = now
        self._unsent = 0
        self._progress_at = now

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has connected; its request's headers have a deadline from now on."""
        super().connection_made(transport)
        self.book.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is closed."""
        self.book.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take bytes in; headers without end are refused."""
        self.heard_at = time.monotonic()
        super().data_received(data)
        if self._head_since is None:
            return
        self._head_bytes += len(data)
        if self._head_bytes > self.book.limits.head_bytes and not self.transport.is_closing():
            self.transport.write(TOO_LARGE_HEAD)
            self.transport.close()

    def eof_received(self) -> bool:  # type: ignore[override]
        """A client that has said all may still read its answer (`printf ... | nc`)."""
        self._has_said_all = True
        return self.is_answering

    def on_message_begin(self) -> None:
        """The first byte of a request."""
        super().on_message_begin()
        self._head_since = self.heard_at
        self._head_bytes = 0
        self._asked += 1
        self.scope["state"]["connection"] = self

    def on_headers_complete(self) -> None:
        """The headers are whole."""
        self._head_since = None
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """An answer is written; a next request that has begun has its time from now on."""
        super().on_response_complete()
        self.heard_at = self._answered_at = time.monotonic()
        if self._head_since is not None:
            self._head_since = self.heard_at

    def shutdown(self) -> None:
        """The server is stopping: whole requests are answered, half ones are not waited for."""
        if self.is_answering and self.cycle.more_body:
            self.end()
        else:
            super().shutdown()

    @property
    def is_answering(self) -> bool:
        """Whether a request is being received or answered."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def waits_for_client(self) -> bool:
        """Whether nothing happens until the client sends or reads: no thread is at work for it."""
        if self.is_answering:
            return self.cycle.more_body or self.flow.write_paused
        return True

    @property
    def ends_after_this(self) -> bool:
        """Whether this request is the connection's last one."""
        return self._asked >= self.book.limits.requests

    @property
    def may_be_gone(self) -> bool:
        """Whether the client has closed its side: most that do read no answer any more."""
        return self._has_said_all or self.transport.is_closing()

    @property
    def is_gone(self) -> bool:
        """Whether nobody is there to read an answer."""
        return self.transport.is_closing()

    def is_late(self, now: float) -> bool:
        """Whether the client has kept us waiting for too long. A request's body has a deadline of
        its own, by route, where it is received."""
        unsent = self.transport.get_write_buffer_size()
        if not unsent or unsent > self._unsent or unsent <= self._unsent - LEAST_PROGRESS:
            self._unsent, self._progress_at = unsent, now
        if now - self._progress_at > self.book.limits.stalled_seconds:
            return True
        if self.is_answering:
            return False
        if self.cycle is not None and self.cycle.more_body:  # refused, and still sending
            return now - self._answered_at > REFUSED_SECONDS
        if self._head_since is None:
            return False
        return now - self._head_since > self.book.limits.head_seconds

    def end(self) -> None:
        """Close at once; what is unsent is dropped, by the system too (SO_LINGER of 0)."""
        peer = self.transport.get_extra_info("socket")
        if peer is not None:
            with suppress(OSError):  # it has gone by itself
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if self.cycle is not None:  # or uvicorn writes a line about an answer that nobody made
            self.cycle.disconnected = True
        self.transport.abort()


def _refusal(status: str, words: str) -> bytes:
    head = f"HTTP/1.1 {status}\r\ncontent-type: text/plain; charset=utf-8\r\nconnection: close"
    return f"{head}\r\ncontent-length: {len(words)}\r\n\r\n{words}".encode("ascii")


TOO_LARGE_HEAD = _refusal(
    "431 Request Header Fields Too Large", "The headers of this request are too large."
)


def watched(book: Connections) -> type[GuardedConnection]:
    """The connection class of a worker, for uvicorn's `http` setting."""
    return type("WatchedConnection", (GuardedConnection,), {"book": book})
