"""uvicorn's server, taking connections one at a time, and leaving them to whoever is idle."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable

import uvicorn

LEFT_SECONDS = 0.05
"""For how long a busy worker leaves a new connection to the others. If it is still there then, all
are busy, and it may as well wait here."""

NO_DESCRIPTOR_SECONDS = 1.0


class Acceptor:
    """Accepts from a socket that several processes share.

    asyncio's own server would take all waiting connections as soon as it wakes, the first worker
    every one of them. Has what uvicorn asks of a server: `close` and `wait_closed`.
    """

    def __init__(
        self,
        listener: socket.socket,
        make_connection: Callable[[], asyncio.Protocol],
        is_busy: Callable[[], bool],
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._listener = listener
        self._make_connection = make_connection
        self._is_busy = is_busy
        self._left_at = 0.0
        self._opening: set[asyncio.Task[object]] = set()
        self._timer: asyncio.TimerHandle | None = None
        listener.setblocking(False)
        self._listen()

    def close(self) -> None:
        """Accept nothing more."""
        if self._timer:
            self._timer.cancel()
        self._loop.remove_reader(self._listener)

    async def wait_closed(self) -> None:
        """Nothing is left to wait for."""

    def _listen(self) -> None:
        self._timer = None
        self._loop.add_reader(self._listener, self._ready)

    def _pause(self, seconds: float) -> None:
        self._loop.remove_reader(self._listener)
        self._timer = self._loop.call_later(seconds, self._listen)

    def _ready(self) -> None:
        now = self._loop.time()
        if self._is_busy() and now - self._left_at > 2 * LEFT_SECONDS:
            self._left_at = now
            self._pause(LEFT_SECONDS)
            return
        try:
            client, _address = self._listener.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            return  # another worker was faster
        except OSError:  # no descriptor is free
            self._pause(NO_DESCRIPTOR_SECONDS)
            return
        client.setblocking(False)
        opening = self._loop.connect_accepted_socket(self._make_connection, client)
        task: asyncio.Task[object] = self._loop.create_task(opening)
        self._opening.add(task)
        task.add_done_callback(self._opening.discard)


class SharingServer(uvicorn.Server):
    """uvicorn's server on an `Acceptor`."""

    def __init__(self, config: uvicorn.Config, is_busy: Callable[[], bool]) -> None:
        super().__init__(config)
        self._is_busy = is_busy

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept."""
        await self.lifespan.startup()
        assert sockets
        self.servers = [Acceptor(s, self._connection, self._is_busy) for s in sockets]  # type: ignore[misc]  # closed and waited for, no more
        self.started = True

    def _connection(self) -> asyncio.Protocol:
        kind = self.config.http_protocol_class
        return kind(self.config, self.server_state, self.lifespan.state)  # type: ignore[call-arg]  # as uvicorn makes it
