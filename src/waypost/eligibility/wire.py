"""The way over the network: one POST, guarded. A client module: it uses httpcore.

Guards: encrypted except on loopback, hosts from the operator's settings alone, no redirect, no
compressed reply, at most 1 MiB, the content type expected. One deadline holds for all of it in
wall time: looking the host up, connecting, TLS, the headers and the body. A limit for each read
would not do, for a server that sends a byte now and then could stretch it without end. Nothing is
logged, nothing of the body is in an error, and the address never holds anything of a person.
"""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlsplit

import httpcore

from waypost.eligibility.deadline_network import DeadlineNetwork
from waypost.eligibility.outcome import OutcomeWhy, Unavailable
from waypost.eligibility.port import Deadline
from waypost.x12.envelope import MAX_BYTES

LOOPBACK = ("127.0.0.1", "::1", "localhost")
LONGEST_REST = 3600  # seconds that a service's Retry-After may ask for
GRACE = 0.25  # seconds for a reply that ends with the deadline to be handed over


class BadEndpoint(ValueError):
    """An address that may not be used; a setting to mend."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address from the operator's settings. Raises `BadEndpoint` when it is not safe."""

    url: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise BadEndpoint("The address must begin with https:// (http only on loopback).")
        if not parts.hostname or parts.username or parts.query or parts.fragment:
            raise BadEndpoint("The address must be a host and a path, without user or query.")


@dataclass(frozen=True, slots=True)
class Received:
    """The body of a good reply, and its whole Content-Type."""

    body: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class _Request:
    """What is sent, and which media types may come back."""

    endpoint: Endpoint
    content: bytes
    headers: Mapping[str, str]
    expected: tuple[str, ...]


def post(
    endpoint: Endpoint,
    content: bytes,
    headers: Mapping[str, str],
    expected: tuple[str, ...],
    deadline: Deadline,
) -> Received | Unavailable:
    """POST and read the reply within the deadline. `expected` are media types.

    The exchange runs in a thread of its own, so that nobody waits beyond the deadline even where
    the system gives no limit, as for looking up a host. Each read and write in it ends with the
    deadline too, so the thread goes away by itself.
    """
    if not deadline.left:
        return Unavailable(OutcomeWhy.NO_ANSWER)
    request = _Request(endpoint, content, headers, expected)
    outcome: SimpleQueue[Received | Unavailable] = SimpleQueue()
    exchange = Thread(
        target=lambda: outcome.put(_exchange(request, deadline)), name="payer", daemon=True
    )
    exchange.start()
    try:
        return outcome.get(timeout=deadline.left + GRACE)
    except Empty:
        return Unavailable(OutcomeWhy.NO_ANSWER)


def _exchange(request: _Request, deadline: Deadline) -> Received | Unavailable:
    """One request and its reply; whatever a network does is an outcome."""
    sent = [*request.headers.items(), ("Accept-Encoding", "identity")]
    network = DeadlineNetwork(deadline)
    try:
        with (
            httpcore.ConnectionPool(ssl_context=_trust(), network_backend=network) as pool,
            pool.stream(
                "POST", request.endpoint.url, headers=sent, content=request.content
            ) as response,
        ):
            return _read(response, request.expected)
    except httpcore.TimeoutException:
        return Unavailable(OutcomeWhy.NO_ANSWER)
    except (httpcore.RemoteProtocolError, httpcore.LocalProtocolError):
        return Unavailable(OutcomeWhy.BAD_REPLY)
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError):
        return Unavailable(OutcomeWhy.NO_CONNECTION)


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """The trusted authorities, read once: loading them takes longer than a question."""
    return httpcore.default_ssl_context()


def _read(response: httpcore.Response, expected: tuple[str, ...]) -> Received | Unavailable:
    headers = {name.lower(): value.decode("latin-1") for name, value in response.headers}
    refused = _status(response.status, headers.get(b"retry-after", ""))
    if refused is not None:
        return refused
    content_type = headers.get(b"content-type", "")
    media_type = content_type.partition(";")[0].strip().lower()
    encoded = headers.get(b"content-encoding", "identity").strip().lower()
    if media_type not in expected or encoded not in ("", "identity"):
        return Unavailable(OutcomeWhy.BAD_REPLY)
    body = bytearray()
    for chunk in response.iter_stream():
        body += chunk
        if len(body) > MAX_BYTES:
            return Unavailable(OutcomeWhy.BAD_REPLY)
    return Received(bytes(body), content_type)


def _status(status: int, after: str) -> Unavailable | None:
    """What a status other than 200 means; `after` is Retry-After."""
    if status == 200:
        return None
    if status in (401, 403):
        return Unavailable(OutcomeWhy.REFUSED)
    if status in (429, 502, 503, 504):
        seconds = int(after) if after.isascii() and after.isdigit() and len(after) < 6 else None
        rest = min(seconds, LONGEST_REST) if seconds is not None else None
        return Unavailable(OutcomeWhy.PAYER_DOWN, rest)
    return Unavailable(OutcomeWhy.BAD_REPLY)
