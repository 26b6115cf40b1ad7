"""What stands on the ground of a map: pins, pins that stand together, numbers of roads, names.

A pin gives way to none, a road's number to pins, a town's name to both. Pins that would lie on one
another are one mark with their numbers, and a link that draws them apart.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

from markupsafe import escape

from waypost.navigation.answer import RankedSite
from waypost.places.labels import Label
from waypost.web.find.map_frame import HEIGHT, WIDTH, Frame
from waypost.web.find.map_ground import Shield

PIN = 15.0
"""Half the width of a pin on the narrowest map, where a unit is four fifths of a pixel."""
APART = 29.0
LETTER, LINE = 7.2, 15.0
"""About the width of a letter and the height of a line of a name, in units."""
MOST_TOWNS = 9
SHOWN_NUMBERS = 3

Spot = tuple[float, float]
Span = tuple[float, float, float, float]
Group = list[tuple[RankedSite, float, float]]


@dataclass(frozen=True, slots=True)
class Mark:
    """Options that stand at one spot of the map; ``true`` is where they are if they were moved."""

    options: tuple[RankedSite, ...]
    x: float
    y: float
    true: Spot | None = None


def marks(frame: Frame, options: Iterable[RankedSite], *, apart: bool) -> list[Mark]:
    """A mark for each option, those too near each other joined, or drawn ``apart``."""
    grouped: list[Group] = []
    for option in options:
        x, y = frame.xy(option.site.point.lat, option.site.point.lon)
        grouped.append([(option, x, y)])
    grouped = _joined(grouped)
    all_marks = [mark for group in grouped for mark in (_spread(group) if apart else [_one(group)])]
    return sorted(all_marks, key=lambda mark: mark.options[0].number)


def _joined(groups: Iterable[Group]) -> list[Group]:
    """Join groups whose middles are too near each other, until none are."""
    placed = [(group, *_middle(group)) for group in groups]
    looked_at = 0
    while pair := _first_too_near(placed, looked_at):
        one, other = pair
        group = placed[one][0] + placed[other][0]
        rest = [at for i, at in enumerate(placed) if i not in pair]
        placed = [(group, *_middle(group)), *rest]
        # Those before the pair stand apart from all that were there; only the joined one is new.
        looked_at = one if one else looked_at - (other <= looked_at)
    return [group for group, _, _ in placed]


def _first_too_near(
    placed: list[tuple[Group, float, float]], looked_at: int
) -> tuple[int, int] | None:
    """The first two groups that overlap; each is given with its middle.

    The ``looked_at`` groups after the first are known to overlap none behind them.
    """
    for i, (group, x, y) in enumerate(placed):
        if 0 < i <= looked_at:
            continue
        for j in range(i + 1, len(placed)):
            other, a, b = placed[j]
            if abs(y - b) < APART and _overlap(len(group), len(other), x - a, y - b):
                return i, j
    return None


def _overlap(many: int, others: int, right: float, down: float) -> bool:
    """Whether marks of so many options each, so far apart, lie on one another."""
    if many == others == 1:
        return math.hypot(right, down) < APART
    return abs(right) < half_wide(many) + half_wide(others) and abs(down) < APART


def half_wide(many: int) -> float:
    """Half the width of a mark of so many options, about."""
    return PIN if many == 1 else PIN + 2 + LETTER * min(many - 1, SHOWN_NUMBERS)


def _middle(group: Group) -> Spot:
    return sum(x for _, x, _ in group) / len(group), sum(y for _, _, y in group) / len(group)


def _one(group: Group) -> Mark:
    options = sorted((option for option, _, _ in group), key=lambda option: option.number)
    x, y = _middle(group)
    return Mark(tuple(options), _inside(x, WIDTH), _inside(y, HEIGHT))


def _spread(group: Group) -> list[Mark]:
    """A ring of pins about their middle, each with a line to where it is."""
    if len(group) == 1:
        return [_one(group)]
    (x, y), many = _middle(group), len(group)
    radius = max(APART, APART * many / (2 * math.pi) + 4)
    x, y = _inside(x, WIDTH, radius + PIN), _inside(y, HEIGHT, radius + PIN)
    ring = []
    for i, (option, a, b) in enumerate(sorted(group, key=lambda at: at[0].number)):
        turn = 2 * math.pi * i / many - math.pi / 2
        ring.append(
            Mark((option,), x + radius * math.cos(turn), y + radius * math.sin(turn), (a, b))
        )
    return ring


def _inside(at: float, size: float, edge: float = PIN + 1) -> float:
    return min(max(at, edge), size - edge) if size > 2 * edge else size / 2


def pin(mark: Mark, open_query: str, words: str) -> str:
    """A pin with the list's number, or several numbers with a link that draws them apart; as HTML,
    the names escaped."""
    if len(mark.options) > 1:
        return _several(mark, open_query, words)
    option = mark.options[0]
    css, number = "pin" if option.exact else "pin about", option.number
    leader = ""
    if mark.true:
        a, b = mark.true
        leader = f'<path class="leader" d="M{mark.x:.1f} {mark.y:.1f}L{a:.1f} {b:.1f}"/>'
    return (
        f'{leader}<a class="{css}" href="#option-{number}" aria-label="{number}. '
        f'{escape(option.site.name)}"><circle cx="{mark.x:.1f}" cy="{mark.y:.1f}" r="12"/>'
        f'<text x="{mark.x:.1f}" y="{mark.y:.1f}">{number}</text></a>'
    )


def _several(mark: Mark, open_query: str, words: str) -> str:
    numbers = [option.number for option in mark.options]
    shown = " ".join(map(str, numbers[:SHOWN_NUMBERS]))
    if len(numbers) > SHOWN_NUMBERS:
        shown = f"{numbers[0]} {numbers[1]} +{len(numbers) - 2}"
    half = max(PIN, len(shown) * LETTER / 2 + 7)
    x = _inside(mark.x, WIDTH, half + 1)
    return (
        f'<a class="pin cluster" href="?{escape(open_query)}&amp;open={numbers[0]}#map" '
        f'data-pins="{" ".join(map(str, numbers))}" '
        f'aria-label="{escape(words)}"><rect x="{x - half:.1f}" y="{mark.y - 13:.1f}" '
        f'width="{2 * half:.1f}" height="26" rx="13"/>'
        f'<text x="{x:.1f}" y="{mark.y:.1f}">{shown}</text></a>'
    )


@dataclass
class Room:
    """What of a map is taken; a name or a number asks for a place that is free."""

    taken: list[Span] = field(default_factory=list)

    def take(self, x: float, y: float, half_wide: float, half_high: float) -> None:
        """Keep this place from now on."""
        self.taken.append((x - half_wide, y - half_high, x + half_wide, y + half_high))

    def is_free(self, x: float, y: float, half_wide: float, half_high: float) -> bool:
        """Whether this place is on the map and nobody's."""
        west, north, east, south = x - half_wide, y - half_high, x + half_wide, y + half_high
        if west < 2 or north < 2 or east > WIDTH - 2 or south > HEIGHT - 2:
            return False
        for a, b, c, d in self.taken:
            if a < east and c > west and b < south and d > north:
                return False
        return True


def names_and_shields(
    frame: Frame, room: Room, shields: Iterable[Shield], towns: Iterable[Label]
) -> str:
    """The largest towns, then numbers of roads, then more towns, each where there is room; as HTML,
    the names escaped."""
    waiting = list(towns)
    drawn = [_town(frame, room, town, shown=True) for town in waiting[:4]]
    named = sum(map(_is_named, drawn))
    drawn += [_shield(room, shield) for shield in shields]
    for town in waiting[4:]:
        drawn.append(_town(frame, room, town, shown=named < MOST_TOWNS))
        named += _is_named(drawn[-1])
    return f'<g aria-hidden="true">{"".join(drawn)}</g>'


def _is_named(drawn: str) -> bool:
    return drawn.startswith('<text class="town"')


def _town(frame: Frame, room: Room, town: Label, *, shown: bool) -> str:
    """A name at its town, above or below it; without room, only once the map is closer."""
    x, y = frame.xy(town.point.lat, town.point.lon)
    half = len(town.name) * LETTER / 2 + 2
    css = "town small"
    for dy in (0, -LINE, LINE, -1.8 * LINE, 1.8 * LINE) if shown else ():
        if room.is_free(x, y + dy, half, LINE / 2):
            room.take(x, y + dy, half, LINE / 2)
            css, y = "town", y + dy
            break
    if css != "town" and not (0 < x < WIDTH and 0 < y < HEIGHT):
        return ""
    return f'<text class="{css}" x="{x:.0f}" y="{y:.0f}">{escape(town.name)}</text>'


_SHIELDS = {
    "i": "M-{w} -8q{w} 4 {v} 0v5q0 9 -{w} 13q-{w} -4 -{w} -13z",
    "us": "M-{w} -8h{v}v9q0 7 -{w} 8q-{w} -1 -{w} -8z",
    "st": "M-{w} 0a{w} 8 0 1 0 {v} 0a{w} 8 0 1 0 -{v} 0z",
}


def _shield(room: Room, shield: Shield) -> str:
    half = max(9.5, len(shield.text) * 3.4 + 5)
    free = ((x, y) for x, y in shield.spots if room.is_free(x, y, half + 1, 11))
    spot = next(free, None)
    if spot is None:
        return ""
    room.take(*spot, half + 1, 11)
    shape = _SHIELDS[shield.kind].format(w=f"{half:g}", v=f"{2 * half:g}")
    return (
        f'<g class="shield {shield.kind}" transform="translate({spot[0]:.0f} {spot[1]:.0f})">'
        f'<path d="{shape}"/><text>{escape(shield.text)}</text></g>'
    )
