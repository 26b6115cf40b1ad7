"""The names that places go by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from waypost.places.making import city_place, county_place, state_place
from waypost.places.place import Place
from waypost.places.spelling import plain, squeezed
from waypost.places.states import STATE_NAMES
from waypost.places.tables import CityRow, CountyRow, counties
from waypost.places.towns import cities

COUNTY_WORDS = (
    " county", " parish", " city and borough", " borough", " census area", " municipality",
    " municipio", " planning region", " island",
)  # fmt: skip

Row = CityRow | CountyRow


def to_place(row: Row) -> Place:
    """A row as a place."""
    return city_place(row) if isinstance(row, CityRow) else county_place(row)


@cache
def rows_by_name() -> Mapping[str, tuple[Row, ...]]:
    """Plain names with the cities and counties that have them, largest first."""
    by_name: dict[str, list[Row]] = {}
    for city in cities():
        by_name.setdefault(city.plain, []).append(city)
        if city.bare:
            by_name.setdefault(city.bare, []).append(city)
    for county in counties().values():
        name = plain(county.name)
        rows = by_name.get(name, ())
        is_city = any((r.name, r.state) == (county.name, county.state) for r in rows)
        if county.state in STATE_NAMES and not is_city:  # Carson City is its own county
            by_name.setdefault(name, []).append(county)
    return {name: tuple(rows) for name, rows in by_name.items()}


@cache
def counties_by_bare_name() -> Mapping[str, tuple[CountyRow, ...]]:
    """Counties by their plain name without "county", "parish" and so on."""
    by_name: dict[str, list[CountyRow]] = {}
    for county in counties().values():
        bare = bare_county(plain(county.name))
        if county.state in STATE_NAMES and bare:
            by_name.setdefault(bare, []).append(county)
    return {name: tuple(rows) for name, rows in by_name.items()}


def bare_county(name: str) -> str:
    """A county's plain name without "county" or a similar word; '' if it has none."""
    return next((name.removesuffix(w) for w in COUNTY_WORDS if name.endswith(w)), "")


@cache
def names_by_squeezed() -> Mapping[str, tuple[str, ...]]:
    """Plain names by their letters only: "mcallen" for people who type "Mc Allen"."""
    by_letters: dict[str, list[str]] = {}
    for name in (*rows_by_name(), *counties_by_bare_name()):
        by_letters.setdefault(squeezed(name), []).append(name)
    return {letters: tuple(dict.fromkeys(names)) for letters, names in by_letters.items()}


@cache
def names_by_state() -> Mapping[str, tuple[str, ...]]:
    """For each state, every plain name of its cities and counties."""
    by_state: dict[str, dict[str, None]] = {state: {} for state in STATE_NAMES}
    for table in (rows_by_name(), counties_by_bare_name()):
        for name, rows in table.items():
            for row in rows:
                by_state[row.state][name] = None
    return {state: tuple(names) for state, names in by_state.items()}


def state_by_name(name: str) -> Place | None:
    """The state of exactly this plain name."""
    code = _state_names().get(name)
    return state_place(code) if code else None


@cache
def _state_names() -> Mapping[str, str]:
    return {plain(name): code for code, name in STATE_NAMES.items()}
