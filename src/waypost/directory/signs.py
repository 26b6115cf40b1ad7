"""Signs that a listing may not be what it seems, from the data alone: evidence, never a verdict.

A sign changes no rank and hides nothing. Each names what it rests on, so that a reader can judge:
a number in a far state or on many programs with other names (a call center's, or an operator's
own), a website in which no part of the name appears, a place that the newest edition lists no more,
a license that had expired in the state's own list.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from waypost.directory.normalize import name_key, street_key
from waypost.directory.phone_places import far_state, is_toll_free
from waypost.directory.site import Site

CALIFORNIA_LIST = 2026
"""The year of the carried list of California's Department of Health Care Services (public domain):
licensed and certified substance use programs. The list has no day and no word for "closed", and a
license is renewed: only one that had expired before the list's year says something."""


class SignKind(StrEnum):
    """What a sign is about."""

    FAR_NUMBER = "far number"
    SHARED_NUMBER = "shared number"
    OTHER_WEBSITE = "other website"
    GONE = "gone"
    LICENSE_EXPIRED = "license expired"


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign and its evidence, by name: a state, a count, a domain, an edition, a day."""

    kind: SignKind
    evidence: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StateLicense:
    """A line of California's list."""

    number: str
    name: str
    expires: date


def signs_of(site: Site, sharing: int, call_centers: Mapping[str, int]) -> list[Sign]:
    """Every sign of a listing.

    ``sharing`` is how many differently named programs publish its first number; ``call_centers``
    are the numbers, as displayed, that stand on many unrelated sites in three states or more.
    """
    checks = (
        _number(site, sharing, call_centers),
        _website(site),
        None if site.current else Sign(SignKind.GONE, {"edition": site.last_listed}),
        _license(site),
    )
    return [sign for sign in checks if sign is not None]


def _number(site: Site, sharing: int, call_centers: Mapping[str, int]) -> Sign | None:
    """The first number: in a far state, or published by many programs with other names."""
    if not site.phones:
        return None
    phone = site.phones[0]
    state = far_state(phone.e164, site.state, site.point)
    if state:
        return Sign(SignKind.FAR_NUMBER, {"state": state})
    centers = call_centers.get(phone.display, 0)
    others = (sharing if sharing > 1 else centers) - 1
    if others > 0 and (centers or is_toll_free(phone.e164)):
        return Sign(SignKind.SHARED_NUMBER, {"others": others})
    return None


OWN_WORD = 4
"""So many letters of a name's word, in a row, in a website's domain say that it is the name's."""
PUBLIC = ("gov", "mil", "edu")
"""Governments and universities run places under many names."""


def _website(site: Site) -> Sign | None:
    domain = (urlsplit(site.website).hostname or "").lower().removeprefix("www.")
    labels = domain.split(".")
    if len(labels) < 2 or labels[-1] in PUBLIC or is_of_name(domain, f"{site.name} {site.name2}"):
        return None
    return Sign(SignKind.OTHER_WEBSITE, {"domain": domain})


def is_of_name(domain: str, name: str) -> bool:
    """Whether some part of a name appears in a domain: a word, its beginning, or its initials."""
    labels = domain.split(".")[:-1]
    text = re.sub(r"[^a-z0-9]", "", "".join(labels))
    plain = name.lower().replace("healthcare", "health care")
    spelled, usual = re.findall(r"[a-z0-9]+", plain), name_key(name).split()
    words = [*spelled, *usual]
    if any(len(word) >= OWN_WORD and word[:OWN_WORD] in text for word in words):
        return True
    if any(word in labels for word in words if len(word) == OWN_WORD - 1):
        return True
    initials = ["".join(word[0] for word in group) for group in (spelled, usual)]
    runs = {letters[i : i + 3] for letters in initials for i in range(len(letters) - 2)}
    return any(run in text for run in runs) or text[:OWN_WORD] == "".join(spelled)[:OWN_WORD]


def _license(site: Site) -> Sign | None:
    if site.state != "CA" or not site.street:
        return None
    licenses = california_licenses().get((street_key(site.street), site.zip), ())
    newest = max(licenses, key=lambda license: license.expires, default=None)
    if newest is None or newest.expires >= date(CALIFORNIA_LIST, 1, 1):
        return None
    evidence = {"name": newest.name, "number": newest.number, "day": newest.expires.isoformat()}
    return Sign(SignKind.LICENSE_EXPIRED, evidence)


@cache
def california_licenses() -> Mapping[tuple[str, str], tuple[StateLicense, ...]]:
    """The licenses of California's list by street and ZIP."""
    packed = files("waypost.directory") / "data" / "california_licenses_2026.csv.gz"
    text = gzip.decompress(packed.read_bytes()).decode()
    by_place: dict[tuple[str, str], tuple[StateLicense, ...]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        key = (street_key(row["street"]), row["zip"])
        license = StateLicense(row["number"], row["name"], date.fromisoformat(row["expires"]))
        by_place[key] = (*by_place.get(key, ()), license)
    return by_place
