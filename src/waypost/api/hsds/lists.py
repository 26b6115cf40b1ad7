"""The five kinds of records: how each is found, listed, and shown whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from waypost.api.hsds import finding
from waypost.api.hsds.asking import Ask
from waypost.api.hsds.columns import HsdsDirectory
from waypost.directory.facets import Option
from waypost.editions.hsds import ids
from waypost.editions.hsds.levels import KINDS
from waypost.editions.hsds.nested import SiteInHsds, iso_time
from waypost.editions.hsds.taxonomy import TAXONOMIES, TERMS
from waypost.search.names import words_of

Row = dict[str, Any]
Records = Callable[[int, int], Iterator[Row]]
"""The records from one number to another, written as they are asked for."""


@dataclass(frozen=True, slots=True)
class ListKind:
    """A kind of records: ``find`` gives how many fit and writes any of them."""

    name: str
    one: str
    find: Callable[[HsdsDirectory, Ask], tuple[int, Records]]
    by_id: Callable[[HsdsDirectory, str, Ask], Row | None]


Shown = Callable[[SiteInHsds, Option], Row]


def _services(listed: Shown, whole: Shown) -> Callable[[HsdsDirectory, Ask], tuple[int, Records]]:
    """Services, or services where they are given."""

    def find(directory: HsdsDirectory, ask: Ask) -> tuple[int, Records]:
        rows, kinds = finding.services(directory, ask)
        shown = whole if ask.full else listed

        def shortest(first: int, end: int) -> Iterator[Row]:
            for row, kind in zip(rows[first:end].tolist(), kinds[first:end].tolist(), strict=True):
                site_id, changed = directory.site_ids[row], directory.sites.changed_at[row]
                yield _minimal(site_id, KINDS[kind], iso_time(int(changed)))

        def records(first: int, end: int) -> Iterator[Row]:
            for site, numbers in _by_site(directory, rows[first:end], kinds[first:end]):
                for number in numbers:
                    yield shown(site, KINDS[number])

        return len(rows), shortest if ask.minimal else records

    return find


def _by_site(
    directory: HsdsDirectory, rows: Any, kinds: Any
) -> Iterator[tuple[SiteInHsds, list[int]]]:
    """Neighboring services of one site together, so that what they share is written once."""
    site: SiteInHsds | None = None
    last, kinds_here = -1, list[int]()
    for row, kind in zip(rows.tolist(), kinds.tolist(), strict=True):
        if row != last:
            if site is not None:
                yield site, kinds_here
            site, last, kinds_here = directory.sites.site(row), row, []
        kinds_here.append(kind)
    if site is not None:
        yield site, kinds_here


def _minimal(site_id: str, level: Option, changed: str) -> Row:
    """What a copy needs to know of a change, with what the schema requires of any service.

    The specification says “modified_date” and its schema “last_modified”: both are there.
    """
    return {
        "id": ids.service_id(site_id, level.key),
        "name": level.label,
        "status": "active",
        "last_modified": changed,
        "modified_date": changed,
    }


def _organizations(directory: HsdsDirectory, ask: Ask) -> tuple[int, Records]:
    rows = finding.organizations(directory, ask)

    def records(first: int, end: int) -> Iterator[Row]:
        for row in rows[first:end].tolist():
            site = directory.sites.site(row)
            whole = ask.full or ask.full_service
            yield (
                site.organization(full_service=ask.full_service) if whole else site.organization_row
            )

    return len(rows), records


def _table(rows: Sequence[Row], *names: str) -> Callable[[HsdsDirectory, Ask], tuple[int, Records]]:
    """A short table that is searched in these fields."""

    def find(directory: HsdsDirectory, ask: Ask) -> tuple[int, Records]:
        fitting = [row for row in rows if _row_fits(row, names, ask)]
        return len(fitting), lambda first, end: iter(fitting[first:end])

    return find


def _row_fits(row: Row, names: Sequence[str], ask: Ask) -> bool:
    words = words_of(" ".join(row.get(name, "") for name in names))
    return (
        all(typed and any(w.startswith(typed) for w in words) for typed in ask.search or ())
        and ask.taxonomy_id in ("", row.get("taxonomy_id", ""))
        and ask.parent_id in ("", row.get("parent_id", ""))
        and not (ask.top_only and "parent_id" in row)
    )


def _service(directory: HsdsDirectory, text: str, ask: Ask) -> Row | None:
    service = directory.service(text)
    return service and service[0].service(service[1])


def _service_at_location(directory: HsdsDirectory, text: str, ask: Ask) -> Row | None:
    service = directory.service_at_location(text)
    return service and service[0].service_at_location(service[1])


def _organization(directory: HsdsDirectory, text: str, ask: Ask) -> Row | None:
    row = directory.organization(text)
    if row is None:
        return None
    return directory.sites.site(row).organization(full_service=ask.full_service)


def _row_by_id(rows: Sequence[Row]) -> Callable[[HsdsDirectory, str, Ask], Row | None]:
    by_id = {row["id"]: row for row in rows}
    return lambda directory, text, ask: by_id.get(text)


_DETAILS = {row["id"]: row for row in TAXONOMIES.values()}
_TERMS = [row | {"taxonomy_detail": _DETAILS[row["taxonomy_id"]]} for row in TERMS]
_TAXONOMIES = list(TAXONOMIES.values())

LISTS: Mapping[str, ListKind] = {
    kind.name: kind
    for kind in (
        ListKind(
            "services",
            "service",
            _services(SiteInHsds.listed_service, SiteInHsds.service),
            _service,
        ),
        ListKind(
            "taxonomies",
            "taxonomy",
            _table(_TAXONOMIES, "name", "description"),
            _row_by_id(_TAXONOMIES),
        ),
        ListKind(
            "taxonomy_terms",
            "taxonomy term",
            _table(_TERMS, "code", "name", "description"),
            _row_by_id(_TERMS),
        ),
        ListKind("organizations", "organization", _organizations, _organization),
        ListKind(
            "service_at_locations",
            "service at a location",
            _services(SiteInHsds.listed_service_at_location, SiteInHsds.service_at_location),
            _service_at_location,
        ),
    )
}
