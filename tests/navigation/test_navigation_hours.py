"""What find care says of hours: which sessions fit, by whose clock, and what is not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import msgspec

from twins.made_up_snapshot import TODAY, MadeUpSnapshot, in_austin
from waypost.directory.site import Claim, Site
from waypost.directory.timetables import with_timetable
from waypost.navigation.answer import ChangeKind
from waypost.navigation.find_care import find_care
from waypost.navigation.hours import FreeTime, HoursAsked, Shown
from waypost.navigation.hours_fit import HoursCount, HoursStanding
from waypost.navigation.need import Need
from waypost.values.wall_time import Day

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def evenings(*days: str) -> Site:
    session = {"days": list(days), "start": "18:00", "end": "21:00"}
    track = {"id": "evening", "sessions": [session], "zone": "America/Chicago"}
    return with_timetable(
        in_austin(1, set()), {"tracks": Claim("tracks", [track], "program", TODAY, "said")}
    )


def test_a_result_says_which_sessions_fit_and_by_how_much_the_others_do_not() -> None:
    free = (
        *tuple(FreeTime(d, 1080, 1260) for d in (Day.TUE, Day.THU)),
        FreeTime(Day.MON, 1110, 1260),
    )
    snapshot = MadeUpSnapshot([evenings("mon", "tue", "thu"), in_austin(2, set())])
    answer = find_care(snapshot, Need("30.27,-97.74", hours=HoursAsked(free)), NOW)
    assert answer.total == 2 and answer.hours == HoursCount(0, 1, 1)
    fit = answer.options[0].hours
    assert fit and fit.standing is HoursStanding.DOES_NOT
    sessions = [(m.meeting.day.value, m.fits, m.early, m.late) for m in fit.tracks[0].meetings]
    assert sessions == [("mon", False, 30, 0), ("tue", True, 0, 0), ("thu", True, 0, 0)]


def test_hours_are_compared_by_the_clock_of_who_asks() -> None:
    snapshot = MadeUpSnapshot([evenings("mon")])
    free = HoursAsked((FreeTime(Day.MON, 1080, 1260),))
    for place, standing, ahead in (("78701", "fits", 0), ("El Paso, TX", "does not", -60)):
        found = (
            find_care(snapshot, Need(place, radius_miles=None, hours=free), NOW).options[0].hours
        )
        assert found and (found.standing.value, found.tracks[0].ahead) == (standing, ahead)


def test_three_of_five_evenings_are_enough_where_one_attends_three() -> None:
    free = HoursAsked(tuple(FreeTime(d, 1080, 1260) for d in (Day.MON, Day.WED, Day.THU)))
    need = Need("30.27,-97.74", hours=free)
    all_five = evenings("mon", "tue", "wed", "thu", "fri")
    three = replace(
        all_five, tracks=(msgspec.structs.replace(all_five.tracks[0], hours_a_week=9.0),)
    )
    for known, fit in ((all_five, 0), (three, 1)):
        counted = find_care(MadeUpSnapshot([known]), need, NOW).hours
        assert counted and counted.fit == fit


def test_a_search_that_hides_those_that_do_not_say_offers_to_show_them() -> None:
    snapshot = MadeUpSnapshot([evenings("mon"), in_austin(2, set())])
    hours = HoursAsked((FreeTime(Day.TUE, 1080, 1260),), shown=Shown.FIT)
    answer = find_care(snapshot, Need("30.27,-97.74", hours=hours), NOW)
    assert answer.total == 0 and answer.hours == HoursCount(0, 1, 1)
    assert (ChangeKind.OPEN_HOURS, "", 2) in [(c.kind, c.detail, c.total) for c in answer.changes]
