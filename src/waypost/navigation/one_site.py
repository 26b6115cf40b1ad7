"""One program as an answer to a need: how far it is, and which of the choices it offers."""

from __future__ import annotations

from waypost.directory.facets import columns_for
from waypost.directory.site import Site
from waypost.directory.timetables import columns_known
from waypost.navigation.answer import RankedSite, Reason, SearchedSnapshot, Standing
from waypost.navigation.need import Need
from waypost.places.place import Found, Place
from waypost.values.geo import miles_between


def place_of(snapshot: SearchedSnapshot, need: Need) -> Place | None:
    """The place that a need names; None where it names none or is ambiguous."""
    resolution = snapshot.gazetteer.resolve(need.place) if need.place else None
    return resolution.place if isinstance(resolution, Found) else None


def as_option(site: Site, need: Need, place: Place | None) -> RankedSite:
    """A site as an option of a need, even one that the need would not find; its number is 0."""
    offered = columns_for(site.codes)
    special = sorted(group for group in need.special_groups if group in offered)
    named = [*sorted(need.named_columns), *special]
    reasons = tuple(Reason(column, standing(site, column)) for column in named)
    score = sum(reason.standing is Standing.OFFERED for reason in reasons)
    miles = miles_between(place.point, site.point) if place else None
    return RankedSite(0, site, miles, site.exact, reasons, score)


def standing(site: Site, column: str) -> Standing:
    """Whether a site offers a choice: offered, not listed, or never asked about."""
    if column in columns_for(site.codes):
        return Standing.OFFERED
    return Standing.NOT_LISTED if column in columns_known(site) else Standing.UNKNOWN
