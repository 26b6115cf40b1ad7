"""Openings from a timetable: what goes out, that it is true, and that it changes no rank."""

from __future__ import annotations

import re
from datetime import date

from waypost.treatment.timetable.fitting import fit_in
from waypost.treatment.timetable.kinds import GroupKind
from waypost.treatment.timetable.moving import with_person
from waypost.treatment.timetable.openings import openings_of, places_in, track_ids, tracks_of
from waypost.treatment.timetable.problem import (
    Attendee,
    CareGroup,
    Facilitator,
    MeetingRoom,
    Placing,
    Timetable,
    WeekSlot,
)
from waypost.treatment.timetable.setup import ProgramSetup, plain_setup, read_setup
from waypost.values.timetable_json import plain, read_openings, read_tracks
from waypost.values.wall_time import Day

TODAY = date(2026, 12, 1)
DAYS = (0, 2, 3)
SLOTS = tuple(
    WeekSlot(f"evening {day} {part}", "evening", day * 1440 + start, day * 1440 + start + 90)
    for day in DAYS
    for part, start in enumerate((1080, 1170))
)
GROUPS = tuple(
    CareGroup(f"group {n}", GroupKind.PROCESS, "evening", fewest=0, most=4) for n in range(6)
)
WOMEN = CareGroup("women", GroupKind.WOMEN, "evening", fewest=0, most=12)
SETUP = ProgramSetup(
    "America/New_York",
    "NJ",
    slots=SLOTS,
    groups=(*GROUPS, WOMEN),
    rooms=(MeetingRoom("A", 8), MeetingRoom("B", 12)),
    facilitators=(Facilitator("Lee", frozenset(GroupKind), ((0, 10080),)), Facilitator("Kai", frozenset(GroupKind), ((0, 10080),))),
)  # fmt: skip
WEEK = Timetable(
    (
        *(
            Placing(group.id, slot.id, "A", "Lee")
            for group, slot in zip(GROUPS, SLOTS, strict=True)
        ),
        Placing("women", SLOTS[0].id, "B", "Kai"),
    )
)


def test_a_track_says_when_it_meets_in_one_sitting_a_day() -> None:
    (track,) = tracks_of(SETUP, WEEK)
    (session,) = track.sessions
    assert (session.days, session.start, session.end) == (
        (Day.MON, Day.WED, Day.THU),
        "18:00",
        "21:00",
    )
    assert (track.hours_a_week, track.zone) == (9, "America/New_York")


def test_what_goes_out_is_what_a_program_enters_by_hand() -> None:
    tracks, openings = tracks_of(SETUP, WEEK), openings_of(SETUP, WEEK, TODAY, date(2026, 12, 7))
    assert read_tracks(plain(tracks)) == tracks
    assert read_openings(plain(openings), TODAY) == openings
    assert openings[0].next_start == date(2026, 12, 7)


def test_each_person_who_begins_takes_one_place_until_there_is_none() -> None:
    week = WEEK
    for number in range(5):
        assert places_in(SETUP, week, "evening") == max(4 - number, 0)
        person = Attendee(f"pic {number}", 540, ((0, 10080),))
        week = fit_in(SETUP.problem((person,)), week, person)
        assert len(week.groups_of.get(person.id, ())) == (6 if number < 4 else 0)


def test_one_full_session_of_a_day_closes_that_day() -> None:
    week = WEEK
    for number in range(4):
        week = with_person(week, f"pic {number}", GROUPS[1].id)
    assert places_in(SETUP, week, "evening") == 0


def test_a_group_for_some_is_no_place_for_everybody() -> None:
    alone = Timetable((Placing("women", SLOTS[0].id, "B", "Kai"),))
    assert places_in(SETUP, alone, "evening") == 0


def test_a_claim_says_nothing_of_anybody() -> None:
    week = with_person(WEEK, "pic_secret", GROUPS[0].id)
    words = str([plain(tracks_of(SETUP, week)), plain(openings_of(SETUP, week, TODAY))])
    assert "pic_secret" not in words and "Lee" not in words and "process" not in words


def test_a_setup_survives_its_json() -> None:
    assert read_setup(plain_setup(SETUP)) == SETUP


def test_tracks_have_short_names_outside_and_no_two_are_alike() -> None:
    named = ["Day track", "Noche / mañana", "Día track", "day-track", "晚上", "x" * 60]
    ids = track_ids(named)
    assert ids["Day track"] == "day-track" and ids["Noche / mañana"] == "noche-manana"
    assert ids["晚上"] == "track" and len(set(ids.values())) == len(named)
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", name) for name in ids.values())
