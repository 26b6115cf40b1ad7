"""Networks in the rows of a plan's FHIR directory: periods, references, NPIs as FHIR has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.values.outside_text import plain_text

NPI_SYSTEM = "http://hl7.org/fhir/sid/us-npi"
NPI_SYSTEMS = (NPI_SYSTEM, "urn:oid:2.16.840.1.113883.4.6")
"""Both names of the NPI's system that directories use (HL7, "Identifier Systems")."""

FULL_URL = "waypost:fullUrl"
"""Where a row keeps the address under which its bundle names it."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Networks:
    """Answered: the networks' names as the directory writes them, and the newest date in it."""

    names: tuple[str, ...]
    as_of: str


def joined(answers: Iterable[Networks]) -> Networks:
    """What several organizations of one NPI take part in, each network once."""
    names: list[str] = []
    dates = [""]
    for answer in answers:
        names.extend(answer.names)
        dates.append(answer.as_of)
    return Networks(tuple(dict.fromkeys(names)), max(dates))


def has_npi(row: Row, npi: str, today: date) -> bool:
    """A directory that ignores the question's filter must not be believed."""
    if row.get("resourceType") != "Organization" or row.get("active") is False:
        return False
    return any(_is_npi(mark, npi, today) for mark in _objects(row.get("identifier")))


def _is_npi(mark: Row, npi: str, today: date) -> bool:
    """Whether an identifier is this NPI and in use; ``old`` is FHIR's mark of one that is not."""
    is_npi = mark.get("system") in NPI_SYSTEMS and str(mark.get("value", "")).strip() == npi
    return is_npi and mark.get("use") != "old" and holds_on(mark.get("period"), today)


def networks_in(rows: Sequence[Row], organization: Row, today: date) -> Networks:
    """The networks of one organization's affiliations that hold today."""
    own = addresses_of(organization)
    npis = frozenset(
        str(mark.get("value", "")).strip()
        for mark in _objects(organization.get("identifier"))
        if mark.get("system") in NPI_SYSTEMS
    )
    known = _networks_by_address(rows)
    names: list[str] = []
    dates = [""]
    for row in rows:
        if not _counts(row, own, npis, today):
            continue
        dates.append(str(_object(row.get("meta")).get("lastUpdated", ""))[:10])
        for reference in _objects(row.get("network")):
            names.append(_name(reference, row, known))
    return Networks(tuple(dict.fromkeys(name for name in names if name)), max(dates))


def _counts(row: Row, own: frozenset[str], npis: frozenset[str], today: date) -> bool:
    """An affiliation in force, and of the organization that was asked about."""
    if row.get("resourceType") != "OrganizationAffiliation" or row.get("active") is False:
        return False
    member = _object(row.get("participatingOrganization"))
    by_reference = _readings(str(member.get("reference", "")))
    by_npi = (_is_npi(_object(member.get("identifier")), npi, today) for npi in npis)
    is_own = not member or not own.isdisjoint(by_reference) or any(by_npi)
    return is_own and holds_on(row.get("period"), today)


def addresses_of(row: Row) -> frozenset[str]:
    """How an organization is referred to: by type and id, and as its bundle names it."""
    by_id = f"Organization/{row.get('id')}"
    return frozenset({by_id, str(row.get(FULL_URL) or by_id)})


def _networks_by_address(rows: Sequence[Row]) -> dict[str, str | None]:
    """Names by every address that a reference may use; None for a network that has ended."""
    known: dict[str, str | None] = {}
    for row in rows:
        if row.get("resourceType") == "Organization":
            name = None if row.get("active") is False else plain_text(str(row.get("name", "")), 120)
            known |= dict.fromkeys(addresses_of(row), name)
    return known


def _name(reference: Row, row: Row, known: Mapping[str, str | None]) -> str:
    """A network's name: from the row that is referred to, else as the reference displays it."""
    address = str(reference.get("reference", ""))
    if address.startswith("#"):
        contained = _objects(row.get("contained"))
        inner = next((c for c in contained if f"#{c.get('id')}" == address), {})
        name: str | None = plain_text(str(inner.get("name", "")), 120)
    else:
        name = next((known[k] for k in _readings(address) if k in known), "")
    if name is None:
        return ""
    return name or plain_text(str(reference.get("display", "")), 120)


def _readings(reference: str) -> tuple[str, str]:
    """A reference as it stands, and by type and id alone.

    Directories behind a gateway write absolute references to an address of their own, and
    references to one version (``Organization/n1/_history/2``).
    """
    current = reference.partition("/_history/")[0].rstrip("/")
    return current, "/".join(current.split("/")[-2:])


def holds_on(period: Any, today: date) -> bool:
    """Whether a FHIR period holds on a day; ends left open hold. Days may lack day or month."""
    span = _object(period)
    day = today.isoformat()
    begins, ends = str(span.get("start", ""))[:10], str(span.get("end", ""))[:10]
    # "2025" ends with the year's last day, "2025-06" with the month's: compare what is written
    return begins <= day[: len(begins)] and (not ends or ends >= day[: len(ends)])


def _object(value: Any) -> Row:
    return value if isinstance(value, dict) else {}


def _objects(value: Any) -> list[Row]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
