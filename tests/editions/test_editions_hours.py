"""Hours and places as both faces give them: which services, for how long, and when they fade."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

import spoken
from hsds_shapes import published
from spoken import DAY, EVENING, NOW, TODAY, TRACKS, opening
from waypost.directory.site import FactSource
from waypost.editions.hours.fading import fading_of
from waypost.editions.hours.shown import (
    NO_HOURS,
    hours_of,
    levels_by_the_hour,
    levels_of_track,
    wall_hours,
)
from waypost.editions.hours.words import of_opening, of_track
from waypost.values.track import Session
from waypost.values.utc_offset import offset_spans, offset_text

LEVELS = ["iop", "outpatient", "php", "residential"]


def test_tracks_stand_with_the_levels_that_one_comes_to_by_the_hour() -> None:
    assert levels_by_the_hour(LEVELS) == ("iop", "php", "outpatient")
    assert levels_by_the_hour(["otp", "residential"]) == ("otp",)
    assert levels_by_the_hour(["general"]) == ("general",)
    assert levels_by_the_hour(["residential", "inpatient"]) == ("residential", "inpatient")


def test_day_treatment_has_twenty_hours_and_what_has_them_is_no_other_level() -> None:
    assert levels_of_track(EVENING, LEVELS) == ("iop", "outpatient")
    assert levels_of_track(DAY, LEVELS) == ("php",)
    assert levels_of_track(DAY, ["iop"]) == ("iop",)
    assert levels_of_track(EVENING, ["php"]) == ("php",)


def test_a_service_is_shown_with_what_holds_and_the_week_before_in_words() -> None:
    hours = hours_of(spoken.spoken(), "iop", LEVELS, TODAY)
    assert {t.id for t in hours.tracks} == {t.id for t in TRACKS} - {"day", "round"}
    assert hours.openings == (spoken.FREE, spoken.WAITING)
    assert hours.past == (spoken.WAS_OPEN,)
    assert hours_of(spoken.spoken(), "residential", LEVELS, TODAY) == NO_HOURS
    assert hours_of(spoken.SILENT, "iop", LEVELS, TODAY) == NO_HOURS


def test_a_word_that_was_not_confirmed_is_not_shown() -> None:
    ended = hours_of(spoken.spoken(), "iop", LEVELS, spoken.UNTIL)
    assert not (ended.tracks or ended.openings or ended.past or ended.tracks_said)
    last = hours_of(spoken.spoken(), "iop", LEVELS, spoken.UNTIL - timedelta(days=1))
    assert last.tracks and last.last_day == spoken.UNTIL - timedelta(days=1)


def test_a_program_that_says_it_closed_has_no_hours() -> None:
    closed = FactSource("program", TODAY, spoken.HOW, date(2036, 1, 1))
    site = spoken.spoken(said={"says:closed": ("2026-11-23",)})
    site = replace(site, facts=site.facts | {"says:closed": closed})
    assert hours_of(site, "iop", LEVELS, TODAY) == NO_HOURS


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ((opening(0, places=2),), True),
        ((opening(7, places=2),), True),
        ((opening(8, places=2),), None),
        ((opening(0, places=0),), False),
        ((opening(0, places=0, next_start=date(2026, 12, 7)),), None),
        ((opening(0, places=0, waiting_days=5),), None),
        ((opening(0, waiting_days=0),), True),
        ((opening(0, waiting_days=5),), None),
        ((opening(0, next_start=date(2026, 12, 7)),), None),
        ((opening(0, places=0, track="evening"),), None),
        ((opening(0, places=0, track="evening"), opening(0, places=0, track="weekend")), False),
        ((opening(0, places=0, track="evening"), opening(0, places=1, track="weekend")), True),
        ((opening(0, places=0, track="evening"), opening(9, places=0, track="weekend")), None),
        ((), None),
    ],
)
def test_new_people_are_taken_only_where_this_week_says_so(said: tuple, taken: bool | None) -> None:
    site = spoken.spoken((EVENING, spoken.WEEKEND), said)
    assert hours_of(site, "iop", LEVELS, TODAY).takes_people is taken


def test_a_session_over_midnight_and_one_to_midnight_end_on_the_next_day() -> None:
    night, to_midnight = map(wall_hours, spoken.NIGHT.sessions)
    assert (night.start, night.end, night.next_day) == ("22:00", "02:00", True)
    assert (to_midnight.start, to_midnight.end, to_midnight.next_day) == ("20:00", "00:00", True)
    assert wall_hours(spoken.ROUND.sessions[0]).all_day
    assert not wall_hours(Session(days=(spoken.MON,), start="08:00", end="08:00")).all_day
    assert wall_hours(spoken.PHOENIX.sessions[0]).start == "09:00"


def test_words_name_the_clock_and_the_day() -> None:
    assert of_track(spoken.ESPANOL, TODAY) == (
        "Track “tarde”: Monday, Tuesday and Wednesday, 17:00 to 20:00 (America/New_York); "
        "9 hours a week; language es; for women."
    )
    assert "22:00 to 02:00 the next day" in of_track(spoken.NIGHT, TODAY)
    assert "starts on 2027-04-05; not on 2027-04-12, 2027-04-13 and 2027-05-31" in of_track(
        spoken.LATER, TODAY
    )
    assert "since 2027-04-05" in of_track(spoken.LATER, date(2027, 4, 5))
    assert of_opening(spoken.FREE) == (
        "The program said on 2026-11-24 in track “evening”: open, 2 places; the next group starts "
        "on 2026-12-01; after 2026-12-01 ask whether it is still so."
    )
    assert "was open, 4 places; it has not said so since" in of_opening(spoken.WAS_OPEN, past=True)


def test_what_fades_changes_a_record_on_its_day_without_a_publish(tmp_path: Path) -> None:
    site = spoken.spoken((EVENING,), (opening(0, places=2),))
    quiet = replace(spoken.SILENT, id="site_2")
    snapshot = published(tmp_path, [site, quiet], at=NOW)
    fading = fading_of(snapshot)
    assert fading is fading_of(snapshot)
    row, other = (snapshot.row_of(i) for i in ("site_1", "site_2"))
    built = int(NOW.timestamp())

    def at(day: date) -> list[int]:
        noon = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
        return fading.changed_at(noon)[[row, other]].tolist()

    midnight = lambda day: int(  # noqa: E731
        datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(site.timezone)).timestamp()
    )
    past, gone = TODAY + timedelta(days=8), TODAY + timedelta(days=15)
    assert at(TODAY) == at(past - timedelta(days=1)) == [built, built]
    assert at(past) == [midnight(past), built]
    assert at(gone) == [midnight(gone), built]
    assert at(spoken.UNTIL) == [midnight(spoken.UNTIL), built]
    assert fading.passed(NOW) < fading.passed(NOW + timedelta(days=9))


def test_a_track_begins_on_its_day_and_that_is_a_change(tmp_path: Path) -> None:
    site = spoken.spoken((EVENING, spoken.LATER), ())
    begins = date(2027, 4, 5)
    before = hours_of(site, "iop", LEVELS, begins - timedelta(days=1))
    assert before.begun == (EVENING,)
    assert hours_of(site, "iop", LEVELS, begins).begun == (EVENING, spoken.LATER)
    fading = fading_of(published(tmp_path, [site], at=NOW))
    noon = datetime(2027, 4, 5, 18, tzinfo=UTC)
    assert fading.passed(noon) == fading.passed(noon - timedelta(days=1)) + 1


def test_a_day_off_is_one_on_which_no_track_meets() -> None:
    later, evening = spoken.LATER, EVENING  # both meet on Mondays
    assert hours_of(spoken.spoken((later, evening), ()), "iop", LEVELS, TODAY).days_off == (
        date(2027, 4, 13),
    )
    alone = hours_of(spoken.spoken((later,), ()), "iop", LEVELS, TODAY)
    assert alone.days_off == later.not_on


# the offset of a clock, season by season

ZONES = ["America/New_York", "America/Phoenix", "Pacific/Honolulu", "America/Puerto_Rico", "UTC",
         "America/St_Johns", "America/Anchorage"]  # fmt: skip


@given(
    st.sampled_from(ZONES),
    st.integers(0, 1439),
    st.dates(date(2024, 1, 1), date(2029, 1, 1)),
    st.integers(0, 400),
)
def test_seasons_follow_each_other_and_each_offset_is_the_clocks(
    zone: str, minute: int, first: date, days: int
) -> None:
    last = first + timedelta(days=days)
    spans = list(offset_spans(zone, minute, first, last))
    covered = [
        (s.first + timedelta(days=n), s.minutes)
        for s in spans
        for n in range((s.last - s.first).days + 1)
    ]
    assert [day for day, _ in covered] == [first + timedelta(days=n) for n in range(days + 1)]
    for day, minutes in covered[:: max(1, days // 20)] + covered[-1:]:
        wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60)
        offset = wall.replace(tzinfo=ZoneInfo(zone)).utcoffset()
        assert minutes == offset.total_seconds() // 60
    assert len({s.season for s in spans}) == len(spans)


def test_a_season_has_the_same_name_whatever_days_are_asked_for() -> None:
    zone, winter = "America/New_York", date(2026, 12, 1)
    names = [
        [s.season for s in offset_spans(zone, 1080, winter + timedelta(days=n), date(2027, 5, 1))]
        for n in (0, 20, 60)
    ]
    assert names == [["-300/2027", "-240/2027"]] * 3
    assert [s.season for s in offset_spans(zone, 1080, winter, date(2026, 12, 9))] == ["-300/2027"]
    assert [s.season for s in offset_spans("America/Phoenix", 0, winter, winter)] == ["-420"]


@pytest.mark.parametrize(
    ("minutes", "text"), [(-360, "-06:00"), (0, "Z"), (330, "+05:30"), (-210, "-03:30")]
)
def test_an_offset_is_written_as_iso_8601_has_it(minutes: int, text: str) -> None:
    assert offset_text(minutes) == text
