"""Where a site's facts come from: a Provenance for each of its sources."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache

from waypost.api.fhir.levels import levels_of
from waypost.api.fhir.resources.listing import Json, Listing
from waypost.api.fhir.systems import FILE_DIGEST, SOURCE, TARGET_PATH
from waypost.directory.site import Source
from waypost.directory.timetables import OPENINGS, PROGRAM_SOURCE, TRACKS
from waypost.editions.hours.shown import levels_by_the_hour

MOST_LETTERS = 50  # of an id's 64; the site's own id comes before
_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9.-]")
SHOWN_AS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "name": (("Organization", "name"), ("Location", "name"), ("HealthcareService", "name")),
    "address": (("Organization", "address"), ("Location", "address")),
    "phones": (
        ("Organization", "telecom"), ("Location", "telecom"), ("HealthcareService", "telecom"),
    ),
    "website": (
        ("Organization", "telecom"), ("Location", "telecom"), ("HealthcareService", "telecom"),
    ),
    "point": (("Location", "position"),),
    "services": (("Organization", "type"), ("HealthcareService", "type")),
    "services:MH": (("Organization", "type"), ("HealthcareService", "type")),
}  # fmt: skip
"""Which elements show a fact."""

OF_HOURS: Mapping[str, str] = {TRACKS: "availableTime", OPENINGS: "extension"}
"""What a program says of its hours and places: of some services, and as long as its word holds."""

SHOWN = frozenset({*SHOWN_AS, *OF_HOURS})


@lru_cache(maxsize=1024)
def key_of(source: str) -> str:
    """A source's id as the second part of a FHIR id."""
    return _NOT_IN_AN_ID.sub("-", source.replace("_", "."))[:MOST_LETTERS]


def keys_of(listing: Listing) -> list[str]:
    """The sources of a site's facts that its resources show, in order."""
    facts = listing.site.facts.items()
    return sorted({key_of(fact.source) for name, fact in facts if name in SHOWN})


def _facts(listing: Listing, key: str) -> list[str]:
    facts = listing.site.facts.items()
    return [name for name, fact in facts if name in SHOWN and key_of(fact.source) == key]


def _as_of(listing: Listing, key: str) -> date:
    return max(listing.site.facts[name].as_of for name in _facts(listing, key))


def target(listing: Listing, key: str) -> list[Json]:
    """What it speaks of, with the elements that show its facts."""
    paths: dict[str, list[str]] = {}
    for fact in _facts(listing, key):
        for kind, element in SHOWN_AS.get(fact, ()):
            paths.setdefault(kind, []).append(f"{kind}.{element}")
    targets = {
        reference: [*elements]
        for kind, elements in paths.items()
        for reference in _references(listing, kind)
    }
    for reference, elements in _of_hours(listing, key):
        targets.setdefault(reference, []).extend(elements)
    return [_reference(reference, elements) for reference, elements in targets.items()]


def _of_hours(listing: Listing, key: str) -> Iterator[tuple[str, list[str]]]:
    """The services that hours and places are of; without an element once the word has faded."""
    facts = [name for name in _facts(listing, key) if name in OF_HOURS]
    if not facts:
        return
    for level in levels_by_the_hour(levels_of(listing.site.codes)):
        hours = listing.hours(level)
        shown = {TRACKS: hours.tracks_said, OPENINGS: hours.openings and hours.openings_said}
        elements = [f"HealthcareService.{OF_HOURS[name]}" for name in facts if shown[name]]
        yield f"HealthcareService/{listing.id}-{level}", elements


def _references(listing: Listing, kind: str) -> list[str]:
    if kind != "HealthcareService":
        return [f"{kind}/{listing.id}"]
    return [f"{kind}/{listing.id}-{level}" for level in levels_of(listing.site.codes)]


def _reference(reference: str, elements: list[str]) -> Json:
    paths = [{"url": TARGET_PATH, "valueString": e} for e in dict.fromkeys(elements)]
    return {"extension": paths, "reference": reference} if paths else {"reference": reference}


def activity(listing: Listing, key: str) -> Json:
    """How the facts came here."""
    methods = sorted({listing.site.facts[name].method for name in _facts(listing, key)})
    return {"text": "; ".join(methods)}


def _source(listing: Listing, key: str) -> Source | None:
    names = _facts(listing, key)
    return listing.source(listing.site.facts[names[0]].source)


def agent(listing: Listing, key: str) -> list[Json]:
    """Who published the source; of its own word the program."""
    source = _source(listing, key)
    if key == PROGRAM_SOURCE:
        by = {"reference": f"Organization/{listing.id}", "display": listing.site.name}
        return [{"who": by}]
    return [{"who": {"display": source.publisher if source else "not recorded"}}]


def entity(listing: Listing, key: str) -> list[Json]:
    """The source itself: its id, title, and the digest of its file."""
    source = _source(listing, key)
    if source is None:
        what: Json = {"identifier": {"system": SOURCE, "value": key}}
        if key == PROGRAM_SOURCE:
            what["display"] = "The program itself"
        return [{"role": "source", "what": what}]
    named = {"identifier": {"system": SOURCE, "value": source.id}, "display": source.title}
    digest = [{"url": FILE_DIGEST, "valueString": source.sha256}] if source.sha256 else []
    reference: Json = {"extension": digest} if digest else {}
    return [reference | {"role": "source", "what": named}]


PARTS = {
    "target": target,
    "occurredDateTime": lambda listing, key: _as_of(listing, key).isoformat(),
    "recorded": lambda listing, key: listing.version["lastUpdated"],
    "activity": activity,
    "agent": agent,
    "entity": entity,
}
"""Each element with what makes it."""
