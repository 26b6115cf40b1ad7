"""A site as plain JSON values: short in a list of results, complete on its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import orjson

from waypost.api.answers import ready_json
from waypost.directory.codes import CODES
from waypost.directory.facets import columns_for, known_for
from waypost.directory.site import Claim, Site
from waypost.directory.timetables import still_said
from waypost.editions.downloads.site_json import claim_json, history, short
from waypost.values.wall_time import day_in

KEPT = 6_000
"""The number of short forms in the cache: about 10 MB."""

_ready: dict[tuple[str, str, date | None], orjson.Fragment] = {}


def summary(version: str, site: Site, now: datetime) -> orjson.Fragment:
    """A site's short form, written once for each version of the snapshot.

    Where its program says anything of itself, once a day: what it says grows old.
    """
    speaks = site.tracks or site.openings or site.said
    today = day_in(site.timezone, now) if speaks else None
    key = (version, site.id, today)
    ready = _ready.get(key)
    if ready is None:
        if len(_ready) >= KEPT:
            _ready.clear()
        ready = _ready[key] = ready_json(short(still_said(site, today) if today else site))
    return ready


def whole(site: Site, claims: list[Claim]) -> dict[str, Any]:
    """Everything known about a site, with what every source says about every fact."""
    offered = columns_for(site.codes)
    choices = sorted(c for c in offered if not c.startswith("code:"))
    known = known_for(site.surveys)
    return short(site) | {
        "surveys": sorted(s.value for s in site.surveys),
        "services": [_service(code) for code in sorted(site.codes)],
        "offered": choices,
        "not_listed": sorted(c for c in known if c not in offered and not c.startswith("code:")),
        "said": {name: list(values) for name, values in site.said.items()},
        "history": history(site),
        "claims": [claim_json(c) for c in claims],
    }


def _service(code: str) -> dict[str, str]:
    """A code with its name; a newer edition's code that has no name yet is its own name."""
    described = CODES.get(code)
    if described is None:
        return {"code": code, "name": code, "category": "not described yet"}
    return {"code": code, "name": described.name, "category": described.category_name}
