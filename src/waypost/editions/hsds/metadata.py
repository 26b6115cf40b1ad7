"""Where each fact comes from, as HSDS metadata: its source, its day, and how it came here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from waypost.directory.codes import CODES
from waypost.directory.facets import Option
from waypost.directory.site import Site, Survey
from waypost.directory.timetables import OPENINGS, TRACKS
from waypost.editions.hours import words
from waypost.editions.hours.shown import NO_HOURS, ShownHours
from waypost.editions.hsds.ids import uuid_of
from waypost.editions.hsds.rows import Row
from waypost.editions.hsds.words import WITHHELD

BEFORE = "not recorded"
"""HSDS wants a value before; what a fact was before it was stated is not kept."""

ACTION = "stated"

Titles = Callable[[str], str]
"""A source's id to its title."""

_ASKED = {
    survey: frozenset(code for code, known in CODES.items() if survey in known.surveys)
    for survey in Survey
}
_SURVEYED = {"services": Survey.SUBSTANCE_USE, "services:MH": Survey.MENTAL_HEALTH}


def _rows(
    site: Site, table: str, linked: str, stated: list[tuple[str, str, str]], title: Titles
) -> list[Row]:
    """Rows of triples of a fact, the HSDS field that it stands in, and its value there."""
    return [
        {
            "id": uuid_of(f"metadata/{linked}/{field}/{name}"),
            "resource_id": linked,
            "resource_type": table,
            "last_action_date": site.facts[name].as_of.isoformat(),
            "last_action_type": ACTION,
            "field_name": field,
            "previous_value": BEFORE,
            "replacement_value": value,
            "updated_by": f"{title(site.facts[name].source)} ({site.facts[name].method})",
        }
        for name, field, value in stated
        if name in site.facts and value
    ]


def _phones(site: Site) -> str:
    return "; ".join(phone.written for phone in site.phones)


def surveys_on(site: Site, level: Option) -> Iterator[str]:
    """The facts of a site that say whether it gives this level of care."""
    for fact, survey in _SURVEYED.items():
        asked = level.codes & site.codes & _ASKED[survey]
        if fact in site.facts and (asked or not level.codes):
            yield fact


def assured(site: Site, level: Option) -> date | None:
    """The day of the survey, or of the later check, that says a service is given."""
    facts = list(surveys_on(site, level)) or [f for f in _SURVEYED if f in site.facts]
    return max((site.facts[fact].as_of for fact in facts), default=None)


def of_service(
    site: Site, level: Option, linked: str, title: Titles, hours: ShownHours = NO_HOURS
) -> list[Row]:
    """Where a service is stated, its numbers and web address, and its hours and places."""
    facts = list(surveys_on(site, level)) or [f for f in _SURVEYED if f in site.facts]
    said = " ".join(sorted(level.codes & site.codes)) or "no level of care stated"
    stated = [(fact, "attributes", said) for fact in facts]
    stated += [("phones", "phones", _phones(site)), ("website", "url", site.website)]
    meets = " ".join(words.of_track(track, hours.today) for track in hours.tracks)
    stated += [(TRACKS, "schedules", meets)]
    free = " ".join(map(words.of_opening, hours.openings))
    stated += [(OPENINGS, "capacities" if _counted(hours) else "alert", free)]
    was = " ".join(words.of_opening(opening, past=True) for opening in hours.past)
    stated += [] if free else [(OPENINGS, "alert", was)]
    return _rows(site, "service", linked, stated, title)


def _counted(hours: ShownHours) -> bool:
    return any(opening.places is not None for opening in hours.openings)


def of_organization(
    site: Site, linked: str, claimed: list[tuple[str, str]], title: Titles
) -> list[Row]:
    """Where a name, numbers, a web address and identifiers are from."""
    stated = [
        ("name", "name", site.name),
        ("phones", "phones", _phones(site)),
        ("website", "website", site.website),
    ]
    stated += [
        (field, "organization_identifiers", ", ".join(v for f, v in claimed if f == field))
        for field in ("npi", "tax_id")
    ]
    return _rows(site, "organization", linked, stated, title)


def of_location(site: Site, linked: str, title: Titles) -> list[Row]:
    """Where an address, its point, and what is offered there are from."""
    lines = (site.street, site.street2, site.city, f"{site.state} {site.zip}")
    stated = [("address", "addresses", ", ".join(filter(None, lines)))]
    if site.street:
        stated += [("point", "latitude", str(site.point.lat))]
        stated += [("point", "longitude", str(site.point.lon))]
    else:
        stated = [("address", "addresses", WITHHELD)]
    stated += [(fact, "attributes", _codes(site, survey)) for fact, survey in _SURVEYED.items()]
    return _rows(site, "location", linked, stated, title)


def _codes(site: Site, survey: Survey) -> str:
    return " ".join(sorted(site.codes & _ASKED[survey]))
