"""The hours one can come, in the pages: the form, the line above the results, each card."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.test import Client
from django.utils import translation

from twins.made_up_snapshot import MadeUpSnapshot
from waypost.design.asked import asked_parts
from waypost.design.timetable_words import count_words, fit_words, opening_lines, track_lines
from waypost.directory.site import Claim
from waypost.directory.timetables import with_timetable
from waypost.navigation.find_care import find_care
from waypost.navigation.hours_fit import HoursCount
from waypost.navigation.need import NO_HOURS
from waypost.navigation.need_url import need_from_query
from waypost.publishing.reader import Snapshot
from waypost.web.find.hours import filled_form, hours_form

NOW = datetime(2026, 12, 3, 18, tzinfo=UTC)
TRACK = {
    "id": "evening",
    "sessions": [
        {"days": ["mon", "tue", "thu"], "start": "18:00", "end": "21:00"},
        {"days": ["sat"], "start": "22:00", "end": "01:00"},
    ],
    "zone": "America/Chicago",
    "hours_a_week": 9,
    "attendance": "in-person",
    "language": "es",
    "for_whom": ["group:women"],
    "starts_on": "2026-12-07",
}


def says(snapshot: Snapshot, openings: list[dict[str, object]] | None = None, **changes: object):
    """A published site with a track, and with what it says of its places."""
    found = snapshot.site(snapshot.current_ids()[0])
    assert found is not None
    said = {"tracks": [TRACK | changes], "openings": openings or []}
    site = replace(found, timezone="America/Chicago")
    return with_timetable(
        site, {f: Claim(f, v, "program", date(2026, 12, 3), "said") for f, v in said.items()}
    )


def fit(snapshot: Snapshot, query: dict[str, list[str]], **changes: object) -> str:
    site = says(snapshot, **changes)
    asked = {"near": [f"{site.point.lat},{site.point.lon}"], "level": ["any"]} | query
    options = find_care(MadeUpSnapshot([site]), need_from_query(asked), NOW).options  # type: ignore[arg-type]
    assert options[0].hours
    return fit_words(options[0].hours).replace("\u00a0", " ")


def test_each_session_is_said_to_fit_or_why_not(snapshot: Snapshot) -> None:
    words = fit(snapshot, {"come": ["tue thu 18:00-21:00", "mon 18:30-22:00"]}, hours_a_week=None)
    assert words == (
        "Tuesday and Thursday fit; Monday begins 30 minutes before you can come; "
        "Saturday, 10 pm to 1 am the next day does not fit"
    )
    every = ["mon tue thu 17:00-20:00", "sat 22:00-01:00"]
    words = fit(snapshot, {"come": every}, hours_a_week=None)
    assert "Monday, Tuesday and Thursday end 1 hour after you must leave" in words
    assert fit(snapshot, {"time": ["day"]}).endswith("another time of day")
    assert fit(snapshot, {"attend": ["telehealth"]}).endswith("not in the way that you asked for")
    assert "it does not say the rest: ask" in fit(snapshot, {"opening": ["1"]})
    assert fit(snapshot, {"weekly": ["-6"]}).endswith("another number of hours a week")


def test_of_a_day_with_two_sessions_it_is_said_which_one_fits(snapshot: Snapshot) -> None:
    twice = [
        {"days": ["mon"], "start": "09:00", "end": "12:00"},
        {"days": ["mon"], "start": "18:00", "end": "21:00"},
    ]
    more = {"sessions": twice, "hours_a_week": None}
    words = fit(snapshot, {"come": ["mon 18:30-22:00", "mon 08:00-12:00"]}, **more)
    assert words == (
        "Monday, 9 am to noon fits; Monday, 6 pm to 9 pm begins 30 minutes before you can come"
    )
    words = fit(snapshot, {"come": ["mon 09:00-21:00"]}, **more)
    assert words == "Monday, 9 am to noon; Monday, 6 pm to 9 pm"
    words = fit(snapshot, {"come": ["mon 09:30-20:30"]}, **more)
    assert words == (
        "Monday, 9 am to noon begins 30 minutes before you can come; "
        "Monday, 6 pm to 9 pm ends 30 minutes after you must leave"
    )


def test_a_count_names_all_three() -> None:
    assert count_words(HoursCount(2, 1, 9)) == "2 fit your hours, 1 does not, 9 do not say: ask"
    with translation.override("es"):
        assert (
            count_words(HoursCount(1, 2, 1))
            == "1 coincide con sus horas, 2 no, 1 no lo dice: pregunte"
        )


def test_a_track_and_its_places_are_said_with_their_day(snapshot: Snapshot) -> None:
    line, = track_lines(says(snapshot), NOW.date())  # fmt: skip
    assert (
        line.more
        == "9 hours a week · in person · in Spanish · for: women · starts on December 7, 2026"
    )
    for day, expected in [
        ("2026-12-03", "2 places (said today)"),
        ("2026-11-28", "2 places (on November 28, 2026, 5 days ago)"),
        ("2026-11-23", "was open: 2 places (on November 23, 2026, 10 days ago)"),
    ]:
        assert opening_lines(says(snapshot, [{"places": 2, "as_of": day}]), NOW.date()) == [
            expected
        ]
    assert opening_lines(says(snapshot, [{"places": 2, "as_of": "2026-11-18"}]), NOW.date()) == []
    full = {"places": 0, "waiting_days": 10, "as_of": "2026-12-03"}
    assert opening_lines(says(snapshot, [full]), NOW.date()) == [
        "no place now, a wait of about 10 days (said today)"
    ]


def test_a_word_on_one_track_of_two_is_not_read_as_one_on_both(snapshot: Snapshot) -> None:
    site, today = says(snapshot), NOW.date()
    day = {"id": "day", "zone": "America/Chicago",
           "sessions": [{"days": ["wed"], "start": "09:00", "end": "12:00"}]}  # fmt: skip
    full = {"places": 0, "as_of": "2026-12-03"}

    def lines(*openings: dict[str, object]) -> list[str]:
        said = {"tracks": [TRACK, day], "openings": list(openings)}
        claims = {f: Claim(f, v, "program", today, "said") for f, v in said.items()}
        return [
            line.replace("\u00a0", " ")
            for line in opening_lines(with_timetable(site, claims), today)
        ]

    assert lines(full | {"track": "day"}) == ["Wednesday, 9 am to noon: no place now (said today)"]
    assert lines(full) == ["no place now (said today)"]
    assert lines(full | {"track": "gone"}) == []
    both = lines(full | {"track": "gone"}, {"places": 2, "track": "day", "as_of": "2026-12-03"})
    assert both == ["Wednesday, 9 am to noon: 2 places (said today)"]


def test_the_form_brings_back_what_was_asked_and_each_part_can_be_taken_off() -> None:
    query = {"near": ["Texas"], "day": ["mon", "wed"], "from": ["17:30"], "to": ["21:00"], "come": ["sat 09:00-12:00"],
             "weekly": ["9-12"], "attend": ["telehealth"], "by": ["2026-12-20"], "opening": ["1"], "hours": ["fit"]}  # fmt: skip
    need = need_from_query(query)
    form = filled_form(need.hours)
    assert [value for value, _, ticked in form.days if ticked] == ["mon", "wed"]
    assert (form.start, form.end, form.carried) == ("17:30", "21:00", ("sat 09:00-12:00",))
    assert 'name="weekly" type="text" value="9-12"' in hours_form(need.hours)
    assert 'value=""' in hours_form(NO_HOURS) and "checked" not in hours_form(NO_HOURS)
    words = [p.words.replace("\u00a0", " ") for p in asked_parts(need, about_point=False)]
    assert words[1:] == [
        "Monday and Wednesday, 5:30 pm to 9 pm", "Saturday, 9 am to noon", "9 to 12 hours a week", "by telehealth",
        "begins by December 20, 2026", "has a place now", "only those that fit",
    ]  # fmt: skip
    for part in asked_parts(need, about_point=False)[1:]:
        assert part.without != need


@pytest.mark.parametrize("path", ["/find", "/es/find"])
def test_the_page_counts_those_that_do_not_say_apart_and_keeps_what_it_can_read(path: str) -> None:
    text = Client().get(path, {"near": "Vermont", "come": "mon wed 18:00-21:00"}).content.decode()
    assert 'class="note by-hours"' in text and 'name="day" value="mon" checked' in text
    bad = Client().get(path, {"near": "Vermont", "come": "monday at six", "payment": "medicaid"})
    page = unescape(bad.content.decode())
    assert bad.status_code == 400 and "mon wed 17:30-21:00" in page
    assert re.search(r'type="hidden" name="payment" value="medicaid"', page)


def test_your_week_is_carried_into_the_search() -> None:
    page = Client().get("/week?hours=evening&day=mon&day=thu&times=2").content.decode()
    assert '<input type="hidden" name="come" value="mon thu 18:00-21:00">' in page
    assert "Find programs that fit this week" in page
