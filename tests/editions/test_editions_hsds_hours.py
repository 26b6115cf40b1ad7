"""Schedules and capacity of HSDS: official shapes, right on every day, gone when they lapse."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
import pytest
from django.test import Client
from django.utils import timezone

import spoken
from hsds_shapes import faults, published, records
from hsds_tables import table_faults
from spoken import HOW, NOW, OPENINGS, SAID, TODAY, TRACKS, opening
from waypost.directory.site import Site
from waypost.editions.hsds.making import make_package, package_path
from waypost.editions.hsds.nested import SiteInHsds
from waypost.editions.hsds.package import write_tables
from waypost.editions.hsds.sites import Sites
from waypost.values.track import Track

BUILT = int(NOW.timestamp())
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def shown(site: Site, today: date = TODAY) -> SiteInHsds:
    return SiteInHsds(site, BUILT, lambda source: f"Title of {source}", today)


def service(site: Site, key: str = "iop", today: date = TODAY) -> dict:
    at = shown(site, today)
    (level,) = (level for level in at.levels if level.key == key)
    found: dict = orjson.loads(orjson.dumps(at.service(level)))
    return found


@pytest.mark.parametrize("tracks", [(one,) for one in TRACKS] + [TRACKS], ids=lambda t: str(len(t)))
def test_tracks_of_every_kind_keep_to_the_official_shapes(tracks: tuple[Track, ...]) -> None:
    for openings in (OPENINGS, ()):
        at = shown(spoken.spoken(tracks, openings))
        assert [
            fault
            for shape, record in records(at)
            for fault in faults(shape, orjson.loads(orjson.dumps(record)))
        ] == []


def test_a_program_that_said_nothing_has_neither_nor_an_empty_shell() -> None:
    for key in ("iop", "residential"):
        said = service(spoken.SILENT, key)
        assert not {"schedules", "capacities", "alert"} & said.keys()
        assert "schedules" not in said["service_at_locations"][0]
    beds = service(spoken.spoken(), "residential")
    assert not {"schedules", "capacities", "alert"} & beds.keys()


def test_a_schedule_is_right_on_every_day_that_it_is_valid() -> None:
    """The sessions that the rows give, in UTC, are those of the tracks themselves."""
    tracks = tuple(t for t in TRACKS if t.id not in ("day", "round"))
    rows = service(spoken.spoken(tracks, ()))["schedules"]
    assert len({row["id"] for row in rows}) == len(rows)
    for track in tracks:
        expected = {
            start.replace(tzinfo=UTC)
            for start, _ in track.dates(SAID, spoken.UNTIL - timedelta(days=1))
        }
        own = [row for row in rows if f"“{track.id}”" in row["description"]]
        skipped = {
            datetime(d.year, d.month, d.day, 9, tzinfo=ZoneInfo(track.zone)) for d in track.not_on
        }
        assert {at for row in own for at in occurrences(row)} - skipped == expected - skipped
        assert all(track.zone in row["description"] for row in own)


def occurrences(row: dict) -> list[datetime]:
    """The beginnings that an RRULE of HSDS means, read plainly."""
    assert (row["freq"], row["interval"]) == ("WEEKLY", 1)
    first, last = date.fromisoformat(row["dtstart"]), date.fromisoformat(row["valid_to"])
    assert date.fromisoformat(row["valid_from"]) <= first <= last
    assert DAYS[first.weekday()] in row["byday"].split(",")
    opens = row["opens_at"]
    assert (
        opens[8:] in ("Z", f"{int(row['timezone']):+03d}:00")
        and opens[:5] == row["description"].split(", ")[-1][:5]
    )
    found, day = [], first
    while day <= last:
        if DAYS[day.weekday()] in row["byday"].split(","):
            found.append(datetime.fromisoformat(f"{day}T{opens}").astimezone(UTC))
        day += timedelta(days=1)
    return found


def test_a_row_for_each_season_of_the_clock_and_one_where_there_is_none() -> None:
    evening = service(spoken.spoken((spoken.EVENING,), ()))["schedules"]
    assert [(r["valid_from"], r["valid_to"], r["opens_at"], r["closes_at"]) for r in evening] == [
        ("2026-11-20", "2027-03-13", "18:00:00-05:00", "21:00:00-05:00"),
        ("2027-03-14", "2027-05-18", "18:00:00-04:00", "21:00:00-04:00"),
    ]
    assert {r["byday"] for r in evening} == {"MO,WE,TH"}
    assert [r["timezone"] for r in evening] == [-5, -4]
    phoenix = service(spoken.spoken((spoken.PHOENIX,), ()))["schedules"]
    assert [(r["opens_at"], r["timezone"]) for r in phoenix] == [("09:00:00-07:00", -7)]


def test_ids_stay_when_the_program_says_the_same_again() -> None:
    site = spoken.spoken((spoken.EVENING,), ())
    again = site.facts["tracks"].__class__("program", SAID + timedelta(days=30), HOW, spoken.UNTIL)
    site.facts["tracks"] = again  # type: ignore[index]
    ids = [r["id"] for r in service(spoken.spoken((spoken.EVENING,), ()))["schedules"]]
    assert [r["id"] for r in service(site)["schedules"]] == ids


def test_a_session_over_midnight_keeps_its_day_and_says_so() -> None:
    night, *_ = service(spoken.spoken((spoken.NIGHT,), ()))["schedules"]
    assert (night["byday"], night["opens_at"], night["closes_at"]) == (
        "FR,SA", "22:00:00-05:00", "02:00:00-05:00",
    )  # fmt: skip
    assert "the next day" in night["description"]


def test_how_one_attends_in_which_language_and_when_not_stands_with_the_track() -> None:
    rows = {r["description"].split("”")[0][7:]: r for r in service(spoken.spoken())["schedules"]}
    assert rows["remote"]["attending_type"] == "By telehealth"
    assert "attending_type" not in rows["weekend"]
    assert rows["tarde"]["notes"].startswith("9 hours a week; language es; for women. The program")
    assert rows["spring"]["valid_from"] == rows["spring"]["dtstart"] == "2027-04-05"
    assert "not on 2027-04-12" in rows["spring"]["notes"]
    languages = {row["code"]: row["note"] for row in service(spoken.spoken())["languages"]}
    assert "track" in languages["es"]


def test_where_a_service_is_given_it_has_the_same_schedules() -> None:
    said = service(spoken.spoken())
    (at_location,) = said["service_at_locations"]
    assert at_location["schedules"] == said["schedules"]
    assert {r["service_at_location_id"] for r in said["schedules"]} == {at_location["id"]}
    assert {r["service_id"] for r in said["schedules"]} == {said["id"]}


def test_capacity_is_of_the_last_week_with_its_day() -> None:
    said = service(spoken.spoken())
    (free,) = said["capacities"]
    assert (free["available"], free["updated"]) == (2, "2026-11-24T00:00:00.000Z")
    assert free["unit"]["name"] == "Place" and free["unit_id"] == free["unit"]["id"]
    assert "after 2026-12-01 ask" in free["description"]
    assert "a wait of about 10 days" in said["alert"]
    assert "was open, 4 places" in said["alert"]
    assert "7 places" not in json.dumps(said)


@pytest.mark.parametrize(("days", "counted", "alert"), [(0, 1, "open,"), (7, 1, "open,"),
                         (8, 0, "was open,"), (14, 0, "was open,"), (15, 0, "")])  # fmt: skip
def test_a_place_fades_within_two_weeks(days: int, counted: int, alert: str) -> None:
    said = service(spoken.spoken((), (opening(0, places=3),)), today=TODAY + timedelta(days=days))
    assert len(said.get("capacities", [])) == counted
    assert alert in said.get("alert", "") and ("alert" in said) == bool(alert)


def test_metadata_name_the_program_and_the_day_of_its_word() -> None:
    stated = {m["field_name"]: m for m in service(spoken.spoken())["metadata"]}
    assert stated["schedules"]["updated_by"] == f"Title of program ({HOW})"
    assert stated["schedules"]["last_action_date"] == SAID.isoformat()
    assert stated["capacities"]["last_action_date"] == TODAY.isoformat()
    assert "evening" in stated["schedules"]["replacement_value"]
    assert not {"schedules", "capacities"} & {
        m["field_name"] for m in service(spoken.SILENT)["metadata"]
    }


# tables and doors


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("spoken")
    published(folder, [spoken.spoken(), spoken.spoken((), (), id="site_2")], at=NOW)
    return folder


@pytest.fixture
def now(folder: Path, settings, monkeypatch: pytest.MonkeyPatch):
    settings.WAYPOST_DATA_DIR = folder

    def at(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(NOW)
    return at


def test_the_tables_have_the_same_schedules_and_places(folder: Path, tmp_path: Path) -> None:
    from waypost.publishing.reader import Snapshot

    sites = Sites(Snapshot(folder / "snapshot.sqlite3"), NOW)
    counts = write_tables(tmp_path, sites.current())
    assert list(table_faults(tmp_path)) == []
    spoken_of = service(spoken.spoken())["schedules"]
    with (tmp_path / "schedules.csv").open(newline="") as file:
        written = {row["id"]: row for row in csv.DictReader(file)}
    for row in spoken_of:
        assert {k: str(v) for k, v in row.items()}.items() <= written[row["id"]].items()
    assert counts["service_capacity"] == 2 and counts["unit"] == 1
    later = write_tables(
        tmp_path / "later", Sites(sites.snapshot, NOW + timedelta(days=30)).current()
    )
    assert later["service_capacity"] == later["unit"] == 0 and later["schedule"] > 0
    assert list(table_faults(tmp_path / "later")) == []


def body(address: str) -> bytes:
    response = Client().get(address)
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_every_shape_of_an_answer_says_the_same(now) -> None:
    (iop, *_rest) = json.loads(body("/hsds/services?full=true"))["contents"]
    assert iop["schedules"] and iop["capacities"]
    assert json.loads(body(f"/hsds/services/{iop['id']}")) == iop
    lines = body("/hsds/services?full=true&format=ndjson").splitlines()
    assert json.loads(lines[0]) == iop
    (listed, *_rest) = json.loads(body("/hsds/services"))["contents"]
    assert listed["alert"] == iop["alert"] and "schedules" not in listed
    (at_location, *_rest) = json.loads(body("/hsds/service_at_locations?full=true"))["contents"]
    assert at_location["schedules"] == at_location["service"]["schedules"] == iop["schedules"]
    organization = json.loads(
        body(f"/hsds/organizations/{iop['organization_id']}?full_service=true")
    )
    assert iop in organization["services"]


def test_a_copy_kept_by_its_dates_hears_that_a_place_lapsed(now) -> None:
    before = Client().get("/hsds/services?full=true")
    kept = {"If-None-Match": before.headers["ETag"]}
    assert Client().get("/hsds/services?full=true", headers=kept).status_code == 304
    since = "/hsds/services?modified_after=2026-11-25T00:00:00Z"
    assert json.loads(body(since))["empty"]
    now(NOW + timedelta(days=9))
    after = Client().get("/hsds/services?full=true", headers=kept)
    assert after.status_code == 200
    first = after.json()["contents"][0]
    assert "capacities" not in first and "was open, 2 places" in first["alert"]
    assert first["last_modified"] == "2026-12-02T05:00:00Z"
    changed = json.loads(body(since))["contents"]
    assert first["id"] in [s["id"] for s in changed]
    assert {s["organization_id"] for s in changed} == {first["organization_id"]}
    (minimal, *_rest) = json.loads(body("/hsds/services?minimal=true"))["contents"]
    assert minimal["last_modified"] == first["last_modified"]


def test_a_file_is_not_handed_out_once_it_claims_what_lapsed(
    now, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from waypost.publishing.reader import Snapshot

    snapshot = Snapshot(folder / "snapshot.sqlite3")
    first = make_package(folder, snapshot, NOW)
    assert body("/hsds/datapackage.zip")
    later = NOW + timedelta(days=9)
    now(later)
    begun: list[Path] = []
    monkeypatch.setattr("waypost.api.hsds.package.make_beside", begun.append)
    assert Client().get("/hsds/datapackage.zip").status_code == 503 and begun == [folder]
    again = make_package(folder, snapshot, later)
    assert again == package_path(folder, Sites(snapshot, later)) and not first.exists()
    assert body("/hsds/datapackage.zip")
