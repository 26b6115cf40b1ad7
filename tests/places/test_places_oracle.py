"""ZIPs beside an independent table of them (the package `zipcodes`, for tests alone)."""

from __future__ import annotations

from functools import cache
from statistics import median

import pytest
import zipcodes

from waypost.places.gazetteer import load_gazetteer
from waypost.places.place import Found
from waypost.places.tables import counties, towns, zips
from waypost.sources import catalog
from waypost.values.geo import Point, miles_between

AMERICAN = ("America/", "Pacific/")


@cache
def theirs() -> dict[str, dict[str, str]]:
    """The oracle's rows by ZIP; a row of zeros tells no point."""
    return {row["zip_code"]: row for row in zipcodes.list_all()}


def apart() -> dict[str, float]:
    """Miles between our point and the oracle's."""
    found = {}
    for code, row in zips().items():
        told = theirs().get(code)
        if told and float(told["lat"]):
            there = Point(float(told["lat"]), float(told["long"]))
            found[code] = miles_between(Point(row.lat, row.lon), there)
    return found


def test_every_zip_is_in_the_state_the_oracle_says() -> None:
    both = theirs().keys() & zips().keys()
    assert len(both) > 41_000
    assert [z for z in both if theirs()[z]["state"] != zips()[z].state] == []


def test_points_agree() -> None:
    miles = sorted(apart().values())
    assert median(miles) < 1.0
    assert miles[int(0.95 * len(miles))] < 7
    assert sum(m > 30 for m in miles) < 0.002 * len(miles)


def test_towns_stand_in_where_a_zips_middle_is_out_in_empty_country() -> None:
    far = apart()
    for code in ("99503", "99701", "99519", "99695", "99706", "95604", "85365", "96745"):
        assert far[code] < 12, code


def test_most_active_zips_are_known() -> None:
    active = [
        z for z, row in theirs().items() if row["active"] and row["zip_code_type"] != "MILITARY"
    ]
    assert sum(z in zips() for z in active) > 0.985 * len(active)


@pytest.mark.parametrize("kind", ["PO BOX", "UNIQUE", "STANDARD"])
def test_each_kind_of_zip_resolves(kind: str) -> None:
    some = [
        z for z, r in theirs().items() if r["zip_code_type"] == kind and r["active"] and z in zips()
    ]
    assert len(some) > 1_000
    for code in some[::50]:
        assert isinstance(load_gazetteer().resolve(code), Found)


def test_clocks_agree_but_for_counties_that_keep_two() -> None:
    differ = [
        z for z in theirs().keys() & zips().keys() if theirs()[z]["timezone"] != zips()[z].timezone
    ]
    assert len(differ) < 0.01 * len(zips())


def test_no_place_keeps_the_hours_of_a_neighbor_abroad() -> None:
    abroad = {
        "Regina",
        "Winnipeg",
        "Toronto",
        "Tijuana",
        "Matamoros",
        "Edmonton",
        "Moncton",
        "Vancouver",
    }
    rows = (*zips().values(), *towns(), *counties().values())
    for zone in {row.timezone for row in rows}:
        assert zone.startswith(AMERICAN) and zone.rpartition("/")[2] not in abroad, zone


def test_carried_address_points_lie_near_their_zip() -> None:
    """The lists' points are another witness: hardly an address is far from its ZIP."""
    entry = next(e for e in catalog.carried() if e.kind == "points")
    far = total = 0
    for point in catalog.address_points(entry):
        row = zips().get(point.zip)
        if row:
            total += 1
            far += miles_between(Point(row.lat, row.lon), Point(point.lat, point.lon)) > 40
    assert total > 40_000
    assert far < 0.004 * total
