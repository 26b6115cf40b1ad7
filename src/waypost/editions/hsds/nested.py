"""A site in HSDS with everything inside: short for lists, whole on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property

import orjson

from waypost.directory.facets import Option
from waypost.directory.site import Site
from waypost.editions.hours.shown import NO_HOURS, ShownHours, hours_of
from waypost.editions.hsds import hours, ids, metadata, rows
from waypost.editions.hsds.levels import services_of
from waypost.editions.hsds.metadata import Titles
from waypost.editions.hsds.rows import Row
from waypost.editions.hsds.taxonomy import READY

Claimed = Mapping[str, Sequence[tuple[str, str]]]
"""By site: pairs of “npi” or “tax_id” and a number."""


def iso_time(seconds: int) -> str:
    """Seconds since 1970 as HSDS writes a time."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _with_terms(attributes: list[Row]) -> list[Row]:
    for row in attributes:  # made for this answer alone
        row["taxonomy_term"] = READY[row["taxonomy_term_id"]]
    return attributes


@dataclass(frozen=True)
class SiteInHsds:
    """A site as its organization, its location and its services.

    ``changed`` is the second since 1970 in which its record last changed; ``title`` names a source;
    what it says of its hours and places is as of ``today``; ``claimed`` are its identifiers
    elsewhere.
    """

    site: Site
    changed: int
    title: Titles
    today: date
    claimed: tuple[tuple[str, str], ...] = ()

    @cached_property
    def levels(self) -> tuple[Option, ...]:
        """The kinds of its services."""
        return services_of(self.site.codes)

    @cached_property
    def organization_row(self) -> Row:
        """Its organization's own fields."""
        return rows.organization(self.site)

    @cached_property
    def location_row(self) -> Row:
        """Its location's own fields."""
        return rows.location(self.site)

    def service_row(self, level: Option) -> Row:
        """A service's own fields."""
        day = metadata.assured(self.site, level)
        assured = day.isoformat() if day else ""
        row = rows.service(self.site, level, self._common, assured, iso_time(self.changed))
        alert = hours.alert(self._hours(level))
        return row | {"alert": alert} if alert else row

    def _hours(self, level: Option) -> ShownHours:
        if not (self.site.tracks or self.site.openings):
            return NO_HOURS
        return hours_of(self.site, level.key, [kind.key for kind in self.levels], self.today)

    @cached_property
    def _common(self) -> Row:
        return rows.of_every_service(self.site)

    def organization_lists(self) -> Row:
        """The rows that belong to its organization, by the name of their field."""
        linked = self.organization_row["id"]
        claimed = list(self.claimed)
        return {
            "phones": rows.phones(self.site, "organization", linked),
            "organization_identifiers": rows.identifiers(self.site, claimed),
            "attributes": rows.organization_attributes(self.site),
            "metadata": metadata.of_organization(self.site, linked, claimed, self.title),
        }

    def location_lists(self) -> Row:
        """The rows that belong to its location."""
        return {
            "addresses": [rows.address(self.site)],
            "attributes": rows.location_attributes(self.site, self.levels),
            "metadata": metadata.of_location(self.site, self.location_row["id"], self.title),
        }

    def service_lists(self, level: Option) -> Row:
        """The rows that belong to a service."""
        linked, shown = ids.service_id(self.site.id, level.key), self._hours(level)
        return {
            "phones": rows.phones(self.site, "service", linked),
            "schedules": self._schedules(level),
            "languages": rows.languages(self.site, linked, shown.languages),
            "capacities": hours.capacities(shown, linked),
            "attributes": rows.service_attributes(self.site, level),
            "metadata": metadata.of_service(self.site, level, linked, self.title, shown),
        }

    def _schedules(self, level: Option) -> list[Row]:
        """When a service meets: of it, and of it where it is given, for a site is one place."""
        return hours.schedules(
            self._hours(level),
            ids.service_id(self.site.id, level.key),
            ids.service_at_location_id(self.site.id, level.key),
        )

    @cached_property
    def whole_location(self) -> orjson.Fragment:
        """Its location with all that belongs to it, written once for all services there."""
        return orjson.Fragment(orjson.dumps(_joined(self.location_row, self.location_lists())))

    @cached_property
    def _organization(self) -> Row:
        """Its organization with all that belongs to it but its location and its services."""
        return _joined(self.organization_row, self.organization_lists())

    @cached_property
    def _inner_organization(self) -> orjson.Fragment:
        return orjson.Fragment(orjson.dumps(self._organization))

    def service(self, level: Option) -> Row:
        """A service with all that belongs to it."""
        return self._service_alone(level) | {"service_at_locations": [self._at_location(level)]}

    def _at_location(self, level: Option) -> Row:
        at_location = rows.service_at_location(self.site, level)
        schedules = self._schedules(level)
        if schedules:
            at_location["schedules"] = schedules
        return at_location | {"location": self.whole_location}

    def _service_alone(self, level: Option) -> Row:
        whole = _joined(self.service_row(level), self.service_lists(level))
        return whole | {"organization": self._inner_organization}

    def listed_service(self, level: Option) -> Row:
        """A service in a list: one-to-one fields alone."""
        return self.service_row(level) | {"organization": self.organization_row}

    def service_at_location(self, level: Option) -> Row:
        """A service where it is given, with all that belongs to both."""
        return self._at_location(level) | {"service": self._service_alone(level)}

    def listed_service_at_location(self, level: Option) -> Row:
        """A service where it is given, in a list."""
        return rows.service_at_location(self.site, level) | {
            "location": self.location_row,
            "service": self.listed_service(level),
        }

    def organization(self, *, full_service: bool) -> Row:
        """An organization with its location and its services, these in short or in full."""
        services = [
            self.service(level) if full_service else self.service_row(level)
            for level in self.levels
        ]
        return self._organization | {"locations": [self.whole_location], "services": services}


def _joined(row: Row, lists: Row) -> Row:
    """A row with the lists that are not empty, each attribute with its term."""
    filled = {name: entries for name, entries in lists.items() if entries}
    if "attributes" in filled:
        filled["attributes"] = _with_terms(filled["attributes"])
    if "capacities" in filled:
        filled["capacities"] = [row | {"unit": hours.UNIT} for row in filled["capacities"]]
    return row | filled
