"""What a telephone number says about who answers it: someone in a far state, or many programs.

Source: area codes by state from libphonenumber's geocoding data (Apache-2.0), checked in July 2026.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from waypost.places.tables import counties
from waypost.values.geo import Point, miles_between

TOLL_FREE = frozenset({"800", "833", "844", "855", "866", "877", "888"})
FAR_MILES = 150.0
"""A state whose nearest county seat of the tables is farther than this is not next door."""


@cache
def _states() -> dict[str, str]:
    text = (files("waypost.directory") / "data" / "area_codes.csv").read_text("utf-8")
    return dict(line.split(",") for line in text.split())


def area_code(e164: str) -> str:
    """The area code of a North American number, '' of any other."""
    return e164[2:5] if e164.startswith("+1") and len(e164) == 12 else ""


def is_toll_free(e164: str) -> bool:
    """Whether the number is free to call, from anywhere."""
    return area_code(e164) in TOLL_FREE


def far_state(e164: str, state: str, point: Point) -> str:
    """The state of a number's area code if it is another state and far from the point; else ''.

    A cell phone keeps its area code when its owner moves, so this is a hint, not proof.
    """
    number_state = _states().get(area_code(e164), "")
    if not number_state or number_state == state:
        return ""
    near = (
        miles_between(point, Point(c.lat, c.lon))
        for c in counties().values()
        if c.state == number_state
    )
    return number_state if min(near, default=0.0) > FAR_MILES else ""
