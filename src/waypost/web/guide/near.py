"""The nearest programs of a kind, for a place that came in a form and goes nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.design.words import miles_text
from waypost.directory.site import PhoneKind, Site, SitePhone
from waypost.navigation.answer import Option
from waypost.navigation.find_care import find_care
from waypost.navigation.need import LEVEL, BadNeed, Need, clean_text, tidy
from waypost.places.place import Ambiguous, Place, Unknown
from waypost.publishing.reader import Snapshot

SHOWN = 3


@dataclass(frozen=True, slots=True)
class NearProgram:
    """One program: its name and town, how far, and the number to call (or None)."""

    id: str
    name: str
    town: str
    distance: str
    phone: SitePhone | None


@dataclass(frozen=True, slots=True)
class Nearby:
    """The nearest programs to a place; ``problem`` says why there are none."""

    place: str
    programs: tuple[NearProgram, ...] = ()
    problem: str = ""
    guesses: tuple[str, ...] = ()


def nearest(
    snapshot: Snapshot, typed: str, levels: tuple[str, ...], *, youth: bool = False
) -> Nearby | None:
    """The nearest programs that offer any of ``levels``; None where no place was typed.

    ``youth`` looks for those that accept children and adolescents.
    """
    place = clean_text(typed)
    if not place:
        return None
    try:
        chosen = {LEVEL: levels} | ({"age": ("children",)} if youth else {})
        need = Need(place, None, tidy(chosen), page_size=SHOWN)
    except BadNeed:
        return Nearby(place, problem=_("We cannot read that place. A ZIP code is enough."))
    answer = find_care(snapshot, need, timezone.now())
    if isinstance(answer.resolution, Ambiguous):
        return Nearby(
            place, problem=_("Which of these?"), guesses=_labels(answer.resolution.choices)
        )
    if isinstance(answer.resolution, Unknown) or answer.place is None:
        guesses = answer.resolution.guesses if isinstance(answer.resolution, Unknown) else ()
        problem = _("We do not know that place. A ZIP code is enough.")
        return Nearby(place, problem=problem, guesses=_labels(guesses))
    return Nearby(answer.place.label, tuple(_program(option) for option in answer.options))


def _labels(places: tuple[Place, ...]) -> tuple[str, ...]:
    return tuple(place.label for place in places[:8])


def _program(option: Option) -> NearProgram:
    site = option.site
    far = miles_text(option.miles, exact=option.exact) if option.miles is not None else ""
    return NearProgram(site.id, site.name, f"{site.city}, {site.state}", far, _phone(site))


def _phone(site: Site) -> SitePhone | None:
    """An intake line first, as the program's page shows it."""
    order = [PhoneKind.INTAKE, PhoneKind.MAIN, PhoneKind.HOTLINE]
    return min(site.phones, key=lambda phone: order.index(phone.kind), default=None)
