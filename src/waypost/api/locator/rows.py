"""A site as the locator shows a row: null where a fact is not known.

Source: SAMHSA, FindTreatment.gov API Documentation 1.9 (2025-01-15), Appendix C. The guide calls
a row's kind ``type_facility``, while the server's answers call it ``typeFacility`` (seen in answers
of 2019 and July 2026, and used by its clients), so a row has both.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import orjson

from waypost.api.answers import ready_json
from waypost.directory.codes import CODES
from waypost.directory.site import PhoneKind, Site, Survey
from waypost.values.geo import shown_miles


def row(number: int, site: Site, miles: float | None, *, frid: bool) -> dict[str, Any]:
    """A row; ``number`` counts from 1 through all pages, and ``frid`` adds the site's id, as the
    older endpoint does."""
    kind = facility_type(site)
    return {
        "_irow": number,
        **({"frid": site.id} if frid else {}),
        "name1": site.name,
        "name2": site.name2 or None,
        "street1": site.street or None,
        "city": site.city,
        "street2": site.street2 or None,
        "state": site.state,
        "zip": site.zip,
        "phone": main_phone(site),
        "type_facility": kind,
        "intake1": _phone(site, PhoneKind.INTAKE),
        "hotline1": _phone(site, PhoneKind.HOTLINE),
        "website": site.website or None,
        "latitude": f"{site.point.lat:.6f}",
        "longitude": f"{site.point.lon:.6f}",
        "miles": shown_miles(miles, exact=site.exact),
        "services": _services(site.codes),
        "typeFacility": kind,
    }


def facility_type(site: Site) -> str:
    """SA for a site that answered the survey of substance use facilities, else MH."""
    return "SA" if Survey.SUBSTANCE_USE in site.surveys else "MH"


def main_phone(site: Site) -> str | None:
    """The main number, or the first of any kind."""
    first = site.phones[0].written if site.phones else None
    return _phone(site, PhoneKind.MAIN) or first


def _phone(site: Site, kind: PhoneKind) -> str | None:
    return next((phone.written for phone in site.phones if phone.kind is kind), None)


@lru_cache(maxsize=4096)
def _services(codes: frozenset[str]) -> orjson.Fragment:
    """Services by category: f1 its name, f2 its code, f3 what is offered, joined by "; "."""
    groups: dict[tuple[str, str], list[str]] = {}
    for code in CODES.values():
        if code.code in codes:
            groups.setdefault((code.category_name, code.category), []).append(code.name)
    services = [{"f1": f1, "f2": f2, "f3": "; ".join(names)} for (f1, f2), names in groups.items()]
    return ready_json(services)
