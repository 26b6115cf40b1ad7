"""`waypost openings import` and a publish that brings only what programs say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from cli.country import carry, program, run
from waypost.audit.models import Event
from waypost.directory.actions import decide_fact, reject_report, say_timetable
from waypost.directory.models import ProgramClaim
from waypost.directory.program_word import CHANGES
from waypost.directory.queries import program_changes, said_claims
from waypost.directory.timetables import Speaker, known_tracks, shown_openings
from waypost.files.seal import write_seal
from waypost.files.store import unsealed_copy
from waypost.navigation.find_care import find_care
from waypost.navigation.hours import FreeTime, HoursAsked, Shown
from waypost.navigation.hours_fit import HoursCount
from waypost.navigation.need import Need
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import Snapshot
from waypost.values.placed_fault import Faulty
from waypost.values.wall_time import Day, day_in

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 3, 18, tzinfo=UTC)
TRACK = {
    "id": "evening",
    "sessions": [{"days": ["mon", "wed"], "start": "18:00", "end": "21:00"}],
    "zone": "America/Chicago",
}


@pytest.fixture
def data(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A published country of thirty programs; the database is the tests' own."""
    from waypost.serving import process

    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    settings.WAYPOST_DATA_DIR.mkdir()
    for command in ("publish_command", "openings_commands"):
        monkeypatch.setattr(f"waypost.cli.{command}.with_database", lambda: None)
    carry(monkeypatch, tmp_path, y2023=[program(i) for i in range(1, 31)])
    assert run("publish").exit_code == 0
    monkeypatch.setattr(process, "current_snapshot", lambda: snapshot(settings.WAYPOST_DATA_DIR))
    yield settings.WAYPOST_DATA_DIR


def snapshot(data: Path) -> Snapshot:
    return Snapshot(data / FILE_NAME)


def say(site_id: str, field: str, value: object, now: datetime = NOW) -> bool:
    return say_timetable(site_id=site_id, field=field, value=value, speaker=Speaker.SOFTWARE,
                         organization="org_x", by="token:1", now=now)  # fmt: skip


def said_now(site_id: str, today: date) -> list[Any]:
    """What a program says on this day; the history of its words is a claim of its own."""
    return [c for c in said_claims(today).get(site_id, []) if c.field != CHANGES]


def csv_file(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "said.csv"
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


def test_a_file_of_tracks_goes_out_with_a_publish_of_claims_alone(
    data: Path, tmp_path: Path
) -> None:
    first, second, *_ = snapshot(data).current_ids()
    tracks = csv_file(
        tmp_path,
        "site_id,id,sessions,zone,hours_a_week,attendance",
        f"{first},evening,mon wed thu 18:00-21:00,America/Chicago,9,in-person",
        f"{first},day,mon tue 9:00-12:00,America/Chicago,,",
        f"{second},weekend,sat 9:00-12:00,America/Chicago,,telehealth",
    )
    assert "2 of 2 programs changed" in run("openings", "import", tracks, "--by", "Ana").output
    assert "0 of 2 programs changed" in run("openings", "import", tracks, "--by", "Ana").output
    today = day_in(snapshot(data).site(first).timezone, timezone.now())
    places = csv_file(tmp_path, "site_id,track,places,as_of", f"{first},evening,2,{today}")
    assert "1 of 1 programs changed" in run("openings", "import", places, "--by", "Ana").output
    before = snapshot(data)
    assert before.site(first).tracks == ()
    output = run("publish", "--only-claims").output
    assert "2 programs changed. Published as" in output and "MB of memory" in output
    now = snapshot(data)
    site = now.site(first)
    assert [t.id for t in site.tracks] == ["day", "evening"] and site.openings[0].places == 2
    assert site.facts["tracks"].method == Speaker.OPERATOR
    assert site.facts["tracks"].until == today + timedelta(days=180)
    chosen = [(c.field, c.source, c.chosen) for c in now.claims(first) if c.source == "program"]
    said = [("openings", "program", True), (CHANGES, "program", True), ("tracks", "program", True)]
    assert sorted(chosen) == sorted(said)
    assert now.version != before.version and now.manifest.built_at > before.manifest.built_at
    counts = find_care(now, Need("TX", choices=()), NOW).counts
    assert {k: counts[f"time:{k}"] for k in ("day", "evenings", "weekends")} == {
        k: sum(f"time:{k}" in names for names in _columns(now)) for k in ("day", "evenings", "weekends")
    }  # fmt: skip
    assert sum(counts[f"time:{k}"] for k in ("day", "evenings", "weekends")) <= 3


def _columns(now: Snapshot) -> list[frozenset[str]]:
    from waypost.directory.facets import columns_for

    return [columns_for(s.codes) for s in now.sites(range(now.index.size)) if s.state == "TX"]


DECISIONS = (
    ("phone", "512-555-0177"), ("phone", "512-476-0009"), ("name", "Harbor of Recovery"), ("website", "harbor.example"),
    ("npi", "1234567893"), ("tax_id", "12-3456789"),
)  # fmt: skip


def decide(ids: list[str], now: datetime) -> list[int]:
    """A decision of every kind, each of a listing of its own, and two kinds of one listing."""
    places = (*zip(ids[10:], DECISIONS, strict=False), (ids[10], ("name", "Second Harbor")))
    return [
        decide_fact(site_id=i, kind=kind, value=value, reason="called", by="person:1", now=now)
        for i, (kind, value) in places
    ]


def test_the_short_publish_gives_the_same_snapshot_as_the_long_one(data: Path) -> None:
    ids, now = snapshot(data).current_ids(), timezone.now()
    for site_id in ids[:5]:
        say(site_id, "tracks", [TRACK], now)
    _first, _second, name, website, *_rest = decide(ids, now)
    run("publish", "--only-claims")
    decided = snapshot(data)
    assert decided.site(ids[10]).phones[0].e164 == "+15125550177"
    assert decided.site(ids[10]).name == "Second Harbor"
    assert decided.site(ids[13]).website == "https://harbor.example"
    assert [row for row, _ in decided.names.find("Harbor of Recovery", 1)] == [
        decided.row_of(ids[12])
    ]
    assert decided.claimed("npi") == {ids[14]: ["1234567893"]}
    for number in (name, website):  # taken back: what the list says is shown again
        reject_report(number=number, by="person:1", now=now, reason="a mistake")
    for site_id in ids[:2]:
        say(site_id, "tracks", [], now)  # taken back
    say(ids[7], "openings", [{"places": 1}], now)
    run("publish", "--only-claims")
    short = snapshot(data)
    assert (short.site(ids[12]).name, short.site(ids[13]).website) != ("Harbor of Recovery", "https://harbor.example")  # fmt: skip
    assert run("publish").exit_code == 0
    whole = snapshot(data)
    for word, array in whole.names.to_arrays().items():
        assert (short.names.to_arrays()[word] == array).all(), word
    assert short.version == whole.version
    assert short.manifest.counts == whole.manifest.counts
    for site_id in ids:
        assert short.site(site_id) == whole.site(site_id)
        assert short.claims(site_id) == whole.claims(site_id)
    for name, array in whole.offers.to_arrays().items():
        assert (short.offers.to_arrays()[name] == array).all(), name
    assert (short.index.blocks == whole.index.blocks).all()
    hours = HoursAsked((FreeTime(Day.MON, 1080, 1260), FreeTime(Day.WED, 1020, 1300)))
    answers = [find_care(s, Need("TX", hours=hours), now) for s in (short, whole)]
    assert answers[0].hours == answers[1].hours
    assert answers[0].hours and answers[0].hours.fit > 0


def test_a_faulty_file_says_every_line_and_takes_nothing(data: Path, tmp_path: Path) -> None:
    first = snapshot(data).current_ids()[0]
    path = csv_file(
        tmp_path,
        "site_id,id,sessions,zone,for_whom",
        f"{first},evening,mon 18:00-21:00,America/Chicago,group:women",
        f"{first},late,mon 6pm,Central,",
    )
    result = run("openings", "import", path)
    assert result.exit_code == 2 and "line 3, zone: “Central” is not a time zone" in result.stderr
    assert "line 3, sessions[0].start: “mon 6pm” is not a time of day" in result.stderr
    unknown = csv_file(tmp_path, "site_id,places", "site_none,2")
    assert "no program with the id 'site_none'" in run("openings", "import", unknown).stderr
    wrong = csv_file(tmp_path, "site_id,track,places", f"{first},nobodys,2")
    assert "no track called “nobodys”" in run("openings", "import", wrong).stderr
    assert not ProgramClaim.objects.exists()


def test_a_word_is_one_row_and_one_event_and_the_same_again_is_none(data: Path) -> None:
    assert say("site_1", "tracks", [TRACK]) and not say("site_1", "tracks", [TRACK])
    assert say("site_1", "tracks", [TRACK], NOW + timedelta(days=30))  # still right
    assert not say("site_2", "tracks", [])  # there is nothing to take back
    acts = list(Event.objects.order_by("id").values_list("act", "record", "actor"))
    assert acts == [
        ("tracks said", "site:site_1", "token:1"),
        ("tracks confirmed", "site:site_1", "token:1"),
    ]
    rows = list(ProgramClaim.objects.values_list("ended_at", "until"))
    assert rows == [(NOW + timedelta(days=30), date(2027, 6, 1)), (None, date(2027, 7, 1))]
    claim, = said_now("site_1", NOW.date())  # fmt: skip
    assert (claim.as_of, claim.method) == (date(2027, 1, 2), "said by the program's own software")
    assert said_now("site_1", date(2027, 7, 1)) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("tracks", [TRACK | {"for_whom": ["group:martians"]}]), ("tracks", "x"), ("openings", [{"places": 1, "track": "no"}])],
)  # fmt: skip
def test_a_word_that_cannot_be_taken_leaves_the_last_one_standing(
    field: str, value: object
) -> None:
    say("site_1", "tracks", [TRACK])
    with pytest.raises(Faulty):
        say("site_1", field, value)
    assert [c.value[0]["id"] for c in said_now("site_1", NOW.date())] == ["evening"]


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [("Pacific/Honolulu", "2026-12-04T05:00", "2026-12-03"), ("America/Chicago", "2026-12-04T05:59", "2026-12-03"),
     ("America/Chicago", "2026-12-04T06:00", "2026-12-04"), ("Pacific/Guam", "2026-12-03T14:00", "2026-12-04")],
)  # fmt: skip
def test_a_word_has_its_day_by_the_clock_of_its_program(zone: str, at: str, day: str) -> None:
    """An evening in Hawaii is no tomorrow, and a morning on Guam is no day to come."""
    now = datetime.fromisoformat(at).replace(tzinfo=UTC)
    said = {"speaker": Speaker.SOFTWARE, "organization": "org_x", "by": "token:1", "zone": zone}
    say_timetable(site_id="s", field="openings", value=[{"places": 1}], now=now, **said)
    assert said_day("s") == (day, day)
    assert not say_timetable(
        site_id="s", field="openings", value=[{"places": 1, "as_of": day}], now=now, **said
    )
    assert [entry[0] for entry in program_changes("s")["s"]] == [day]
    tomorrow = (date.fromisoformat(day) + timedelta(days=1)).isoformat()
    with pytest.raises(Faulty, match="in the future"):
        say_timetable(
            site_id="s", field="openings", value=[{"places": 1, "as_of": tomorrow}], now=now, **said
        )


def said_day(site_id: str) -> tuple[str, str]:
    """The day that a word on places speaks of, and the day of the claim."""
    (claim,) = said_now(site_id, date(2026, 12, 2))
    return claim.value[0]["as_of"], claim.as_of.isoformat()


def test_an_opening_fades_from_the_site_and_a_track_that_nobody_confirmed_is_not_known(
    data: Path,
) -> None:
    site_id, now = snapshot(data).current_ids()[0], timezone.now()
    say(site_id, "tracks", [TRACK], now)
    say(site_id, "openings", [{"places": 2}], now)
    run("publish", "--only-claims")
    read = snapshot(data)
    site = read.site(site_id)
    shown = [
        [age.value for _, age in shown_openings(site, now.date() + timedelta(days=n))]
        for n in (0, 7, 8, 14, 15)
    ]
    assert shown == [["current"], ["current"], ["past"], ["past"], []]
    assert [len(known_tracks(site, now.date() + timedelta(days=n))) for n in (179, 180)] == [1, 0]
    place = f"{site.point.lat},{site.point.lon}"
    need = Need(place, 1.0, choices=(), hours=HoursAsked(opening=True, shown=Shown.FIT))
    later = [find_care(read, need, now + timedelta(days=n)) for n in (0, 9)]
    assert [(a.hours.fit, a.total) for a in later if a.hours] == [(1, 1), (0, 0)]


def test_a_snapshot_of_an_older_waypost_is_read_without_hours(data: Path) -> None:
    """As the first format was: no end of a claim, one time of day, no offers."""
    older = data / "older.sqlite3"
    unsealed_copy(data / FILE_NAME, older)
    connection = sqlite3.connect(older)
    connection.execute("ALTER TABLE claim DROP COLUMN until")
    connection.execute("DELETE FROM array WHERE name LIKE 'offer_%'")
    manifest = json.loads(connection.execute("SELECT value FROM manifest").fetchone()[0])
    connection.execute("UPDATE manifest SET value = ?", (json.dumps(manifest | {"format": 1}),))
    _without_columns(connection, {"time:day", "time:weekends"})
    connection.commit()
    connection.execute("VACUUM")
    connection.close()
    write_seal(older)
    older.replace(data / FILE_NAME)
    old = snapshot(data)
    site_id = old.current_ids()[0]
    assert old.claims(site_id) and old.claims(site_id)[0].until is None
    hours = HoursAsked((FreeTime(Day.MON, 1080, 1260),))
    answer = find_care(old, Need("TX", hours=hours), NOW)
    assert answer.hours == HoursCount(0, 0, answer.total) and answer.total > 0
    assert answer.counts["time:weekends"] == 0 and answer.counts["payment:medicaid"] == answer.total
    result = run("publish", "--only-claims")
    assert result.exit_code == 4 and "made by an older Waypost" in result.stderr


def _without_columns(connection: sqlite3.Connection, gone: set[str]) -> None:
    import numpy as np

    rows = connection.execute(
        "SELECT name, dtype, shape, data FROM array WHERE name IN ('blocks', 'columns', 'groups')"
    )
    arrays = {n: np.frombuffer(d, dtype=np.dtype(t)).reshape(json.loads(s)) for n, t, s, d in rows}
    kept = [i for i, name in enumerate(arrays["columns"].tolist()) if name not in gone]
    for name, array in arrays.items():
        cut = np.ascontiguousarray(array[:, kept] if name == "blocks" else array[kept])
        connection.execute("UPDATE array SET shape = ?, data = ? WHERE name = ?",
                           (json.dumps(cut.shape), cut.tobytes(), name))  # fmt: skip
