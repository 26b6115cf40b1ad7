"""Find care, the slow and obvious way: every site, every reason, every count by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from twins.names_twin import answers_to
from waypost.directory.codes import CODES
from waypost.directory.facets import FACETS, option
from waypost.directory.site import Site
from waypost.navigation.need import Need, Sort
from waypost.places.place import Place, PlaceKind
from waypost.values.geo import miles_between


@dataclass(frozen=True)
class TwinAnswer:
    """Ids on the page, miles, (column, standing) reasons, the total and the counts."""

    ids: list[str]
    miles: list[float | None]
    reasons: list[list[tuple[str, str]]]
    scores: list[int]
    total: int
    counts: dict[str, int]


def offers(site: Site, column: str) -> bool:
    """Whether a site has any code of a choice."""
    return bool(option(column).codes & site.codes)


def standing(site: Site, column: str) -> str:
    """Offered; not listed where the site was asked; unknown where nobody asked it."""
    if offers(site, column):
        return "offered"
    asked = any(CODES[code].surveys & site.surveys for code in option(column).codes)
    return "not listed" if asked else "unknown"


def fits(site: Site, need: Need, choices: Mapping[str, Sequence[str]], place: Place | None) -> bool:
    """Whether a site is what the need asks for, with these choices."""
    return (
        in_reach(site, need, place)
        and named(site, need.text)
        and not any(offers(site, column) for column in need.without)
        and all(any(offers(site, f"{f}:{o}") for o in options) for f, options in choices.items())
    )


def in_reach(site: Site, need: Need, place: Place | None) -> bool:
    """A state and a county are limited by their border, the rest by the radius."""
    if place is None:
        return True
    if place.kind is PlaceKind.STATE:
        return site.state == place.state
    if place.kind is PlaceKind.COUNTY:
        return site.county_fips == place.county_fips
    return need.radius_miles is None or miles_between(place.point, site.point) <= need.radius_miles


def named(site: Site, text: str) -> bool:
    """Every word typed begins a word of the name or is nearly one, or two joined are one."""
    return not text or answers_to(f"{site.name} {site.name2}", text)


def find_care(sites: Sequence[Site], need: Need, place: Place | None) -> TwinAnswer:
    """What navigation must answer; sorts by names the rank rule in plain words."""
    chosen = sorted(need.chosen_columns)
    found = [s for s in sites if fits(s, need, need.chosen, place)]

    def rank(s: Site) -> tuple[object, ...]:
        miles = round(miles_between(place.point, s.point), 6) if place else 0.0
        if need.sort is Sort.NAME:
            return (s.name.casefold(), s.id)
        if need.sort is Sort.BEST:
            return (-sum(offers(s, c) for c in chosen), miles, s.id)
        return (miles, s.id)

    found.sort(key=rank)
    page = found[(need.page - 1) * need.page_size :][: need.page_size]
    reasons = [[(c, standing(s, c)) for c in chosen] for s in page]
    return TwinAnswer(
        [s.id for s in page],
        [miles_between(place.point, s.point) if place else None for s in page],
        reasons,
        [sum(how == "offered" for _, how in why) for why in reasons],
        len(found),
        counts(sites, need, place),
    )


def counts(sites: Sequence[Site], need: Need, place: Place | None) -> dict[str, int]:
    """For each option: what it would find alone in its facet, the rest unchanged."""
    tally = {}
    for facet in FACETS:
        rest = {f: o for f, o in need.chosen.items() if f != facet.key}
        left = [s for s in sites if fits(s, need, rest, place)]
        for choice in facet.options:
            tally[choice.column] = sum(bool(choice.codes & s.codes) for s in left)
    return tally
