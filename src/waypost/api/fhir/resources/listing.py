"""A site as its FHIR resources share it: identity, telecom, address and coded facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, cached_property
from typing import Any

from waypost.api.fhir.systems import SERVICE_CODES, SITE
from waypost.directory.codes import CODES
from waypost.directory.site import FactSource, Site, Source

Json = dict[str, Any]
PREFIX = "site_"
"""What our ids begin with and a FHIR id cannot hold (the underscore)."""


def fhir_id(site_id: str) -> str:
    """A site's id as a FHIR id."""
    return site_id.removeprefix(PREFIX)


@dataclass(frozen=True)
class Listing:
    """A site, when its record changed (seconds of the epoch), identifiers claimed for it, and what
    is known of a source.

    Not slotted: what several resources of the site share is made once.
    """

    site: Site
    changed: int
    npis: tuple[str, ...] = ()
    source: Callable[[str], Source | None] = lambda source_id: None

    @cached_property
    def id(self) -> str:
        """The id of its Organization and its Location, with which its services' ids begin."""
        return fhir_id(self.site.id)

    @cached_property
    def version(self) -> Json:
        """``versionId`` and ``lastUpdated`` of all its resources."""
        at = datetime.fromtimestamp(self.changed, UTC)
        return {"versionId": f"{at:%Y%m%d%H%M%S}", "lastUpdated": f"{at:%Y-%m-%dT%H:%M:%SZ}"}

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


@cache
def concept(code: str, *, named: bool = True) -> Json:
    """A service code as a CodeableConcept; without its name where a list of many would be long."""
    coding = {"system": SERVICE_CODES, "code": code}
    if named and code in CODES:
        coding["display"] = CODES[code].name
    return {"coding": [coding]}


def concepts(codes: Iterable[str], categories: frozenset[str], *, named: bool = True) -> list[Json]:
    """The codes of some categories as concepts, in the order of the codes."""
    wanted = sorted(c for c in codes if c in CODES and CODES[c].category in categories)
    return [concept(code, named=named) for code in wanted]


def coded(system: str, code: str, display: str = "") -> Json:
    """A CodeableConcept of one coding."""
    coding = {"system": system, "code": code}
    return {"coding": [coding | {"display": display} if display else coding]}


def site_identifier(value: str) -> Json:
    """Our own id as an identifier."""
    return {"system": SITE, "value": value}
