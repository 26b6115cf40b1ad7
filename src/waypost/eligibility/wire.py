"""The way over the network: one POST, guarded. A client module: it uses httpx.

Guards: encrypted except on loopback, hosts from the operator's settings alone, no redirect, no
compressed reply, at most 1 MiB, one deadline for all (a slow drip cannot stretch it), the
content type expected. Nothing is logged, nothing of the body is in an error, and the address
never holds anything of a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from ssl import SSLContext
from urllib.parse import urlsplit

import httpx

from waypost.eligibility.outcome import Unavailable, Why
from waypost.eligibility.port import Deadline
from waypost.x12.envelope import MAX_BYTES

LOOPBACK = ("127.0.0.1", "::1", "localhost")
LONGEST_REST = 3600  # seconds that a service's Retry-After may ask for


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


def post(
    endpoint: Endpoint,
    content: bytes,
    headers: Mapping[str, str],
    expected: tuple[str, ...],
    deadline: Deadline,
) -> Received | Unavailable:
    """POST and read the reply within the deadline. `expected` are media types."""
    if not deadline.left:
        return Unavailable(Why.NO_ANSWER)
    sent = {**headers, "Accept-Encoding": "identity"}
    try:
        with (
            httpx.Client(
                verify=_trust(), follow_redirects=False, trust_env=False, timeout=deadline.left
            ) as client,
            client.stream("POST", endpoint.url, content=content, headers=sent) as response,
        ):
            return _read(response, expected, deadline)
    except httpx.TimeoutException:
        return Unavailable(Why.NO_ANSWER)
    except httpx.RemoteProtocolError:
        return Unavailable(Why.BAD_REPLY)
    except httpx.HTTPError:
        return Unavailable(Why.NO_CONNECTION)


@lru_cache(maxsize=1)
def _trust() -> SSLContext:
    """The trusted authorities, read once: loading them takes longer than a question."""
    return httpx.create_ssl_context(trust_env=False)


def _read(
    response: httpx.Response, expected: tuple[str, ...], deadline: Deadline
) -> Received | Unavailable:
    refused = _status(response)
    if refused is not None:
        return refused
    content_type = response.headers.get("Content-Type", "")
    media_type = content_type.partition(";")[0].strip().lower()
    encoded = response.headers.get("Content-Encoding", "identity").strip().lower()
    if media_type not in expected or encoded not in ("", "identity"):
        return Unavailable(Why.BAD_REPLY)
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MAX_BYTES:
            return Unavailable(Why.BAD_REPLY)
        if not deadline.left:
            return Unavailable(Why.NO_ANSWER)
    return Received(bytes(body), content_type)


def _status(response: httpx.Response) -> Unavailable | None:
    """What a status other than 200 means."""
    if response.status_code == httpx.codes.OK:
        return None
    if response.status_code in (401, 403):
        return Unavailable(Why.REFUSED)
    if response.status_code in (429, 502, 503, 504):
        after = response.headers.get("Retry-After", "")
        seconds = int(after) if after.isascii() and after.isdigit() and len(after) < 6 else None
        return Unavailable(
            Why.PAYER_DOWN, min(seconds, LONGEST_REST) if seconds is not None else None
        )
    return Unavailable(Why.BAD_REPLY)
