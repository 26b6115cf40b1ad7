"""What a site's codes say, as the sentences that HSDS has fields for; '' where they say nothing."""

from __future__ import annotations

from collections.abc import Collection

from waypost.directory.choosing import MIDDLE_OF_TOWN, ZIP_POINT
from waypost.directory.codes import CODES
from waypost.directory.facets import FACET, Option
from waypost.directory.site import Site
from waypost.editions.hsds.levels import KINDS

WITHHELD = "Address not published"
NOT_STATED = "The facility states no level of care."
TRANSPORT = "The facility says that it offers transportation assistance."
_ONLY = ("AUDO", "DUO", "OUDO")
_AREA = {ZIP_POINT: "ZIP centroid", MIDDLE_OF_TOWN: "middle of the town"}
_ACCEPTED_FROM_18 = frozenset({"YAD", "ADLT", "SNR"})
_IN_CATEGORY: dict[str, list[str]] = {}
for _code in CODES.values():
    _IN_CATEGORY.setdefault(_code.category, []).append(_code.code)
_LISTED = {kind.key: [code for code in CODES if code in kind.codes] for kind in KINDS}


def _names(codes: Collection[str], category: str) -> str:
    return "; ".join(CODES[code].name for code in _IN_CATEGORY[category] if code in codes)


def fees(codes: Collection[str]) -> str:
    """How care is paid for, in the survey's words."""
    taken, helped = _names(codes, "PAY"), _names(codes, "PYAS")
    parts = [f"Payment and funding accepted, as the facility says: {taken}."] if taken else []
    if helped:
        parts.append(f"Payment assistance: {helped}.")
    return " ".join(parts)


def accreditations(codes: Collection[str]) -> str:
    """Licenses, certifications and accreditations, in the survey's words."""
    names = _names(codes, "LCA")
    return f"As the facility says: {names}." if names else ""


def eligibility(codes: Collection[str]) -> str:
    """Whom the facility accepts."""
    ages = "; ".join(o.label for o in FACET["age"].options if o.offered(codes))
    gender, only = _names(codes, "GN"), "; ".join(CODES[c].name for c in _ONLY if c in codes)
    parts = [f"Ages accepted, as the facility says: {ages}."] if ages else []
    if gender:
        parts.append(f"Gender accepted: {gender}.")
    if only:
        parts.append(f"{only}.")
    return " ".join(parts)


def minimum_age(codes: Collection[str]) -> int | None:
    """18 where the facility accepts older people and not those of 17 or younger.

    No other band bounds anything: many facilities tick “adults (26-64)” alone, and mean adults.
    """
    return 18 if "CHLD" not in codes and not _ACCEPTED_FROM_18.isdisjoint(codes) else None


def organization(site: Site) -> str:
    """What a site is, in one sentence of facts."""
    since = f"in the federal directory since {site.listed_since}"
    if not site.current:
        since = f"last in the federal directory of {site.last_listed}"
    operator = _names(site.codes, "FOP")
    said = f"; {operator[0].lower()}{operator[1:]}" if operator.startswith("Private") else ""
    if operator and not said:
        said = f"; operated by: {operator}"
    return f"Treatment facility in {site.city}, {site.state}, {since}{said}."


def service(level: Option, codes: Collection[str]) -> str:
    """What a service is, with the codes that say so."""
    names = "; ".join(CODES[code].name for code in _LISTED[level.key] if code in codes)
    return f"{level.label}, as the facility says: {names}." if names else NOT_STATED


def location(site: Site) -> str:
    """What must be known of a location's address and point."""
    if not site.street:
        return "The address is not published. Distances to it are about, from its ZIP code."
    if site.exact:
        return ""
    point = site.facts.get("point")
    method = point.method if point else ZIP_POINT
    return f"Latitude and longitude are approximate ({_AREA.get(method, method)})."
