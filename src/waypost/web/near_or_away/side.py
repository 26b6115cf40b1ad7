"""One of two places: how many programs, how near, and what they offer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from waypost.design.facets import label_of
from waypost.design.words import miles_text, number_text
from waypost.directory.facets import FACETS
from waypost.navigation.answer import Answer
from waypost.navigation.need_url import query_string
from waypost.places.place import PlaceKind

LEVEL = "level"
GROUP = "group"


@dataclass(frozen=True, slots=True)
class Side:
    """What the page says about one place; ``levels`` and ``people`` count programs by name."""

    place: str
    total: int
    count: str
    within: str
    nearest: tuple[str, ...]
    levels: dict[str, int]
    people: dict[str, int]
    query: str


def side(near: Answer, far: Answer) -> Side:
    """The presenter of a place, from what is near and what is nearest at any distance."""
    place = near.place
    if place is None:
        raise ValueError("Both places are known before they are compared.")
    whole = place.kind in (PlaceKind.STATE, PlaceKind.COUNTY)
    return Side(
        place=place.label,
        total=near.total,
        count=number_text(near.total),
        within=_within(near, whole),
        nearest=() if whole else _nearest(far),
        levels=_counts(near, LEVEL),
        people=_counts(near, GROUP),
        query=query_string(replace(near.need, place=place.key)),
    )


def _within(near: Answer, whole: bool) -> str:
    if whole:
        return _("in all of it")
    if near.need.radius_miles is None:
        return _("at any distance")
    return _("within %(miles)s miles") % {"miles": f"{near.need.radius_miles:g}"}


def _nearest(far: Answer) -> tuple[str, ...]:
    return tuple(
        f"{option.site.name}: {miles_text(option.miles, exact=option.exact)}"
        for option in far.options
        if option.miles is not None
    )


def _counts(near: Answer, key: str) -> dict[str, int]:
    return {
        label_of(choice): near.counts.get(f"{key}:{choice.key}", 0)
        for facet in FACETS
        if facet.key == key
        for choice in facet.options
    }
