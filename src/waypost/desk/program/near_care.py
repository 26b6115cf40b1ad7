"""Programs of the directory near a place, for a page of the desk: the public search, asked here.

The question goes to this process's own copy of the directory and is kept nowhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from waypost.design.fact_sources import source_title
from waypost.design.words import address_text, as_of_text, miles_text
from waypost.directory.site import Site
from waypost.navigation.find_care import find_care
from waypost.navigation.need import BadNeed, Choices, Need
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import BadSnapshot
from waypost.serving.process import snapshot_of


@dataclass(frozen=True, slots=True)
class ListedNearby:
    """A program with its town, distance and number, and where these come from and of when."""

    id: str
    name: str
    address: str
    phone: str
    source: str
    as_of: str
    distance: str = ""


def programs_near(
    request: HttpRequest, place: str, choices: Choices, most: int
) -> list[ListedNearby]:
    """The nearest that meet the choices; empty where the place or the directory is unknown."""
    code = re.search(r"\b\d{5}\b", place)
    if not place.strip():
        return []
    try:
        snapshot = snapshot_of(request)
        need = Need(
            place=code.group() if code else place,
            radius_miles=None,
            choices=choices,
            page_size=most,
        )
        answer = find_care(snapshot, need, timezone.now())
    except (BadNeed, BadSnapshot):
        return []
    return [
        _shown(o.site, snapshot.manifest, miles_text(o.miles) if o.miles is not None else "")
        for o in answer.options[:most]
    ]


def program_by_id(request: HttpRequest, site: str) -> ListedNearby | None:
    """One program as it is listed now; None where there is none."""
    try:
        snapshot = snapshot_of(request)
        program = snapshot.site(site)
    except BadSnapshot:
        return None
    return _shown(program, snapshot.manifest, "") if program else None


def _shown(site: Site, manifest: Manifest, distance: str) -> ListedNearby:
    fact = site.facts.get("phones") or next(iter(site.facts.values()), None)
    return ListedNearby(
        site.id,
        site.name,
        address_text(site),
        next((phone.display for phone in site.phones), ""),
        source_title(fact.source, manifest) if fact else "",
        as_of_text(fact.as_of) if fact else "",
        distance,
    )
