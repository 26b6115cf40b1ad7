"""Turns resolved records into sites, choosing each field from its claims."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from waypost.directory.address_book import AddressBook
from waypost.directory.areas import AreaFacts, Areas
from waypost.directory.choosing import EXACT_METHODS, LISTED_ELSEWHERE, mark
from waypost.directory.locate import Spot, agreement, point_claims
from waypost.directory.matching import withheld
from waypost.directory.normalize import town_key, zip_key
from waypost.directory.resolve import Record
from waypost.directory.rows import Row
from waypost.directory.site import (
    Claim,
    FactSource,
    PhoneKind,
    Site,
    SitePhone,
    Source,
    Survey,
)
from waypost.directory.timetables import CODE_OF, SAID_FIELDS, with_timetable
from waypost.values.geo import Point
from waypost.values.phone import read_phone

NO_ADDRESSES = AddressBook.of(())
_KIND_ORDER = (PhoneKind.INTAKE, PhoneKind.MAIN, PhoneKind.HOTLINE)


@dataclass(frozen=True, slots=True)
class Assembled:
    """A site, all claims about it, and the miles between the points its sources give."""

    site: Site
    claims: tuple[Claim, ...]
    apart: tuple[float, ...]


def assemble(
    record: Record,
    newest: str,
    sources: Mapping[str, Source],
    book: AddressBook,
    areas: Areas,
    reports: Iterable[Claim] = (),
) -> Assembled | None:
    """A record's site, or None where nothing says where it is."""
    claims = _row_claims(record, sources) + list(reports)
    hidden = withheld(record.listing)  # we do not look up an address its program hides
    own = [
        Spot(row.lat, row.lon, row.source, sources[row.source].as_of, row.method)
        for row in [*record.rows, *record.extra]
        if row.lat is not None and row.lon is not None and not hidden
    ]
    place = record.listing
    area, _ = areas.of(place.zip, town_key(place.city), place.state)
    spots = point_claims(place, own, NO_ADDRESSES if hidden else book, areas)
    marked: list[Claim] = []
    won: dict[str, Claim] = {}
    for field, group in _by_field([*claims, *spots]).items():
        all_of_field, winner = mark(group)
        marked += all_of_field
        if winner is not None:
            won[field] = winner
    if "point" not in won:
        return None
    site = _site(record, newest, won, area, hidden=hidden)
    return Assembled(site, tuple(marked), tuple(agreement(spots)))


def _by_field(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    by_field: dict[str, list[Claim]] = {}
    for claim in claims:
        by_field.setdefault(claim.field, []).append(claim)
    return by_field


def _row_claims(record: Record, sources: Mapping[str, Source]) -> list[Claim]:
    claims = []
    for rows, method in ((record.rows, "as published"), (record.extra, "locator export")):
        for row in rows:
            source = sources[row.source]
            for field, value in _row_facts(row):
                how = row.method or method
                claims.append(Claim(field, value, source.id, source.as_of, how))
    return list(dict.fromkeys(claims))


def _row_facts(row: Row) -> list[tuple[str, object]]:
    facts: list[tuple[str, object]] = []
    if row.method != LISTED_ELSEWHERE:  # a license is in the owner's name, at the owner's address
        facts.append(("name", (row.name, row.name2)))
        facts.append(("address", (row.street, row.street2, row.city, row.state, zip_key(row.zip))))
    facts.append(("phones", tuple(sorted((kind.value, text) for kind, text in row.phones))))
    if row.website:
        facts.append(("website", row.website))
    if row.codes is not None:
        facts.append((f"services:{row.survey}", row.codes))
    return facts


def _site(
    record: Record,
    newest: str,
    won: Mapping[str, Claim],
    area: AreaFacts | None,
    *,
    hidden: bool,
) -> Site:
    name, name2 = name_pair(won["name"].value)
    street, street2, city, state, zip_code = _five(won["address"].value)
    if hidden:
        street = street2 = ""  # "- - -" in the directories; we show no text for it
    lat, lon = _point(won["point"].value)
    services = [c for f, c in won.items() if f.startswith("services:")]
    site = Site(
        id=record.id,
        name=name,
        name2=name2,
        street=street,
        street2=street2,
        city=city,
        state=state,
        zip=zip_code,
        county=area.county if area else "",
        county_fips=area.county_fips if area else "",
        timezone=area.timezone if area else "",
        point=Point(lat, lon),
        exact=won["point"].method in EXACT_METHODS,
        phones=ordered_phones(
            won["phones"].value, (row.phones for row in (*record.rows, *record.extra))
        ),
        website=web_address(str(won["website"].value)) if "website" in won else "",
        codes=frozenset({code for c in services for code in _texts(c.value)}),
        surveys=frozenset(Survey(f.partition(":")[2]) for f in won if f.startswith("services:")),
        listed_since=record.editions[0],
        last_listed=record.editions[-1],
        current=record.editions[-1] == newest,
        history=tuple(h for h in record.history if h.what != "moved" or not hidden),
        facts={fact_name(f): FactSource(c.source, c.as_of, c.method) for f, c in won.items()},
    )
    if won.keys().isdisjoint(SAID_FIELDS) and site.codes.isdisjoint(CODE_OF.values()):
        return site  # most programs say nothing of themselves
    return with_timetable(site, won)


def fact_name(field: str) -> str:
    """The fact a claim's field fills; where both surveys list services, substance use counts."""
    return {"services:SU": "services", "services:MH": "services:MH"}.get(field, field)


def name_pair(value: object) -> tuple[str, str]:
    """The two names of a claim's value."""
    assert isinstance(value, tuple)
    return str(value[0]), str(value[1])


def _five(value: object) -> tuple[str, str, str, str, str]:
    assert isinstance(value, tuple)
    street, street2, city, state, zip_code = map(str, value)
    return street, street2, city, state, zip_code


def _point(value: object) -> tuple[float, float]:
    assert isinstance(value, tuple)
    return float(value[0]), float(value[1])


def _texts(value: object) -> tuple[str, ...]:
    assert isinstance(value, tuple)
    return tuple(map(str, value))


def ordered_phones(chosen: object, others: Iterable[object]) -> tuple[SitePhone, ...]:
    """The chosen claim's numbers first, then the sources' own; each once, intake lines first."""
    texts = [(PhoneKind(kind), text) for value in (chosen, *others) for kind, text in _pairs(value)]
    by_number: dict[str, SitePhone] = {}
    for kind, text in sorted(texts, key=lambda t: _KIND_ORDER.index(t[0])):
        phone = read_phone(text)
        if phone is not None:
            site_phone = SitePhone(kind, phone.e164, phone.display, phone.extension)
            by_number.setdefault(phone.e164, site_phone)
    return tuple(by_number.values())


def _pairs(value: object) -> list[tuple[str, str]]:
    assert isinstance(value, tuple)
    return [(str(kind), str(text)) for kind, text in value]


def web_address(text: str) -> str:
    """A web address that can be linked (http or https only), or '' where the text is not one."""
    text = text.strip()
    if not text or any(c.isspace() or c in "<>\"'" for c in text):
        return ""
    if "://" not in text:
        text = f"http://{text}"
    scheme, _, rest = text.partition("://")
    return text if scheme.lower() in {"http", "https"} and "." in rest else ""
