"""Ids in HSDS are UUIDs: made of a site's id and one constant, the same on every installation."""

from __future__ import annotations

from hashlib import sha1
from uuid import UUID

NAMESPACE = UUID("6f0e2b9c-3d84-5a71-9c46-8a1d5b7e2f30")
"""Never changes: every id of the face would change with it."""

_NAMESPACE = NAMESPACE.bytes
_VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}


def uuid_of(name: str) -> str:
    """The UUID of a name, version 5 (RFC 9562, 5.5): what `uuid.uuid5` says, at half its cost."""
    d = sha1(_NAMESPACE + name.encode(), usedforsecurity=False).hexdigest()
    return f"{d[:8]}-{d[8:12]}-5{d[13:16]}-{_VARIANT[d[16]]}{d[17:20]}-{d[20:32]}"


def organization_id(site_id: str) -> str:
    """The organization of a site."""
    return uuid_of(f"organization/{site_id}")


def location_id(site_id: str) -> str:
    """The location of a site."""
    return uuid_of(f"location/{site_id}")


def service_id(site_id: str, level: str) -> str:
    """The service of a site at a level of care."""
    return uuid_of(f"service/{site_id}/{level}")


def service_at_location_id(site_id: str, level: str) -> str:
    """The service of a site at a level of care, where it is given."""
    return uuid_of(f"service_at_location/{site_id}/{level}")
