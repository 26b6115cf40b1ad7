"""What was typed, sealed into the address of a page: read by this site alone, for some hours only.

A form is sent by POST and answered by a redirect, so that Back, Reload and a phone that reopens its
browser all show the page again, and never ask to send a form twice. The next page has to know what
was typed; nothing is kept on our side and no cookie is set, so it travels in the address, encrypted
and signed (Fernet: AES and HMAC) with a key made from this installation's secret. What stands in a
browser's history or in a log says nothing to anyone, and after `HOURS` it opens nothing.
"""

from __future__ import annotations

import json
import zlib
from base64 import urlsafe_b64encode
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

HOURS = 12
LONGEST = 6_000
"""Characters of a sealed piece; ours are under 2,000."""

_MOST_BYTES = 64 * 1024
"""Unpacked; ours are under 4 kB, and only what this site sealed is ever unpacked."""


class Unreadable(ValueError):
    """A sealed piece that is not ours, was cut, or is too old."""


def seal(purpose: str, plain: Any) -> str:
    """Plain values as a piece of an address that only the same ``purpose`` opens."""
    packed = zlib.compress(json.dumps(plain, separators=(",", ":")).encode(), 9)
    return _lock(purpose).encrypt(packed).decode().rstrip("=")


def unseal(purpose: str, text: str) -> Any:
    """The values that were sealed.

    Raises:
        Unreadable: it is not ours, of another purpose, or older than `HOURS`.
    """
    if len(text) > LONGEST or not text.isascii():
        raise Unreadable("That is not one of our addresses.")
    try:
        padded = text + "=" * (-len(text) % 4)
        packed = _lock(purpose).decrypt(padded.encode(), ttl=HOURS * 3600)
        return json.loads(zlib.decompressobj().decompress(packed, _MOST_BYTES))
    except (InvalidToken, ValueError, zlib.error) as error:
        raise Unreadable("That address is too old, or not one of ours.") from error


@cache
def _lock(purpose: str) -> Fernet:
    key = sha256(f"waypost {purpose}\x00{settings.SECRET_KEY}".encode()).digest()
    return Fernet(urlsafe_b64encode(key))
