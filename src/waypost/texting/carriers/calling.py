"""Calls a carrier over HTTP on connections that stay open, one a thread."""

from __future__ import annotations

import http.client
import ssl
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """Status and body of an answer."""

    status: int
    body: bytes


class NotSent(OSError):
    """The connection was refused before anything was sent."""


@cache
def _trusted() -> ssl.SSLContext:
    """The machine's certificates, read once: reading them costs more than a text."""
    return ssl.create_default_context()


class Calling:
    """``base_url`` is the carrier's; ``seconds`` limits connecting and each wait for bytes."""

    def __init__(self, base_url: str, seconds: float = 10.0) -> None:
        parts = urlsplit(base_url)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port
        self._path, self._seconds = parts.path.rstrip("/"), seconds
        self._mine = threading.local()

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """One request; a connection that went stale while idle is opened again.

        Raises:
            NotSent: no connection could be made, so the carrier has nothing.
            OSError: anything else, after which nobody knows.
        """
        connection = self._open()
        try:
            connection.request(method, self._path + path, body, dict(headers))
            answer = connection.getresponse()
            return HttpAnswer(answer.status, answer.read(MOST_BYTES))
        except http.client.RemoteDisconnected as error:
            self.close()
            raise OSError("the connection was closed") from error
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise OSError(str(error)) from error

    def _open(self) -> http.client.HTTPConnection:
        connection: http.client.HTTPConnection | None = getattr(self._mine, "connection", None)
        if connection is not None and connection.sock is not None:
            return connection
        connection = (
            http.client.HTTPSConnection(
                self._host,
                self._port,
                timeout=self._seconds,
                context=_trusted(),
            )
            if self._secure
            else http.client.HTTPConnection(self._host, self._port, timeout=self._seconds)
        )
        try:
            connection.connect()
        except OSError as error:
            raise NotSent(str(error)) from error
        self._mine.connection = connection
        return connection

    def close(self) -> None:
        """Close the connection of this thread."""
        connection = getattr(self._mine, "connection", None)
        if connection is not None:
            connection.close()
        self._mine.connection = None
