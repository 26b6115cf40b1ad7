"""An operator's own resources in a snapshot: what each holds, and since when.

Files are exported anew with a new ``lastUpdated`` though nothing changed. So a resource that says
the same as before, that stamp apart, keeps the date that it had.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import orjson

from waypost.publishing.changed import Changes

STAMPS = ("lastUpdated", "versionId")
Row = tuple[str, str, str, str]


def rows_of(
    resources: Iterable[Mapping[str, Any]], changes: Changes, now: datetime
) -> Iterator[Row]:
    """Type, id, body and digest of each resource, as the snapshot's table holds them."""
    for resource in resources:
        digest = _digest(resource)
        kind, id_ = resource["resourceType"], resource["id"]
        body = changes.resource(kind, id_, digest) or _stamped(resource, digest, now)
        yield kind, id_, body, digest


def _digest(resource: Mapping[str, Any]) -> str:
    meta = {k: v for k, v in resource.get("meta", {}).items() if k not in STAMPS}
    plain = orjson.dumps({**resource, "meta": meta}, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(plain).hexdigest()


def _stamped(resource: Mapping[str, Any], digest: str, now: datetime) -> str:
    """The resource with its date of change: its own word, else now."""
    meta = dict(resource.get("meta", {}))
    meta.setdefault("lastUpdated", now.replace(microsecond=0).isoformat())
    meta["versionId"] = digest[:16]
    return orjson.dumps({**resource, "meta": meta}).decode()
