"""A site as rows of the HSDS tables: flat, and without what is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from waypost.directory.codes import CODES
from waypost.directory.facets import Option
from waypost.directory.site import PhoneKind, Site, SitePhone
from waypost.editions.hsds import ids, words
from waypost.editions.hsds.ids import uuid_of
from waypost.editions.hsds.languages import HELD_IN, LANGUAGES, NAMES, NOTE
from waypost.editions.hsds.taxonomy import CODE_TERMS, LEVEL_TERMS

Row = dict[str, Any]

IDENTIFIER_TYPE = "Waypost site id"
SCHEMES = {"npi": ("US-NPI", "NPI"), "tax_id": ("US-EIN", "EIN")}
"""How an identifier that is claimed is named: its scheme of org-id.guide, and its type."""

_DESCRIBED = {
    PhoneKind.INTAKE: "Intake", PhoneKind.MAIN: "Main", PhoneKind.HOTLINE: "Hotline",
}  # fmt: skip
_OPERATORS = frozenset(code.code for code in CODES.values() if code.category == "FOP")
_IN_ORDER = {code: place for place, code in enumerate(CODES)}
_TERM_IDS = {code: term["id"] for code, term in CODE_TERMS.items()}
_URI = ":/?#@!$&'()*+,;=%-._~"


def known(row: Row) -> Row:
    """The row without its empty fields: what is not known is left out."""
    return {name: value for name, value in row.items() if value is not None and value != ""}


def uri(text: str) -> str:
    """A web address with no character that RFC 3986 forbids in one."""
    return quote(text, safe=_URI)


def organization(site: Site) -> Row:
    """The organization of a site."""
    return known({
        "id": ids.organization_id(site.id),
        "name": site.name,
        "alternate_name": site.name2,
        "description": words.organization(site),
        "website": uri(site.website),
    })  # fmt: skip


def location(site: Site) -> Row:
    """Where a site is: no point where its address is withheld."""
    published = bool(site.street)
    return known({
        "id": ids.location_id(site.id),
        "location_type": "physical",
        "organization_id": ids.organization_id(site.id),
        "name": site.name,
        "alternate_name": site.name2,
        "description": words.location(site),
        "transportation": words.TRANSPORT if "TA" in site.codes else "",
        "latitude": site.point.lat if published else None,
        "longitude": site.point.lon if published else None,
        "external_identifier": site.id,
        "external_identifier_type": IDENTIFIER_TYPE,
    })  # fmt: skip


def address(site: Site) -> Row:
    """The address of a site's location."""
    return known({
        "id": uuid_of(f"address/{site.id}"),
        "location_id": ids.location_id(site.id),
        "address_1": site.street or words.WITHHELD,
        "address_2": site.street2,
        "city": site.city,
        "region": site.county,
        "state_province": site.state,
        "postal_code": site.zip,
        "country": "US",
        "address_type": "physical",
    })  # fmt: skip


def of_every_service(site: Site) -> Row:
    """What the services of a site have in common: the survey asks about the facility."""
    return known({
        "url": uri(site.website),
        "status": "active" if site.current else "inactive",
        "fees_description": words.fees(site.codes),
        "accreditations": words.accreditations(site.codes),
        "eligibility_description": words.eligibility(site.codes),
        "minimum_age": words.minimum_age(site.codes),
    })  # fmt: skip


def service(site: Site, level: Option, common: Row, assured: str, changed: str) -> Row:
    """A site's service at a level of care; ``assured`` and ``changed`` are in ISO 8601."""
    own = {
        "id": ids.service_id(site.id, level.key),
        "organization_id": ids.organization_id(site.id),
        "name": level.label,
        "description": words.service(level, site.codes),
    }
    return own | common | known({"assured_date": assured, "last_modified": changed})


def service_at_location(site: Site, level: Option) -> Row:
    """A site's service where it is given."""
    return {
        "id": ids.service_at_location_id(site.id, level.key),
        "service_id": ids.service_id(site.id, level.key),
        "location_id": ids.location_id(site.id),
    }


def phones(site: Site, table: str, linked: str) -> list[Row]:
    """A site's numbers for its organization or for a service, in our order."""
    return [_phone(phone, table, linked, i) for i, phone in enumerate(site.phones)]


def _phone(phone: SitePhone, table: str, linked: str, place: int) -> Row:
    """``extension`` is a number in HSDS: one that begins with a zero is told in words."""
    extension, described = phone.extension, _DESCRIBED[phone.kind]
    number = int(extension) if extension.isascii() and extension.isdigit() else 0
    if extension and (not number or str(number) != extension):
        number, described = 0, f"{described}, extension {extension}"
    return known({
        "id": uuid_of(f"phone/{linked}/{place}"),
        f"{table}_id": linked,
        "number": phone.display.removesuffix(f" ext. {extension}"),
        "extension": number or None,
        "type": "voice",
        "description": described,
    })  # fmt: skip


def languages(site: Site, service_id: str, held_in: Iterable[str] = ()) -> list[Row]:
    """The languages in which a service is given; ``held_in`` are tags of BCP 47 of its tracks."""
    surveyed = [
        known({
            "id": uuid_of(f"language/{service_id}/{code}"),
            "service_id": service_id,
            "name": name,
            "code": tag,
            "note": NOTE,
        })
        for code, (name, tag) in LANGUAGES.items()
        if code in site.codes
    ]  # fmt: skip
    there = {row.get("code") for row in surveyed}
    return surveyed + [
        {
            "id": uuid_of(f"language/{service_id}/{tag}"),
            "service_id": service_id,
            "name": NAMES.get(tag, tag),
            "code": tag,
            "note": HELD_IN,
        }
        for tag in held_in
        if tag not in there
    ]


def identifiers(site: Site, claimed: Iterable[tuple[str, str]]) -> list[Row]:
    """What names a site elsewhere; ``claimed`` are pairs of “npi” or “tax_id” and a number."""
    linked = ids.organization_id(site.id)
    named = [("", IDENTIFIER_TYPE, site.id)]
    named += [(*SCHEMES[field], value) for field, value in claimed]
    return [
        known({
            "id": uuid_of(f"organization_identifier/{linked}/{kind}/{value}"),
            "organization_id": linked,
            "identifier_scheme": scheme,
            "identifier_type": kind,
            "identifier": value,
        })
        for scheme, kind, value in named
    ]  # fmt: skip


def _attributes(table: str, linked: str, term_ids: Iterable[str]) -> Iterator[Row]:
    for term_id in term_ids:
        yield {
            "id": uuid_of(f"attribute/{linked}/{term_id}"),
            "link_id": linked,
            "taxonomy_term_id": term_id,
            "link_entity": table,
        }


def _term_ids(codes: frozenset[str]) -> list[str]:
    """The terms of codes in the order of their list; a code that has none yet is passed over."""
    return [_TERM_IDS[code] for code in sorted(codes & _IN_ORDER.keys(), key=_IN_ORDER.__getitem__)]


def service_attributes(site: Site, level: Option) -> list[Row]:
    """A service's level of care and the codes that say so."""
    terms = [LEVEL_TERMS[level.key]["id"]] if level.key in LEVEL_TERMS else []
    terms += _term_ids(level.codes & site.codes)
    return list(_attributes("service", ids.service_id(site.id, level.key), terms))


def organization_attributes(site: Site) -> list[Row]:
    """Who operates a site."""
    terms = _term_ids(site.codes & _OPERATORS)
    return list(_attributes("organization", ids.organization_id(site.id), terms))


def location_attributes(site: Site, levels: Collection[Option]) -> list[Row]:
    """Every other code: the survey asks about the facility, and not about one of its services."""
    elsewhere = _OPERATORS.union(*(level.codes for level in levels))
    terms = _term_ids(site.codes - elsewhere)
    return list(_attributes("location", ids.location_id(site.id), terms))
