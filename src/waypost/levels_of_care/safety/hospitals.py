"""The nearest hospital that must give emergency care, where one can be named honestly.

The carried list (``data/hospitals.csv.gz``, see ``data/NOTICE.md``) has points and kinds, but does
not say which hospitals have an emergency department. Critical access hospitals must give emergency
care day and night (42 CFR 485.618); about the others nothing is known. So a critical access
hospital is named if no general hospital is nearer; otherwise none is named: "the nearest emergency
room" is then the honest answer, and 911 knows which it is.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import capwords

from waypost.values.geo import Point, miles_between

FILE = Path(__file__).with_name("data") / "hospitals.csv.gz"
CRITICAL_ACCESS = "critical-access"
FARTHEST_MILES = 60.0
"""Farther than this, it is for an ambulance to decide, not a person in a car."""

_DEGREES = 1.5
"""A first cut by latitude: 60 miles are less than one degree."""


@dataclass(frozen=True, slots=True)
class Hospital:
    """A hospital of the carried list; ``kind`` is general, critical-access or children."""

    name: str
    city: str
    state: str
    kind: str
    point: Point


@dataclass(frozen=True, slots=True)
class NamedHospital:
    """A hospital that can be named, and how far it is in a straight line, in miles."""

    hospital: Hospital
    miles: float


@cache
def the_hospitals() -> tuple[Hospital, ...]:
    """Every hospital of the carried list, in its order."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        return tuple(_hospital(row) for row in csv.DictReader(file))


def named_hospital(place: Point) -> NamedHospital | None:
    """The nearest hospital, if it must give emergency care and is within 60 miles; else None."""
    near = [h for h in the_hospitals() if abs(h.point.lat - place.lat) < _DEGREES]
    if not near:
        return None
    nearest = min(near, key=lambda hospital: miles_between(place, hospital.point))
    miles = miles_between(place, nearest.point)
    if nearest.kind != CRITICAL_ACCESS or miles > FARTHEST_MILES:
        return None
    return NamedHospital(nearest, miles)


def _hospital(row: dict[str, str]) -> Hospital:
    point = Point(float(row["lat"]), float(row["lon"]))
    return Hospital(capwords(row["name"]), capwords(row["city"]), row["state"], row["kind"], point)
