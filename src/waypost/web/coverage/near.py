"""From a coverage answer back into the search: programs that say they take this insurance."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlencode

from django.utils.translation import get_language

from waypost.design.place_words import place_problem
from waypost.directory.facets import option
from waypost.navigation.answer import SearchedSnapshot
from waypost.navigation.find_care import find_care
from waypost.navigation.need import MAX_TEXT, BadNeed, Need
from waypost.places.choosing import places_in
from waypost.places.place import Found
from waypost.places.states import STATE_KEYS, STATE_NAMES
from waypost.plans.insurance import PAYMENT, Insurance
from waypost.values.level_of_care import LevelOfCare

WITHOUT_INSURANCE = ("no-charge", "sliding-fee", "assistance", "public-funds")


@dataclass(frozen=True, slots=True)
class NearLink:
    """A search that is ready to open; ``count`` is None where no place was given."""

    words: str
    query: str
    count: int | None


@dataclass(frozen=True, slots=True)
class NearLinks:
    """Searches by payment, and their place ('' for everywhere)."""

    place: str
    links: tuple[NearLink, ...]
    own: NearLink | None = None  # that of the insurance which was named
    problem: str = ""  # why the typed place is not one, or the question which is meant
    guesses: tuple[NearLink, ...] = ()


def near_links(
    snapshot: SearchedSnapshot,
    insurance: Insurance,
    care: LevelOfCare,
    near: tuple[str, str],
    now: datetime,
) -> NearLinks:
    """Searches for the insurance that was named, and for care without insurance.

    ``near`` is what was typed as a place, and a state for where nothing was or it is not known.
    """
    typed, state = near
    resolution = snapshot.gazetteer.resolve(typed[:MAX_TEXT]) if typed.strip() else None
    place = resolution.place.key if isinstance(resolution, Found) else STATE_KEYS.get(state, "")
    own = PAYMENT.get(insurance)
    payments = (own, *WITHOUT_INSURANCE) if own else WITHOUT_INSURANCE
    counts = _counts(snapshot, care, place, now)
    links = tuple(_link(payment, care, place, counts) for payment in payments)
    shown = resolution.place.label if isinstance(resolution, Found) else STATE_NAMES.get(state, "")
    if resolution is None or isinstance(resolution, Found):
        return NearLinks(shown, links, links[0] if own else None)
    guesses = tuple(
        replace(_link(payments[0], care, p.key, {}), words=p.label) for p in places_in(resolution)
    )
    return NearLinks(shown, links, links[0] if own else None, place_problem(resolution), guesses)


def _counts(
    snapshot: SearchedSnapshot, care: LevelOfCare, place: str, now: datetime
) -> dict[str, int]:
    if not place:
        return {}
    try:
        need = Need(place=place, choices=(("level", (care.value,)),), page_size=1)
    except BadNeed:
        return {}
    return dict(find_care(snapshot, need, now).counts)


def _link(payment: str, care: LevelOfCare, place: str, counts: dict[str, int]) -> NearLink:
    choice = option(f"payment:{payment}")
    words = choice.label_es if get_language() == "es" else choice.label
    pairs = [("level", care.value), ("payment", payment)]
    if place:
        pairs.insert(0, ("near", place))
    return NearLink(words, urlencode(pairs), counts.get(f"payment:{payment}"))
