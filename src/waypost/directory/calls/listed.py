"""A listing as a round of calls sees it: its stratum, and what it says of each field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from waypost.directory.calls.drawing import DrawCandidate, stratum_name
from waypost.directory.calls.outcomes import CallField, ListedFact
from waypost.directory.site import Site
from waypost.places.tables import counties

IOP = "OIT"
"""The federal service code of intensive outpatient treatment."""


def candidates(sites: Iterable[Site], state: str, edition: str) -> Iterator[DrawCandidate]:
    """The frame: a state's current listings that say they have an intensive outpatient program.

    ``edition`` is the newest, in which a place may be new.
    """
    for site in sites:
        if site.current and site.state == state and IOP in site.codes:
            county = counties().get(site.county_fips)
            people = county.population if county else None
            before = site.listed_since != edition
            yield DrawCandidate(site.id, stratum_name(people, listed_before=before))


def listed_facts(site: Site) -> list[ListedFact]:
    """What a listing says of the fields that are asked about; what it does not say is left out."""
    values: dict[CallField, object] = {
        CallField.PHONES: [[phone.kind.value, phone.written] for phone in site.phones],
        CallField.NAME: [site.name, site.name2],
        CallField.ADDRESS: _address(site),
        CallField.WEBSITE: site.website,
        CallField.SERVICES: [IOP] if IOP in site.codes else [],
    }
    facts = []
    for field, value in values.items():
        source = site.facts.get(field.value) or site.facts.get(f"{field.value}:MH")
        if value and source is not None:
            facts.append(ListedFact(field, value, source.source, source.as_of))
    return facts


def _address(site: Site) -> list[str]:
    """The address; [] where the program hides it, which a caller must not ask for."""
    if not site.street:
        return []
    return [site.street, site.street2, site.city, site.state, site.zip]


def as_json(facts: Iterable[ListedFact]) -> list[dict[str, Any]]:
    """The facts as they are stored."""
    return [
        {"field": f.field.value, "value": f.value, "source": f.source, "as_of": f.as_of.isoformat()}
        for f in facts
    ]


def from_json(stored: Iterable[dict[str, Any]]) -> tuple[ListedFact, ...]:
    """Stored facts, read back."""
    return tuple(
        ListedFact(CallField(f["field"]), f["value"], f["source"], date.fromisoformat(f["as_of"]))
        for f in stored
    )


def claimed_value(field: CallField, listed: object, right: str) -> object | None:
    """The claim's value: what was listed, or ``right`` in its place; None where none can be made.

    A wrong address or program has no value that one call can give: a person looks at it.
    """
    if not right:
        return as_tuples(listed) if field is not CallField.SERVICES else None
    if field is CallField.PHONES:
        return (("main", right),)
    if field is CallField.NAME:
        return (right, "")
    return right if field is CallField.WEBSITE else None


def as_tuples(value: object) -> object:
    """A claim's values are tuples, which JSON does not keep."""
    return tuple(map(as_tuples, value)) if isinstance(value, list) else value
