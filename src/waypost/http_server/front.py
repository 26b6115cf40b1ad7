"""The way of a request: refused by its head, its body received whole, a view asked, answer written.

A view gets a thread only when all of its request is here, and gives it back when its answer, or the
next piece of it, is made. No thread waits for a client.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

from waypost.http_server.connection import Connections, GuardedConnection
from waypost.http_server.lanes import Busy, Lane
from waypost.http_server.limits import RouteLimit, limit_for
from waypost.http_server.refusals import (
    RequestRefused,
    body_limit,
    busy,
    check_head,
    large_body,
    slow_body,
)
from waypost.http_server.wsgi_call import (
    Application,
    WsgiAnswer,
    call,
    environ,
    finish,
    next_piece,
)

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

PATIENCE_SECONDS = 0.5
"""A request that has waited so long, and whose client has closed its side, is not worked at."""


class ClientGone(Exception):
    """Nobody is there to ask or to answer any more."""


class Front:
    """An ASGI application in front of a WSGI one.

    ``lanes`` must hold ``pages`` and ``files``, and every lane that a route names; ``server`` is
    the host and port listened on.
    """

    def __init__(
        self,
        application: Application,
        book: Connections,
        lanes: Mapping[str, Lane],
        routes: tuple[RouteLimit, ...],
        server: tuple[str, int],
    ) -> None:
        self._application = application
        self._book = book
        self._lanes = lanes
        self._routes = routes
        self._server = server

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        connection: GuardedConnection = scope["state"]["connection"]
        try:
            answer, lane = await self._asked(scope, receive, connection)
        except RequestRefused as refused:
            await _write_whole(refused.answer(), connection, send)
        except ClientGone:
            connection.end()
        else:
            await self._write(answer, lane, connection, send)

    async def _asked(
        self, scope: Scope, receive: Receive, connection: GuardedConnection
    ) -> tuple[WsgiAnswer, Lane]:
        """The application's answer, and the lane in which the rest of it is made."""
        limit = limit_for(scope["method"], scope["path"], self._routes)
        headers = dict(scope["headers"])
        most = body_limit(headers, limit, self._book.limits)
        check_head(scope, headers, most, self._book.limits)
        body = b""
        if b"content-length" in headers or b"transfer-encoding" in headers:
            body = await self._body(connection, most, limit.body_seconds, receive)
        environment = environ(scope, body, self._server)
        lane = self._lanes[limit.lane]
        try:
            answer = await lane.run(
                partial(_call, connection, self._application, environment, time.monotonic())
            )
        except Busy:
            raise busy() from None
        return answer, self._lanes["files"] if answer.is_file else lane

    async def _body(
        self, connection: GuardedConnection, most: int, seconds: float, receive: Receive
    ) -> bytes:
        """All of a request's body."""
        parts = bytearray()
        try:
            async with asyncio.timeout(seconds):
                while (message := await receive())["type"] == "http.request":
                    parts += message["body"]
                    if len(parts) > most:
                        raise large_body(most)
                    if not message["more_body"]:
                        return bytes(parts)
                    self._book.receive(connection, len(message["body"]))
        except TimeoutError:
            raise slow_body() from None
        finally:
            self._book.received(connection)
        raise ClientGone

    async def _write(
        self, answer: WsgiAnswer, lane: Lane, connection: GuardedConnection, send: Send
    ) -> None:
        if answer.pieces is None:
            await _write_whole(answer, connection, send)
            return
        try:
            await send(_start(answer, connection))
            async with asyncio.timeout(None) as patience:
                while (
                    piece := await lane.run(partial(next_piece, answer), patient=True)
                ) is not None:
                    patience.reschedule(self._latest())
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                    patience.reschedule(None)
                    if connection.is_gone:
                        return
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except TimeoutError:
            connection.end()
        finally:
            await lane.run(partial(finish, answer), patient=True)

    def _latest(self) -> float:
        """When a client must have taken enough for the next piece."""
        return asyncio.get_running_loop().time() + self._book.limits.stalled_seconds


def _call(
    connection: GuardedConnection,
    application: Application,
    environ_parts: dict[str, Any],
    asked_at: float,
) -> WsgiAnswer:
    """Ask the application, if its answer is still wanted when a thread is free."""
    if connection.may_be_gone and time.monotonic() - asked_at > PATIENCE_SECONDS:
        raise ClientGone
    return call(application, environ_parts)


def _start(answer: WsgiAnswer, connection: GuardedConnection) -> dict[str, Any]:
    headers = [(name.lower(), value) for name, value in answer.headers]
    if connection.ends_after_this:
        headers.append((b"connection", b"close"))
    return {"type": "http.response.start", "status": answer.status, "headers": headers}


async def _write_whole(answer: WsgiAnswer, connection: GuardedConnection, send: Send) -> None:
    await send(_start(answer, connection))
    await send({"type": "http.response.body", "body": answer.body})
