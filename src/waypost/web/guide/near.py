"""What is near a place that is not kept: programs for the person's age, or a hospital."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.design.place_words import place_problem
from waypost.design.words import miles_text
from waypost.directory.site import PhoneKind, Site, SitePhone
from waypost.levels_of_care.safety.hospitals import NamedHospital, named_hospital
from waypost.levels_of_care.safety.voice import VoiceAge
from waypost.navigation.answer import Answer, RankedSite
from waypost.navigation.find_care import find_care
from waypost.navigation.need import LEVEL, BadNeed, Need, clean_text, tidy
from waypost.places.place import Ambiguous, Place, PlaceKind, Unknown
from waypost.publishing.reader import Snapshot

SHOWN = 3
AGES = {
    VoiceAge.YOUNG: ("children",),
    VoiceAge.ADULT: ("adults", "young-adults"),
    VoiceAge.OLDER: ("seniors",),
}
"""The search's age options for a person of this age."""

WHOLE_AREAS = (PlaceKind.STATE, PlaceKind.COUNTY)
"""Places of which only the middle is known, so no hospital is "the nearest"."""


@dataclass(frozen=True, slots=True)
class NearestProgram:
    """One program: its name and town, how far, and the number to call (or None)."""

    id: str
    name: str
    town: str
    distance: str
    phone: SitePhone | None


@dataclass(frozen=True, slots=True)
class NearHospital:
    """The nearest hospital that must give emergency care: its name, town and distance."""

    name: str
    town: str
    distance: str


@dataclass(frozen=True, slots=True)
class Nearby:
    """The nearest to a place; ``problem`` says why there is none."""

    place: str
    programs: tuple[NearestProgram, ...] = ()
    hospital: NearHospital | None = None
    problem: str = ""
    guesses: tuple[str, ...] = ()


def nearest(
    snapshot: Snapshot, typed: str, levels: tuple[str, ...], age: VoiceAge
) -> Nearby | None:
    """The nearest programs of any of ``levels`` that take this age; None for no place."""
    answer = _answer(snapshot, typed, {LEVEL: levels, "age": AGES[age]})
    if not isinstance(answer, Answer):
        return answer
    label = answer.place.label if answer.place else ""
    return Nearby(label, tuple(_program(option) for option in answer.options))


def nearest_hospital(snapshot: Snapshot, typed: str) -> Nearby | None:
    """The nearest hospital, where one can be named; None where no place was typed."""
    answer = _answer(snapshot, typed, {})
    if not isinstance(answer, Answer):
        return answer
    place = answer.place
    if place is None or place.kind in WHOLE_AREAS:
        return Nearby(place.label if place else "", problem=_("A ZIP code or a town is needed."))
    hospital = named_hospital(place.point)
    return Nearby(place.label, hospital=_hospital(hospital) if hospital else None)


def _answer(
    snapshot: Snapshot, typed: str, chosen: dict[str, tuple[str, ...]]
) -> Answer | Nearby | None:
    """The search's answer; a problem in words where the place is not one; None for no place."""
    place = clean_text(typed)
    if not place:
        return None
    try:
        need = Need(place, None, tidy(chosen), page_size=SHOWN)
    except BadNeed:
        return Nearby(place, problem=_("We cannot read that place. A ZIP code is enough."))
    answer = find_care(snapshot, need, timezone.now())
    if isinstance(answer.resolution, Ambiguous):
        guesses = _labels(answer.resolution.choices)
        return Nearby(place, problem=place_problem(answer.resolution), guesses=guesses)
    if isinstance(answer.resolution, Unknown) or answer.place is None:
        places = answer.resolution.guesses if isinstance(answer.resolution, Unknown) else ()
        problem = place_problem(answer.resolution)
        return Nearby(place, problem=problem, guesses=_labels(places))
    return answer


def _labels(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(place.label for place in places[:8])


def _program(option: RankedSite) -> NearestProgram:
    site = option.site
    far = miles_text(option.miles, exact=option.exact) if option.miles is not None else ""
    return NearestProgram(site.id, site.name, f"{site.city}, {site.state}", far, _phone(site))


def _hospital(named: NamedHospital) -> NearHospital:
    hospital = named.hospital
    far = miles_text(named.miles, exact=False)
    return NearHospital(hospital.name, f"{hospital.city}, {hospital.state}", far)


def _phone(site: Site) -> SitePhone | None:
    """An intake line first, as the program's page shows it."""
    order = [PhoneKind.INTAKE, PhoneKind.MAIN, PhoneKind.HOTLINE]
    return min(site.phones, key=lambda phone: order.index(phone.kind), default=None)
