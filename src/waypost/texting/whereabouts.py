"""Which clocks a person may live by: the zone they gave, their ZIP's, or an area code's several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from waypost.places.area_codes import towns_of_codes
from waypost.places.named import place_of_key
from waypost.places.tables import zips
from waypost.values.wall_time import known_zones

_EAST, _CENTRAL, _MOUNTAIN = "America/New_York", "America/Chicago", "America/Denver"
_PACIFIC = "America/Los_Angeles"
_SPLIT: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        ("850", "448", "606", "270", "364", "423", "931", "219", "574", "812", "930", "906"),
        frozenset({_EAST, _CENTRAL}),
    ),
    **dict.fromkeys(
        ("701", "605", "308", "620", "785", "432", "402", "531"), frozenset({_CENTRAL, _MOUNTAIN})
    ),
    **dict.fromkeys(
        ("208", "986", "541", "458", "775"), frozenset({_MOUNTAIN, _PACIFIC, "America/Boise"})
    ),
    "928": frozenset({"America/Phoenix", _MOUNTAIN}),
    "907": frozenset({"America/Anchorage", "America/Adak"}),
}
"""Area codes that a time zone's border crosses (49 CFR 71 has the borders)."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Every zone and state that the person may be in; no zones where nothing is known."""

    zones: frozenset[str]
    states: frozenset[str]

    @property
    def zone(self) -> str:
        """The zone that times of day are planned in; Eastern where none is known."""
        return min(self.zones, default=_EAST)


def read_tables() -> None:
    """Read the tables of ZIPs and of area codes, once a process and before threads ask at once.

    Twenty threads that find them unread would each read them, for minutes.
    """
    whereabouts("", "10001", "")
    whereabouts("", "", "+12125550100")


@lru_cache(maxsize=20_000)
def whereabouts(given: str, zip_code: str, number: str) -> Whereabouts:
    """From a zone that the person gave, else their ZIP, else the area code of their number."""
    row = zips().get(zip_code)
    if given in known_zones():
        states = frozenset({row.state}) if row else _of_area_code(number).states
        return Whereabouts(frozenset({given}), states)
    if row is not None:
        return Whereabouts(frozenset({row.timezone}), frozenset({row.state}))
    return _of_area_code(number)


def _of_area_code(number: str) -> Whereabouts:
    """+1 and ten digits; a toll-free number or one abroad is anywhere."""
    if not number.startswith("+1") or len(number) != 12:
        return Whereabouts(frozenset(), frozenset())
    return _of_code(number[2:5])


@cache
def _of_code(code: str) -> Whereabouts:
    """Of a code that nobody knows nothing is known."""
    places = [place_of_key(key) for key in towns_of_codes().get(code, ())]
    zones = frozenset(place.timezone for place in places) | _SPLIT.get(code, frozenset())
    return Whereabouts(zones, frozenset(place.state for place in places))
