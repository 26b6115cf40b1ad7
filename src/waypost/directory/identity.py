"""Site ids, minted once from how a site was first listed and never reused for another."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Container

ID_LENGTH = 10


def mint(first_listing: str, taken: Container[str]) -> str:
    """An id for a site from its first listing; the same listing always gives the same id.

    ``first_listing`` is the normalized text of the listing; if two sites are listed in
    the same words, or two digests begin alike, a counter is added until the id is free.
    """
    counter = 0
    while True:
        text = first_listing if not counter else f"{first_listing}#{counter}"
        digest = hashlib.sha256(text.encode()).digest()
        site_id = "site_" + base64.b32encode(digest).decode().lower()[:ID_LENGTH]
        if site_id not in taken:
            return site_id
        counter += 1
