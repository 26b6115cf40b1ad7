"""The points of the real directory: where the programs are, or said to be about."""

from __future__ import annotations

import pytest

from waypost.directory.choosing import FAR, OUTVOTED, RANK, ZIP_POINT
from waypost.directory.site import Site
from waypost.places.tables import towns
from waypost.publishing.reader import Snapshot
from waypost.values.geo import Point, miles_between


@pytest.fixture(scope="module")
def sites(snapshot: Snapshot) -> list[Site]:
    """Every current site."""
    return snapshot.sites(range(snapshot.index.size))


@pytest.mark.parametrize(
    ("street", "city", "state"),
    [
        ("2221 Central Avenue", "Ashland", "KY"),
        ("1411 North State Street", "Orem", "UT"),
        ("2530 South Alma School Road", "Mesa", "AZ"),
        ("1315 Yelm Highway", "Yelm", "WA"),
        ("Barrio Bairoa La 25", "Caguas", "PR"),
        ("100 Adams Lane", "Oak Ridge", "TN"),
        ("7124 West Grand Avenue", "Chicago", "IL"),
        ("1725 North Meridian Street", "Indianapolis", "IN"),
    ],
)
def test_a_site_does_not_stand_in_another_town(
    sites: list[Site], street: str, city: str, state: str
) -> None:
    """Each stood exact and miles away, where the newest list alone had put it."""
    here = next(t for t in towns() if (t.name, t.state) == (city, state))
    found = [s for s in sites if s.street.startswith(street) and s.city == city]
    assert found
    for site in found:
        near = miles_between(site.point, Point(here.lat, here.lon))
        assert near < (12 if city == "Chicago" else 6), (site.id, near)


def test_no_exact_point_is_one_that_was_put_aside(sites: list[Site], snapshot: Snapshot) -> None:
    aside = 0
    for site in sites:
        points = [c for c in snapshot.claims(site.id) if c.field == "point"]
        (chosen,) = [c for c in points if c.chosen]
        assert chosen.method not in (FAR, OUTVOTED)
        assert chosen.method in RANK
        others = [c for c in points if c.method in (FAR, OUTVOTED)]
        aside += len(others)
        if any(c.method == FAR for c in others) and len(points) == len(others) + 1:
            assert chosen.method == ZIP_POINT and not site.exact
    assert 60 < aside < 300


def test_the_report_names_what_was_put_aside(snapshot: Snapshot) -> None:
    quality = snapshot.manifest.quality
    far, apart = quality["far_points"], quality["disagreements"]
    assert {"Ashland", "Orem", "Mesa", "Caguas"} <= {p["where"].split(", ")[-2] for p in far}
    assert all(p["miles"] > 1.5 for p in apart if p["shown_by"] != ZIP_POINT)
    assert quality["totals"]["Points of lists far from ZIP and town, not used"] == len(far)
