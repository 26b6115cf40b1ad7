"""A part of a state, "Western PA" or "norte de Florida": its largest towns, to choose from."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from waypost.places.making import city_place
from waypost.places.place import Ambiguous, Resolution, Why
from waypost.places.tables import CityRow
from waypost.places.towns import cities
from waypost.places.typed import Typed

_SPANISH = {
    "norte": "north", "sur": "south", "este": "east", "oeste": "west", "centro": "central",
    "noreste": "northeast", "noroeste": "northwest", "sureste": "southeast",
    "suroeste": "southwest",
}  # fmt: skip
_SIDE = re.compile(
    r"^(?:the |el )?(?P<up>north|south|upper|lower)?(?:ern)? ?(?P<across>east|west|central|middle)?"
    r"(?:ern)?(?: (?:side|part|half|end))?(?: (?:of|de|del))?$"
)
_HIGH, _LOW = ("north", "upper", "east"), ("south", "lower", "west")
_MIDDLE = ("central", "middle")
MOST_TOWNS = 6

Range = tuple[float, float]
_ALL = (-math.inf, math.inf)


def part_of_a_state(typed: Typed) -> Resolution | None:
    """The largest towns of the north, the southwest or the middle of a named state."""
    words = " ".join(_SPANISH.get(word, word) for word in typed.name.split())
    match = _SIDE.match(words)
    if not typed.state or match is None or not (match["up"] or match["across"]):
        return None
    towns = [town for town in cities() if town.state == typed.state and town.population]
    is_there = _side(towns, match["up"] or "", match["across"] or "")
    inside = [town for town in towns if is_there(town)]
    if not inside:
        return None
    return Ambiguous(typed.text, tuple(map(city_place, inside[:MOST_TOWNS])), Why.REGION)


def _side(towns: list[CityRow], up: str, across: str) -> Callable[[CityRow], bool]:
    """Whether a town lies in this third of its state's towns, or in this half where two sides are
    named."""
    part = 1 / 2 if up and across and across not in _MIDDLE else 1 / 3
    south, north = _share(sorted(t.lat for t in towns), part)
    west, east = _share(sorted(t.lon for t in towns), part)
    lowest, highest = _kept(up, south, north) if up or across in _MIDDLE else _ALL
    leftmost, rightmost = _kept(across, west, east) if across else _ALL
    return lambda t: lowest <= t.lat <= highest and leftmost <= t.lon <= rightmost


def _kept(side: str, low: float, high: float) -> Range:
    """The degrees of a side."""
    if side in _HIGH:
        return high, math.inf
    return (-math.inf, low) if side in _LOW else (low, high)


def _share(sorted_degrees: list[float], part: float) -> Range:
    """The degrees below and above which so large a part of the towns lies."""
    last = len(sorted_degrees) - 1
    return sorted_degrees[round(last * part)], sorted_degrees[round(last * (1 - part))]
