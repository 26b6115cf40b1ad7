"""What is refused before any view: a short sentence in both languages, and the right status."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from waypost.http_server.limits import ClientLimits, RouteLimit
from waypost.http_server.wsgi_call import HeaderPairs, WsgiAnswer


class RequestRefused(Exception):
    """A request that no view is asked about."""

    def __init__(self, status: int, words: str, retry_after: int = 0) -> None:
        super().__init__(words)
        self.status = status
        self.words = words
        self.retry_after = retry_after

    def answer(self) -> WsgiAnswer:
        """The refusal as plain text."""
        body = f"{self.words}\n".encode()
        headers: HeaderPairs = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"),
            (b"content-security-policy", b"default-src 'none'"),
        ]
        if self.retry_after:
            headers.append((b"retry-after", str(self.retry_after).encode()))
        return WsgiAnswer(self.status, headers, body)


def bad_host() -> RequestRefused:
    """RFC 9112, 3.2: a request names its host once."""
    return RequestRefused(400, "This request must name its host once.")


def long_address() -> RequestRefused:
    """The path and the query are too long."""
    return RequestRefused(
        414, "This address is too long. Please start again. / La dirección es demasiado larga."
    )


def large_head() -> RequestRefused:
    """The headers are too large."""
    return RequestRefused(431, "The headers of this request are too large.")


def large_body(most: int) -> RequestRefused:
    """The body is larger than its route takes."""
    size = f"{most // 1024:,} kB"
    return RequestRefused(
        413,
        f"This is more than can be sent here ({size}). Please go back and shorten it. / "
        f"Es más de lo que se puede enviar aquí ({size}). Vuelva atrás y acórtelo.",
    )


def slow_body() -> RequestRefused:
    """The body did not arrive in time."""
    return RequestRefused(
        408,
        "What you sent did not arrive in time. Please go back and send it again. / "
        "Lo que envió no llegó a tiempo. Vuelva atrás y envíelo de nuevo.",
    )


def busy() -> RequestRefused:
    """Too many requests wait already."""
    return RequestRefused(
        503,
        "Waypost is busy. Please try again in a few seconds. In crisis, call or text 988. / "
        "Waypost está ocupado. Inténtelo de nuevo en unos segundos. En una crisis, llame o envíe "
        "un mensaje de texto al 988.",
        retry_after=5,
    )


def body_limit(headers: Mapping[bytes, bytes], route: RouteLimit, limits: ClientLimits) -> int:
    """How many bytes a request may bring. No route takes a file."""
    if headers.get(b"content-type", b"").strip().lower().startswith(b"multipart/"):
        return min(route.body_bytes, limits.multipart_bytes)
    return route.body_bytes


def check_head(
    scope: Mapping[str, Any], headers: Mapping[bytes, bytes], most: int, limits: ClientLimits
) -> None:
    """Refuse what the head of a request shows.

    Raises:
        Refused: the request is not to be read any further.
    """
    if len(scope["raw_path"]) + len(scope["query_string"]) > limits.target_bytes:
        raise long_address()
    if sum(len(name) + len(value) for name, value in scope["headers"]) > limits.head_bytes:
        raise large_head()
    hosts = [value for name, value in scope["headers"] if name == b"host"]
    if len(hosts) > 1 or (not hosts and scope["http_version"] == "1.1"):
        raise bad_host()
    if int(headers.get(b"content-length", b"0")) > most:  # digits alone: llhttp has seen to it
        raise large_body(most)
