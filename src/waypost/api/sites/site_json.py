"""A site as plain JSON values: short in a list of results, whole on its own."""

from __future__ import annotations

from typing import Any

import orjson

from waypost.api.answers import ready_json
from waypost.directory.codes import CODES
from waypost.directory.facets import columns_for, known_for
from waypost.directory.site import Claim, Site
from waypost.editions.downloads.site_json import claim_json, history, short

KEPT = 6_000
"""Short forms that are kept ready: about 10 MB."""

_ready: dict[tuple[str, str], orjson.Fragment] = {}


def summary(version: str, site: Site) -> orjson.Fragment:
    """A site's short form, written once for each version of the snapshot."""
    key = (version, site.id)
    found = _ready.get(key)
    if found is None:
        if len(_ready) >= KEPT:
            _ready.clear()
        found = _ready[key] = ready_json(short(site))
    return found


def whole(site: Site, claims: list[Claim]) -> dict[str, Any]:
    """Everything that is known of a site, with every source's word on every fact."""
    offered = columns_for(site.codes)
    choices = sorted(c for c in offered if not c.startswith("code:"))
    asked = known_for(site.surveys)
    return short(site) | {
        "surveys": sorted(s.value for s in site.surveys),
        "services": [_service(code) for code in sorted(site.codes)],
        "offered": choices,
        "not_listed": sorted(c for c in asked if c not in offered and not c.startswith("code:")),
        "history": history(site),
        "claims": [claim_json(c) for c in claims],
    }


def _service(code: str) -> dict[str, str]:
    """A code with its name; one of a newer edition that has none yet stands for itself."""
    known = CODES.get(code)
    if known is None:
        return {"code": code, "name": code, "category": "not described yet"}
    return {"code": code, "name": known.name, "category": known.category_name}
