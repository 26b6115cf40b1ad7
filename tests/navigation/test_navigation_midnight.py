"""A program's word on its places grows old by its own days: to the minute, where the program is."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from builders import listing
from twins.made_up_snapshot import MadeUpSnapshot
from waypost.design.timetable_words import opening_lines
from waypost.directory.site import Claim, Site
from waypost.directory.timetables import with_timetable
from waypost.navigation.find_care import find_care
from waypost.navigation.hours import HoursAsked
from waypost.navigation.need import Need
from waypost.values.wall_time import OUR_ZONES, day_in, days_now

QUIET = replace(listing(), id="site_2", name="Quiet House")
FADES = datetime(2026, 3, 13)


def spoken(zone: str) -> Site:
    """A program in this zone that said on March 5 that it has two places."""
    said = [{"as_of": "2026-03-05", "places": 2}]
    claim = Claim("openings", said, "program", FADES.date(), "said")
    return with_timetable(replace(listing(), timezone=zone), {"openings": claim})


@pytest.mark.parametrize("zone", OUR_ZONES)
def test_after_seven_days_and_fourteen_at_midnight_where_the_program_is(zone: str) -> None:
    site = spoken(zone)
    snapshot = MadeUpSnapshot([site, QUIET])
    need = Need(f"{site.point.lat},{site.point.lon}", choices=(), hours=HoursAsked(opening=True))
    midnight = FADES.replace(tzinfo=ZoneInfo(zone))
    for now, fit in ((midnight - timedelta(minutes=1), 1), (midnight, 0)):
        answer = find_care(snapshot, need, now)
        assert answer.hours and (answer.hours.fit, answer.hours.unsaid) == (fit, 2 - fit)
        stands = {o.site.id: o.hours.standing.value for o in answer.options if o.hours}
        assert stands[site.id] == ("fits" if fit else "does not say")
        (line,) = opening_lines(site, day_in(zone, now))
        assert ("was open" in line) is not bool(fit)
    gone = midnight + timedelta(days=7)
    assert opening_lines(site, day_in(zone, gone - timedelta(minutes=1)))
    assert not opening_lines(site, day_in(zone, gone))


def test_what_is_kept_of_a_page_changes_at_each_of_our_midnights() -> None:
    """One for each zone of its own day, and at no other moment."""
    start = datetime(2026, 3, 12, 12, tzinfo=ZoneInfo("UTC"))
    quarters = [days_now(start + timedelta(minutes=15 * n)) for n in range(96)]
    changes = sum(before != after for before, after in pairwise(quarters))
    midnights = {FADES.replace(tzinfo=ZoneInfo(zone)).timestamp() for zone in OUR_ZONES}
    assert changes == len(midnights)
