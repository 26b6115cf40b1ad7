"""What is known of an address's area: the point, the county and the time zone of its ZIP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from waypost.values.geo import Point


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """What a ZIP, or a town, tells of an address in it."""

    point: Point
    state: str
    county: str
    county_fips: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Areas:
    """Every ZIP that is known, and every town by its `town_key` and state.

    Some PO-box ZIPs, of Puerto Rico most of all, are in no public table: their town stands in.
    """

    by_zip: Mapping[str, AreaFacts]
    by_town: Mapping[tuple[str, str], AreaFacts] = field(default_factory=dict)

    def of(self, zip_code: str, town: str, state: str) -> tuple[AreaFacts | None, str]:
        """The facts of the ZIP or of the town, and the method of a point taken from them."""
        if zip_code in self.by_zip:
            return self.by_zip[zip_code], "ZIP centroid"
        return self.by_town.get((town, state)), "middle of the town"

    def holds(self, zip_code: str, state: str) -> bool:
        """Whether a ZIP is in this state as far as is known."""
        known = self.by_zip.get(zip_code)
        return known is None or known.state == state
