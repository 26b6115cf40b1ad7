"""What a program said too long ago is gone from every face of its record, on the program's own day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import orjson

from builders import listing
from waypost.api.sites.site_json import summary, whole
from waypost.directory.program_word import FIELDS
from waypost.directory.site import Claim, Site
from waypost.directory.timetables import HOLDS, still_said, with_timetable

SAID = date(2026, 12, 3)
TRACK = {"id": "late", "sessions": [{"days": ["mon"], "start": "18:00", "end": "21:00"}], "zone": "Pacific/Guam"}  # fmt: skip
WORDS = {"tracks": [TRACK], "openings": [{"as_of": "2026-12-01", "places": 2}], "says:plans": ["Aetna"],
         "says:closed": ["2026-12-01"]}  # fmt: skip


def spoken(zone: str = "Pacific/Guam") -> Site:
    """A program on Guam that said something of every kind."""
    claims = {
        name: Claim(name, value, "program", SAID, "said", until=SAID + holds(name))
        for name, value in WORDS.items()
    }
    return with_timetable(replace(listing(), timezone=zone), claims)


def holds(name: str) -> timedelta:
    return HOLDS[name] if name in HOLDS else FIELDS[name].holds


def test_each_word_is_gone_after_its_own_time_with_its_source() -> None:
    def left(days: int) -> set[str]:
        site = still_said(spoken(), SAID + timedelta(days=days))
        parts = {"tracks": site.tracks, "openings": site.openings} | dict(site.said)
        stands = {name for name, value in parts.items() if value}
        assert stands == set(site.facts) & set(WORDS), "a source stands beside what it is of"
        assert ("EVENING-GROUPS" in site.codes) is bool(site.tracks)
        return stands

    assert left(0) == left(12) == set(WORDS)
    assert left(13) == set(WORDS) - {"openings"}, "14 days after the day that they speak of"
    assert left(179) == left(13) and left(180) == {"says:closed"} and left(3650) == set()


def test_one_who_says_nothing_is_left_as_it_is() -> None:
    site = listing()
    assert still_said(site, SAID) is site


def test_the_api_forgets_on_the_day_of_the_program() -> None:
    midnight = datetime(2026, 12, 15, 14, tzinfo=UTC)  # the 16th begins on Guam
    for now, count in ((midnight - timedelta(minutes=1), 1), (midnight, 0)):
        assert len(orjson.loads(orjson.dumps(summary("v", spoken(), now)))["openings"]) == count
    record = whole(still_said(spoken(), SAID + timedelta(days=200)), [])
    assert (record["tracks"], record["openings"]) == ([], [])
    assert record["said"] == {"says:closed": ["2026-12-01"]}
    assert "time:evenings" not in record["offered"]
