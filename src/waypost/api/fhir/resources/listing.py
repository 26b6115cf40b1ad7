"""A site as its FHIR resources share it: identity, telecom, address and coded facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache, lru_cache, wraps
from typing import Any

from django.utils.functional import cached_property

from waypost.api.fhir.levels import levels_of
from waypost.api.fhir.systems import SERVICE_CODES, SITE
from waypost.directory.codes import CODES
from waypost.directory.site import FactSource, Site, Source
from waypost.editions.hours.shown import NO_HOURS, ShownHours, hours_of

Json = dict[str, Any]
PREFIX = "site_"
"""What our ids begin with and a FHIR id cannot hold (the underscore)."""


def fhir_id(site_id: str) -> str:
    """A site's id as a FHIR id."""
    return site_id.removeprefix(PREFIX)


@lru_cache(4096)
def _version(changed: int) -> Json:  # most records of an edition have one time in common
    at = datetime.fromtimestamp(changed, UTC)
    return {"versionId": f"{at:%Y%m%d%H%M%S}", "lastUpdated": f"{at:%Y-%m-%dT%H:%M:%SZ}"}


@cache
def _codes_in(categories: frozenset[str]) -> frozenset[str]:
    return frozenset(code for code, known in CODES.items() if known.category in categories)


@dataclass(frozen=True)
class Listing:
    """A site, when its record changed (seconds of the epoch), identifiers claimed for it, what is
    known of a source, and the day on which its program's word on hours and places must hold.

    Not slotted: what several resources of the site share is made once, without the lock that
    Python's own `cached_property` takes before 3.12 (a fifth of a file of Locations).
    """

    site: Site
    changed: int
    npis: tuple[str, ...] = ()
    source: Callable[[str], Source | None] = lambda source_id: None
    today: date = date.min

    @cached_property
    def id(self) -> str:
        """The id of its Organization and its Location, with which its services' ids begin."""
        return fhir_id(self.site.id)

    @cached_property
    def version(self) -> Json:
        """``versionId`` and ``lastUpdated`` of all its resources."""
        return _version(self.changed)

    def hours(self, level: str) -> ShownHours:
        """What is shown today of hours and places with its service at a level of care."""
        if not (self.site.tracks or self.site.openings):
            return NO_HOURS
        return hours_of(self.site, level, levels_of(self.site.codes), self.today)

    def codes_of(self, categories: frozenset[str]) -> list[str]:
        """Its service codes of some categories, in the order of the codes."""
        return sorted(self.site.codes & _codes_in(categories))

    @cached_property
    def withheld(self) -> bool:
        """Whether the program keeps its street address to itself."""
        return not self.site.street

    @cached_property
    def phones(self) -> list[Json]:
        """Its numbers in our order, intake lines first."""
        return [
            {"system": "phone", "value": phone.display, "rank": rank}
            for rank, phone in enumerate(self.site.phones, 1)
        ]

    @cached_property
    def telecom(self) -> list[Json]:
        """Its numbers and its website."""
        website = self.site.website
        return [*self.phones, {"system": "url", "value": website}] if website else self.phones

    @cached_property
    def address(self) -> Json:
        """Its address; without a line where the program withholds it."""
        site = self.site
        line = [part for part in (site.street, site.street2) if part]
        text = ", ".join([*line, site.city, f"{site.state} {site.zip}"])
        address: Json = {"type": "physical", "text": text, "line": line, "city": site.city}
        if site.county:
            address["district"] = site.county
        address |= {"state": site.state, "postalCode": site.zip, "country": "US"}
        if not line:
            del address["line"]
        return address

    def with_fact(self, name: str) -> FactSource | None:
        """Where a fact comes from."""
        return self.site.facts.get(name)


def once_a_site(part: Callable[[Listing, str], Any]) -> Callable[[Listing, str], Any]:
    """An element that is the same in each of a site's services: made for the first of them."""
    name = f"{part.__module__}.{part.__name__}"

    @wraps(part)
    def made(listing: Listing, key: str) -> Any:
        shared = listing.__dict__
        if name not in shared:
            shared[name] = part(listing, key)
        return shared[name]

    return made


@cache
def concept(code: str, *, named: bool = True) -> Json:
    """A service code as a CodeableConcept; without its name where a list of many would be long."""
    coding = {"system": SERVICE_CODES, "code": code}
    if named and code in CODES:
        coding["display"] = CODES[code].name
    return {"coding": [coding]}


def concepts(codes: Iterable[str], *, named: bool = True) -> list[Json]:
    """Codes as concepts, in their order."""
    return [concept(code, named=named) for code in codes]


def coded(system: str, code: str, display: str = "") -> Json:
    """A CodeableConcept of one coding."""
    coding = {"system": system, "code": code}
    return {"coding": [coding | {"display": display} if display else coding]}


def site_identifier(value: str) -> Json:
    """Our own id as an identifier."""
    return {"system": SITE, "value": value}
