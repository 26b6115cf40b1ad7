"""Find care, the slow and obvious way: every site, every reason, every count by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from twins import hours_twin
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
    hours: list[str]
    hours_counts: tuple[int, ...]


def offers(site: Site, column: str) -> bool:
    """Whether a site has any code of a choice, and none that it excludes."""
    choice = option(column)
    return not site.codes.isdisjoint(choice.codes) and site.codes.isdisjoint(choice.absent)


def standing(site: Site, column: str) -> str:
    """Offered; not listed where the site was asked; unknown where nobody asked it."""
    if offers(site, column):
        return "offered"
    codes = [CODES[code] for code in option(column).codes if code in CODES]
    asked = any(code.surveys & site.surveys for code in codes)
    asked = asked or (column.startswith("time:") and bool(site.tracks))
    return "not listed" if asked else "unknown"


def fits(site: Site, need: Need, choices: Mapping[str, Sequence[str]], place: Place | None) -> bool:
    """Whether a site is what the need asks for, with these choices."""
    return (
        in_reach(site, need, place)
        and need.state in ("", site.state)
        and named(site, need.text)
        and not any(offers(site, column) for column in need.without)
        and all(meets(site, need, facet, options) for facet, options in choices.items())
    )


def meets(site: Site, need: Need, facet: str, options: Sequence[str]) -> bool:
    """Each option of an "all" facet, unless any was said to be enough; a wish is always met."""
    if facet == "time":
        return True
    all_of = facet in ALL_OF and facet not in need.any_of
    return (all if all_of else any)(offers(site, f"{facet}:{o}") for o in options)


ALL_OF = {"group", "language", "medication", "therapy", "detox", "practical", "testing", "license"}
GROUPS = [("age:children", "group:adolescents"), ("age:young-adults", "group:young-adults"),
          ("age:seniors", "group:older-adults"), ("gender:female", "group:women"), ("gender:male", "group:men")]  # fmt: skip


def bonus(need: Need) -> list[str]:
    """Groups made for the person that the need did not name itself."""
    named = {*need.chosen_columns, *need.prefer}
    return sorted(group for who, group in GROUPS if who in named and group not in named)


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


def find_care(sites: Sequence[Site], need: Need, place: Place | None, now: datetime) -> TwinAnswer:
    """What navigation must answer; sorts by names the rank rule in plain words."""
    chosen = sorted({*need.chosen_columns, *need.prefer})
    special = bonus(need)
    every = [s for s in sites if fits(s, need, need.chosen, place)]
    hours = {s.id: hours_twin.standing(s, need, place, now) for s in sites if need.asks_hours}
    found = [s for s in every if is_shown(hours.get(s.id), need)]

    def fitting(s: Site) -> bool:
        return need.asks_hours and hours[s.id] == "fits"

    def rank(s: Site) -> tuple[object, ...]:
        miles = round(miles_between(place.point, s.point), 6) if place else 0.0
        if need.sort is Sort.NAME:
            return (s.name.casefold(), s.id)
        if need.sort is Sort.BEST:
            return (-sum(offers(s, c) for c in chosen + special) - fitting(s), miles, s.id)
        return (miles, s.id)

    found.sort(key=rank)
    page = found[(need.page - 1) * need.page_size :][: need.page_size]
    reasons = [
        [(c, standing(s, c)) for c in chosen + [g for g in special if offers(s, g)]] for s in page
    ]
    return TwinAnswer(
        [s.id for s in page],
        [miles_between(place.point, s.point) if place else None for s in page],
        reasons,
        [
            sum(how == "offered" for _, how in why) + fitting(s)
            for s, why in zip(page, reasons, strict=True)
        ],
        len(found),
        counts(sites, need, place, hours),
        [hours[s.id] for s in page if need.asks_hours],
        tuple(
            [
                sum(hours.get(s.id) == how for s in every)
                for how in ("fits", "does not", "does not say")
            ]
        ),
    )


def is_shown(standing: str | None, need: Need) -> bool:
    """Hidden only on request."""
    hidden = {"all": [], "said": ["does not say"], "fit": ["does not say", "does not"]}
    return standing not in hidden[need.hours.shown]


def counts(
    sites: Sequence[Site], need: Need, place: Place | None, hours: Mapping[str, str]
) -> dict[str, int]:
    """For each option what it would find, the rest unchanged: alone in an "any" facet, together
    with what is chosen there in an "all" facet."""
    tally = {}
    without_choices = [
        s for s in sites if fits(s, need, {}, place) and is_shown(hours.get(s.id), need)
    ]
    for facet in FACETS:
        alone = facet.key not in ALL_OF or facet.key in need.any_of
        rest = {f: o for f, o in need.chosen.items() if f != facet.key or not alone}
        left = [s for s in without_choices if all(meets(s, need, f, o) for f, o in rest.items())]
        for choice in facet.options:
            tally[choice.column] = sum(offers(s, choice.column) for s in left)
    return tally
