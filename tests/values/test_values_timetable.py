"""When a program meets and whether it has a place: values, JSON and CSV, there and back."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.values.opening import Freshness, Opening, freshness
from waypost.values.placed_fault import FaultCode, Faulty
from waypost.values.timetable_csv import (
    OPENING_COLUMNS,
    TRACK_COLUMNS,
    openings_by_site,
    read_lines,
    tracks_by_site,
    written,
)
from waypost.values.timetable_json import plain, read_openings, read_tracks
from waypost.values.track import Attendance, TimeOfDay, Track
from waypost.values.wall_time import WEEK, clock_of, minutes_ahead, minutes_of, moment_of

TODAY = date(2026, 12, 3)
SESSION = {"days": ["mon", "wed", "thu"], "start": "18:00", "end": "21:00"}
TRACK: dict[str, Any] = {
    "id": "evening-iop",
    "sessions": [SESSION],
    "zone": "America/Chicago",
    "hours_a_week": 9,
    "attendance": "in-person",
    "language": "es",
    "for_whom": ["group:women"],
    "starts_on": "2026-12-07",
    "not_on": ["2026-12-24"],
}


def track(**changes: Any) -> Track:
    return read_tracks([TRACK | changes])[0]


def at(start: str, end: str, *days: str) -> Track:
    return track(sessions=[{"days": list(days), "start": start, "end": end}], hours_a_week=None)


def faults(read: Any, *args: Any) -> list[tuple[str, str]]:
    with pytest.raises(Faulty) as raised:
        read(*args)
    return [(f.place, f.code.value) for f in raised.value.faults]


def test_a_track_says_what_it_is() -> None:
    found = track()
    assert found.weekly_minutes == 540 and found.attendance is Attendance.IN_PERSON
    assert [(m.day.value, m.start % 1440, m.end - m.start) for m in found.meetings] == [
        ("mon", 1080, 180), ("wed", 1080, 180), ("thu", 1080, 180),
    ]  # fmt: skip
    assert at("09:00", "12:00", "mon", "tue").weekly_minutes == 360
    assert track(hours_a_week=9.5).weekly_minutes == 570


@pytest.mark.parametrize(
    ("start", "end", "days", "expected"),
    [
        ("09:00", "12:00", ["mon"], {TimeOfDay.DAY}),
        ("16:59", "20:00", ["mon"], {TimeOfDay.DAY}),
        ("17:00", "20:00", ["fri"], {TimeOfDay.EVENINGS}),
        ("18:00", "21:00", ["fri", "sat"], {TimeOfDay.EVENINGS, TimeOfDay.WEEKENDS}),
        ("09:00", "12:00", ["sun"], {TimeOfDay.WEEKENDS}),
    ],
)
def test_the_time_of_day_is_that_of_each_session(
    start: str, end: str, days: list[str], expected: set[TimeOfDay]
) -> None:
    assert at(start, end, *days).times_of_day == expected


def test_a_session_over_midnight_ends_on_the_next_day() -> None:
    late = at("22:00", "01:30", "sun")
    assert [(m.start, m.end) for m in late.meetings] == [(6 * 1440 + 1320, 6 * 1440 + 1320 + 210)]
    (begins, ends), = late.dates(date(2027, 1, 3), date(2027, 1, 4))  # fmt: skip
    assert (begins, ends - begins) == (datetime(2027, 1, 4, 4, tzinfo=UTC), timedelta(hours=3.5))
    assert late.times_of_day == {TimeOfDay.WEEKENDS}
    assert at("18:00", "24:00", "mon") == at("18:00", "00:00", "mon")
    assert at("18:00", "24:00", "mon").meetings[0].end == 1440


def test_six_in_the_evening_stays_six_across_a_clock_change() -> None:
    evening = at("18:00", "21:00", "thu")
    found = [b for b, _ in evening.dates(date(2027, 3, 8), date(2027, 3, 22))]
    assert found == [datetime(2027, 3, 12, 0, tzinfo=UTC), datetime(2027, 3, 18, 23, tzinfo=UTC)]
    assert {b.astimezone(tz).hour for tz in [_chicago()] for b in found} == {18}


def _chicago() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo("America/Chicago")


def test_a_time_that_a_clock_change_skips_or_repeats_is_read_as_calendars_read_it() -> None:
    # 14 March 2027, 2:30 does not exist in Chicago; 7 November 2027, 1:30 comes twice.
    assert moment_of(date(2027, 3, 14), 150, "America/Chicago") == datetime(
        2027, 3, 14, 8, 30, tzinfo=UTC
    )
    assert moment_of(date(2027, 11, 7), 90, "America/Chicago") == datetime(
        2027, 11, 7, 6, 30, tzinfo=UTC
    )


def test_holidays_and_the_first_day_are_kept() -> None:
    found = track(not_on=["2026-12-24"], starts_on="2026-12-17")
    days = [
        b.astimezone(_chicago()).date()
        for b, _ in found.dates(date(2026, 12, 14), date(2026, 12, 31))
    ]
    assert days == [date(2026, 12, d) for d in (17, 21, 23, 28, 30, 31)]


def test_two_zones_differ_by_what_their_clocks_show_on_that_day() -> None:
    winter, summer = datetime(2027, 1, 5, tzinfo=UTC), datetime(2027, 7, 5, tzinfo=UTC)
    assert minutes_ahead("America/Phoenix", "America/Denver", winter) == 0
    assert minutes_ahead("America/Phoenix", "America/Denver", summer) == 60
    assert minutes_ahead("America/New_York", "Pacific/Guam", winter) == 15 * 60


@pytest.mark.parametrize("text", ["", "6 pm", "25:00", "24:01", "9:5", "９:00", "-1:00", "12:60"])
def test_a_clock_is_read_or_refused(text: str) -> None:
    assert minutes_of(text) is None
    assert minutes_of("9:05") == 545 and clock_of(545) == "09:05"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"id": "Evening IOP"}, ("tracks[0].id", "bad id")),
        ({"id": ""}, ("tracks[0].id", "missing")),
        ({"zone": "Central"}, ("tracks[0].zone", "bad zone")),
        ({"zone": 5}, ("tracks[0].zone", "not text")),
        ({"sessions": []}, ("tracks[0].sessions", "missing")),
        ({"sessions": [SESSION | {"days": ["monday"]}]}, ("tracks[0].sessions[0].days[0]", "bad day")),
        ({"sessions": [SESSION | {"days": [{}]}]}, ("tracks[0].sessions[0].days[0]", "bad day")),
        ({"sessions": [SESSION | {"start": "6 pm"}]}, ("tracks[0].sessions[0].start", "bad clock")),
        ({"sessions": [SESSION | {"end": "18:00"}]}, ("tracks[0].sessions[0].end", "bad length")),
        ({"sessions": [SESSION | {"end": "18:05"}]}, ("tracks[0].sessions[0].end", "bad length")),
        ({"sessions": [SESSION, SESSION | {"start": "20:00", "end": "22:00"}]}, ("tracks[0].sessions", "overlap")),
        ({"sessions": [SESSION, SESSION]}, ("tracks[0].sessions", "overlap")),
        ({"sessions": [SESSION | {"start": "24:00"}]}, ("tracks[0].sessions[0].start", "bad clock")),
        ({"zone": "localtime"}, ("tracks[0].zone", "bad zone")),
        ({"zone": "Factory"}, ("tracks[0].zone", "bad zone")),
        ({"hours_a_week": 0.001}, ("tracks[0].hours_a_week", "bad hours")),
        ({"hours_a_week": 0}, ("tracks[0].hours_a_week", "bad hours")),
        ({"starts_on": "2026-W49-1"}, ("tracks[0].starts_on", "bad date")),
        pytest.param(
            {"starts_on": "2026-12-07\n"}, ("tracks[0].starts_on", "bad date"), id="a line end"
        ),
        ({"hours_a_week": -1}, ("tracks[0].hours_a_week", "bad hours")),
        ({"hours_a_week": float("nan")}, ("tracks[0].hours_a_week", "bad hours")),
        ({"hours_a_week": True}, ("tracks[0].hours_a_week", "bad hours")),
        ({"attendance": "online"}, ("tracks[0].attendance", "bad attendance")),
        ({"language": "Spanish"}, ("tracks[0].language", "bad language")),
        ({"for_whom": ["women"]}, ("tracks[0].for_whom[0]", "bad group")),
        ({"starts_on": "7 December"}, ("tracks[0].starts_on", "bad date")),
        ({"not_on": ["2026-02-30"]}, ("tracks[0].not_on[0]", "bad date")),
        ({"price": 1}, ("tracks[0].price", "unknown field")),
    ],
    ids=lambda part: str(part)[:40],
)  # fmt: skip
def test_each_fault_has_its_code_and_its_place(
    change: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert expected in faults(read_tracks, [TRACK | change])


def test_all_faults_come_at_once_and_the_same_name_twice_is_one() -> None:
    found = faults(read_tracks, [{"id": "a"}, TRACK | {"id": "a"}, 5])
    assert {("tracks[0].zone", "missing"), ("tracks[0].sessions", "missing"), ("tracks[1].id", "same id"),
            ("tracks[2]", "not an object")} <= set(found)  # fmt: skip
    assert faults(read_tracks, {"id": "a"}) == [("tracks", "not a list")]
    assert faults(read_tracks, [TRACK] * 41)[0] == ("tracks", "too many")


def test_sunday_night_runs_into_monday() -> None:
    night = {"days": ["sun"], "start": "22:00", "end": "02:00"}
    early = {"days": ["mon"], "start": "01:00", "end": "03:00"}
    assert ("tracks[0].sessions", "overlap") in faults(
        read_tracks, [TRACK | {"sessions": [night, early]}]
    )


@pytest.mark.parametrize(
    ("days", "shown"), [(0, "current"), (7, "current"), (8, "past"), (14, "past"), (15, "gone")]
)
def test_an_opening_fades(days: int, shown: str) -> None:
    opening = Opening(as_of=TODAY - timedelta(days=days), places=2)
    assert freshness(opening, TODAY) is Freshness(shown)


def test_an_opening_says_whether_there_is_a_place_or_does_not_say() -> None:
    said = [({"places": 2}, True), ({"places": 0}, False), ({"waiting_days": 0}, True),
            ({"waiting_days": 9}, False), ({"next_start": "2027-01-04"}, None)]  # fmt: skip
    for data, expected in said:
        assert read_openings([data], TODAY)[0].has_place is expected
    assert read_openings([{"places": 1}], TODAY)[0].as_of == TODAY


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, ("openings[0]", "says nothing")),
        (
            {"places": None, "waiting_days": None, "next_start": None},
            ("openings[0]", "says nothing"),
        ),
        ({"places": None, "next_start": ""}, ("openings[0]", "says nothing")),
        ({"places": -1}, ("openings[0].places", "bad count")),
        ({"places": 1.5}, ("openings[0].places", "bad count")),
        ({"waiting_days": "soon"}, ("openings[0].waiting_days", "bad count")),
        ({"places": 1, "as_of": "2026-12-04"}, ("openings[0].as_of", "in the future")),
        ({"places": 1, "next_start": "Monday"}, ("openings[0].next_start", "bad date")),
        ({"places": 1, "track": "A B"}, ("openings[0].track", "bad id")),
        ({"places": 10**30}, ("openings[0].places", "bad count")),
        ({"places": True}, ("openings[0].places", "bad count")),
        ({"places": 1, "as_of": "2026-11-18"}, ("openings[0].as_of", "too old")),
        ({"places": 1, "next_start": "2026-12-02"}, ("openings[0].next_start", "is over")),
        ({"places": 1, "next_start": "2028-12-09"}, ("openings[0].next_start", "too far")),
        ({"places": 1, "next_start": "9999-01-01"}, ("openings[0].next_start", "bad date")),
    ],
)
def test_each_fault_of_an_opening_has_its_place(
    data: dict[str, Any], expected: tuple[str, str]
) -> None:
    assert expected in faults(read_openings, [data], TODAY)


def csv_text(columns: tuple[str, ...], lines: list[dict[str, str]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(lines)
    return text.getvalue()


def test_a_faulty_line_of_a_file_is_named_by_its_number() -> None:
    text = csv_text(
        TRACK_COLUMNS,
        [
            {"site_id": "site_1", "id": "a", "sessions": "mon 18:00-21:00", "zone": "America/Chicago"},
            {"site_id": "site_1", "id": "a", "sessions": "mon 6pm", "zone": "Central"},
            {"site_id": "", "id": "b", "sessions": "tue 9:00-12:00", "zone": "America/Chicago"},
        ],
    )  # fmt: skip
    found = faults(tracks_by_site, read_lines(text))
    assert {("line 3, zone", "bad zone"), ("line 3, sessions[0].start", "bad clock"), ("line 3", "same id"),
            ("line 4, site_id", "missing")} <= set(found)  # fmt: skip
    assert faults(read_lines, "site_id,pace\n") == [("line 1, pace", "unknown field")]
    assert faults(read_lines, "places\n1\n") == [("line 1", "missing")]
    assert faults(read_lines, "site_id,places\nsite_1,1,2,3\n") == [("line 2", "too many")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("site_id,places,places\ns,1,2\n", [("line 1", "same id")]),
        ("site_id;places\ns;1\n", [("line 1, site_id;places", "unknown field"), ("line 1", "missing")]),
        ("", [("line 1", "missing")]),
        ('site_id,places\n"s,1\n', [("line 2", "not text")]),
        ('"site_id,places\ns,1\n', [("line 1", "not text")]),
        ("site_id,places\rs,1\r", [("line 1", "not text")]),
        ("site_id,places\n\n,,\ns,=1+1\n", [("line 4, places", "bad count")]),
        ("site_id,places\n\ns,-1\n", [("line 3, places", "bad count")]),
        ("site_id,places\ns,1.0\n", [("line 2, places", "bad count")]),
        ("site_id,places\ns,\u0661\n", [("line 2, places", "bad count")]),
        ("site_id,track,places\ns,\"=cmd|' /C calc'!A0\",1\n", [("line 2, track", "bad id")]),
        ("site_id,places,as_of\ns,1,12/01/2026\n", [("line 2, as_of", "bad date")]),
        ("site_id,places,next_start,as_of\ns,1,2026-11-20,2026-11-28\n", [("line 2, next_start", "is over")]),
        ("site_id,waiting_days\ns,3\ns,4\n", [("line 3", "same id")]),
        ("site_id,as_of\ns,\n", [("line 2, openings", "says nothing")]),
    ],
)  # fmt: skip
def test_a_hostile_file_of_openings_is_refused_at_its_lines(
    text: str, expected: list[tuple[str, str]]
) -> None:
    def read(whole: str) -> object:
        return openings_by_site(read_lines(whole), lambda _site: date(2026, 12, 1))

    found = faults(read, text)
    assert found == expected


@pytest.mark.parametrize(
    ("sessions", "code"),
    [
        ("mon 18:00-18:10", "bad length"), ("mon 20:00-09:00", "bad length"), ("mon 18:00-25:00", "bad clock"),
        ("mon 18:00-21:00; mon 20:00-22:00", "overlap"), ("sun 22:00-02:00; mon 01:00-03:00", "overlap"),
        ("=HYPERLINK(1)", "bad clock"), ("montag 18:00-21:00", "bad day"), ("mon", "bad clock"),
    ],
)  # fmt: skip
def test_sessions_that_cannot_be_are_refused(sessions: str, code: str) -> None:
    line = {"site_id": "s", "id": "a", "sessions": sessions, "zone": "America/Chicago"}
    text = csv_text(TRACK_COLUMNS, [line])
    assert code in {found for _place, found in faults(tracks_by_site, read_lines(text))}


@pytest.mark.parametrize("hours", ["1_0", "1e1", "+9", "nan", "\u0669", "9,5", "0.1", "61"])
def test_hours_a_week_are_written_in_digits(hours: str) -> None:
    line = {"site_id": "s", "id": "a", "sessions": "mon 18:00-21:00", "zone": "America/Chicago"}
    text = csv_text(TRACK_COLUMNS, [line | {"hours_a_week": hours}])
    assert faults(tracks_by_site, read_lines(text)) == [("line 2, hours_a_week", "bad hours")]


def test_a_file_as_spreadsheets_write_it_is_read() -> None:
    """With a mark at its beginning, line ends of two letters, empty lines at its end."""
    text = (
        "\ufeffsite_id,id,sessions,zone\r\ns,late,fri 22:00-02:00,America/New_York\r\n,,,\r\n\r\n"
    )
    (track,) = tracks_by_site(read_lines(text))["s"]
    assert track.sessions[0].minutes == 240
    spring = list(track.dates(date(2027, 3, 12), date(2027, 3, 13)))  # the clocks change on Sunday
    assert [(end - start).total_seconds() / 3600 for start, end in spring] == [4.0]


SESSIONS = st.lists(st.sampled_from(WEEK), min_size=1, max_size=7, unique=True).map(
    lambda days: [{"days": [d.value for d in WEEK if d in days], "start": "18:30", "end": "21:00"}]
)
TRACKS = st.builds(
    lambda i, sessions, extra: (
        {"id": f"t{i}", "sessions": sessions, "zone": "America/Chicago"} | extra
    ),
    st.integers(0, 9),
    SESSIONS,
    st.fixed_dictionaries(
        {},
        optional={
            "hours_a_week": st.floats(0.5, 60, allow_nan=False),
            "attendance": st.sampled_from([a.value for a in Attendance]),
            "language": st.sampled_from(["es", "en", "ase", "zh-Hant"]),
            "for_whom": st.just(["group:women"]),
            "starts_on": st.just("2027-01-04"),
            "not_on": st.just(["2027-01-18", "2027-02-15"]),
        },
    ),
)


@given(st.lists(TRACKS, max_size=5, unique_by=lambda t: t["id"]))
def test_tracks_go_through_json_and_csv_unchanged(data: list[dict[str, Any]]) -> None:
    found = read_tracks(data)
    assert read_tracks(plain(found)) == found
    lines = read_lines(csv_text(TRACK_COLUMNS, list(written("site_1", found))))
    assert tracks_by_site(lines) == ({"site_1": found} if found else {})


@given(st.integers(0, 999), st.one_of(st.none(), st.integers(0, 730)))
def test_openings_go_through_json_and_csv_unchanged(places: int, days: int | None) -> None:
    found = read_openings(
        [{"places": places, "waiting_days": days}, {"next_start": "2027-01-04", "track": "a"}],
        TODAY,
    )
    assert read_openings(plain(found), TODAY) == found
    lines = read_lines(csv_text(OPENING_COLUMNS, list(written("site_1", found))))
    assert openings_by_site(lines, lambda _site: TODAY) == {"site_1": found}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda s: (
            st.lists(s) | st.dictionaries(st.sampled_from([*TRACK, "days", "start", "end"]), s)
        ),
    )
)
def test_anything_at_all_is_read_or_refused_with_faults(data: Any) -> None:
    for read in (
        lambda: read_tracks([data]),
        lambda: read_openings([data], TODAY),
        lambda: read_tracks(data),
    ):
        try:
            read()
        except Faulty as error:
            assert error.faults and all(isinstance(f.code, FaultCode) for f in error.faults)
