"""Hours and places on a HealthcareService: base R4, its profile, and gone when they lapse."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import fhirkit
import orjson
import pytest
from django.test import Client
from django.utils import timezone
from fhirclient.models.healthcareservice import HealthcareService as StrictService

import spoken
from fhir_profiles import faults
from hsds_shapes import published
from spoken import NOW, OPENINGS, TODAY, TRACKS, opening
from waypost.api.fhir.resources.kinds import KINDS, resource
from waypost.api.fhir.resources.listing import Listing
from waypost.directory.site import Site
from waypost.values.track import Track
from waypost.values.wall_time import Day

Json = dict[str, Any]
PLAN_NET = "http://hl7.org/fhir/us/davinci-pdex-plan-net"
NEW_PATIENTS = f"{PLAN_NET}/StructureDefinition/newpatients"
OPENING = "urn:waypost:structure-definition:opening"
BUILT = int(NOW.timestamp())


def made(kind: str, site: Site, key: str, today: date = TODAY) -> Json:
    listing = Listing(site, BUILT, today=today)
    found: Json = orjson.loads(orjson.dumps(resource(KINDS[kind], listing, key)))
    return found


def service(site: Site, key: str = "iop", today: date = TODAY) -> Json:
    return made("HealthcareService", site, key, today)


def extensions(one: Json, url: str) -> list[dict[str, Any]]:
    """The parts of each extension of this address, by their names."""
    return [
        {
            part["url"]: next(v for k, v in part.items() if k != "url")
            for part in extension["extension"]
        }
        for extension in one.get("extension", [])
        if extension["url"] == url
    ]


@pytest.mark.parametrize("tracks", [(one,) for one in TRACKS] + [TRACKS], ids=lambda t: str(len(t)))
def test_tracks_of_every_kind_keep_to_base_r4_and_the_profile(tracks: tuple[Track, ...]) -> None:
    for openings in (OPENINGS, (opening(0, places=0),), (opening(8, places=1),), ()):
        site = spoken.spoken(tracks, openings)
        for key in ("iop", "php", "outpatient", "residential"):
            one = service(site, key)
            for time in one.get("availableTime", ()):  # which the checker of R4 does not look into
                assert set(time["daysOfWeek"]) <= {day.value for day in Day}
                for at in ("availableStartTime", "availableEndTime"):
                    assert "allDay" in time or re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d:00", time[at])
            assert fhirkit.validate(json.dumps(one)) == []
            assert faults(one) == []
        provenance = made("Provenance", site, "program")
        assert fhirkit.validate(json.dumps(provenance)) == []


def test_the_checkers_find_what_is_planted_in_hours_and_places() -> None:
    one = service(spoken.spoken())
    off = service(spoken.spoken((spoken.LATER,), ()))
    assert one["availableTime"]
    one["notAvailable"] = off["notAvailable"]
    for plant in (
        lambda r: r["availableTime"][0].update(daysOfWeek="mon"),
        lambda r: r["availableTime"][0].update(opens="25:00:00"),
        lambda r: r["notAvailable"][0].pop("description"),
        lambda r: r["notAvailable"][0]["during"].update(start="soon"),
    ):
        broken = json.loads(json.dumps(one))
        plant(broken)
        assert fhirkit.validate(json.dumps(broken))
    for url in (NEW_PATIENTS,):
        broken = json.loads(json.dumps(one))
        (found,) = (e for e in broken["extension"] if e["url"] == url)
        found["extension"][0]["valueCodeableConcept"]["coding"][0]["code"] = "perhaps"
        assert faults(broken)
        found["extension"].pop(0)
        assert faults(broken)


def test_a_program_that_said_nothing_has_no_element_of_it() -> None:
    for one in (service(spoken.SILENT), service(spoken.spoken(), "residential")):
        assert not {"availableTime", "notAvailable", "availabilityExceptions", "extraDetails"} & one.keys()  # fmt: skip
        assert not extensions(one, NEW_PATIENTS) and not extensions(one, OPENING)
    assert "availableTime" not in service(spoken.spoken(), today=spoken.UNTIL)


def test_times_are_on_the_wall_with_their_zone_and_their_track() -> None:
    (time,) = service(spoken.spoken((spoken.EVENING,), ()))["availableTime"]
    (parts,) = extensions(time, "urn:waypost:structure-definition:track-hours")
    assert parts == {
        "track": "evening",
        "zone": "America/New_York",
        "endsNextDay": False,
        "period": {"start": "2026-11-20", "end": "2027-05-18"},
        "attendance": "in-person",
    }
    assert {k: v for k, v in time.items() if k != "extension"} == {
        "daysOfWeek": ["mon", "wed", "thu"],
        "availableStartTime": "18:00:00",
        "availableEndTime": "21:00:00",
    }


def test_midnight_all_day_and_several_tracks() -> None:
    times = {
        (extensions(t, "urn:waypost:structure-definition:track-hours")[0]["track"], t["daysOfWeek"][0]): t
        for key in ("iop", "php")
        for t in service(spoken.spoken(), key)["availableTime"]
    }  # fmt: skip
    night = times["night", "fri"]
    assert (night["availableStartTime"], night["availableEndTime"]) == ("22:00:00", "02:00:00")
    assert extensions(night, "urn:waypost:structure-definition:track-hours")[0]["endsNextDay"]
    assert times["night", "tue"]["availableEndTime"] == "00:00:00"
    whole = times["round", "sun"]
    assert whole["allDay"] is True and "availableStartTime" not in whole
    assert {track for track, _ in times} == {track.id for track in TRACKS} - {"spring"}


def test_a_public_client_reads_them_into_its_strict_model() -> None:
    one = StrictService(service(spoken.spoken()))
    assert {day for time in one.availableTime for day in time.daysOfWeek} == {d.value for d in Day}
    evening = one.availableTime[0]
    assert evening.availableStartTime.isostring == "18:00:00"
    off = StrictService(service(spoken.spoken((spoken.LATER,), ()))).notAvailable[0]
    assert off.during.as_json()["end"] == "2027-04-13"


def test_a_track_that_starts_later_is_in_words_until_its_day() -> None:
    site = spoken.spoken((spoken.LATER,), ())
    before, after = service(site), service(site, today=date(2027, 4, 5))
    assert "availableTime" not in before and "starts on 2027-04-05" in before["extraDetails"]
    assert after["availableTime"][0]["daysOfWeek"] == ["mon"]
    assert '"start": "2027-04-05"' in json.dumps(after["availableTime"])
    assert "since 2027-04-05" in after["extraDetails"]


def test_what_a_track_says_beside_its_times() -> None:
    one = service(spoken.spoken())
    assert one.get("notAvailable") is None  # another track meets on those days
    alone = service(spoken.spoken((spoken.LATER,), ()))
    assert alone["notAvailable"] == [
        {"description": "No track meets.", "during": {"start": "2027-04-12", "end": "2027-04-13"}},
        {"description": "No track meets.", "during": {"start": "2027-05-31", "end": "2027-05-31"}},
    ]
    assert "spring" in one["availabilityExceptions"]
    assert "whole site" in one["extraDetails"] and "for women" in one["extraDetails"]
    codes = [c["coding"][0]["code"] for c in one["communication"]]
    assert codes.count("es") == 1
    methods = [e["extension"][0]["valueCodeableConcept"]["coding"][0]["code"]
               for e in one["extension"] if e["url"].endswith("delivery-method")]  # fmt: skip
    assert methods == ["physical", "virtual"]


@pytest.mark.parametrize(
    ("days", "code", "words"),
    [(0, "newpt", "open, 3"), (7, "newpt", "open, 3"), (8, None, "was open, 3"), (14, None, "was open, 3"),
     (15, None, None)],
)  # fmt: skip
def test_a_place_fades_within_two_weeks(days: int, code: str | None, words: str | None) -> None:
    one = service(spoken.spoken((), (opening(0, places=3),)), today=TODAY + timedelta(days=days))
    accepted = extensions(one, NEW_PATIENTS)
    assert [a["acceptingPatients"]["coding"][0]["code"] for a in accepted] == [code] * bool(code)
    held = extensions(one, OPENING)
    assert held == [
        {"period": {"start": "2026-11-24", "end": "2026-12-01"}, "places": 3}
    ] * bool(code)  # fmt: skip
    assert (words or "") in one.get("extraDetails", "")
    assert ("extraDetails" in one) == bool(words)


def test_nobody_is_turned_away_by_a_guess() -> None:
    """Full with a wait or a next start is neither a yes nor a no."""
    full = service(spoken.spoken((), (opening(0, places=0),)))
    assert extensions(full, NEW_PATIENTS)[0]["acceptingPatients"]["coding"][0]["code"] == "nopt"
    assert "characteristics" not in extensions(full, NEW_PATIENTS)[0]
    waits = service(spoken.spoken((), (opening(0, places=0, waiting_days=4),)))
    assert extensions(waits, NEW_PATIENTS) == []
    assert extensions(waits, OPENING)[0]["waitingDays"] == 4


# the door


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("spoken")
    published(folder, [spoken.spoken(), spoken.spoken((), (), id="site_2")], at=NOW)
    return folder


@pytest.fixture
def now(folder: Path, settings, monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    settings.WAYPOST_DATA_DIR = folder

    def at(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    at(NOW)
    return at


def get(address: str, **headers: str) -> Any:
    return Client().get(f"/fhir/{address}", headers=headers or None)


def test_every_way_to_a_service_gives_the_same(now) -> None:
    one = get("HealthcareService/1-iop").json()
    assert one["availableTime"]
    (entry,) = get("HealthcareService?_id=1-iop").json()["entry"]
    assert entry["resource"] == one
    lines = b"".join(get("bulk/HealthcareService.ndjson").streaming_content).splitlines()
    assert one in map(json.loads, lines)
    assert get(f"HealthcareService/1-iop/_history/{one['meta']['versionId']}").json() == one
    part = get("HealthcareService?_id=1-iop&_elements=availableTime").json()["entry"][0]["resource"]
    assert part["availableTime"] == one["availableTime"]


def test_a_lapse_is_a_change_with_its_own_version_and_date(now) -> None:
    before = get("HealthcareService/1-iop")
    meta = before.json()["meta"]
    kept = {"If-None-Match": before.headers["ETag"]}
    assert get("HealthcareService/1-iop", **kept).status_code == 304
    searched = get("HealthcareService?_lastUpdated=gt2026-11-25")
    assert searched.json()["total"] == 0
    assert get("HealthcareService?_sort=-_lastUpdated").status_code == 200
    now(NOW + timedelta(days=9))
    after = get("HealthcareService/1-iop", **kept)
    assert after.status_code == 200
    assert after.json()["meta"]["lastUpdated"] == "2026-12-02T05:00:00Z"
    assert after.json()["meta"]["versionId"] != meta["versionId"]
    assert extensions(after.json(), NEW_PATIENTS) == []
    assert get(f"HealthcareService/1-iop/_history/{meta['versionId']}").status_code == 404
    again = get("HealthcareService?_lastUpdated=gt2026-11-25",
                **{"If-None-Match": searched.headers["ETag"]})  # fmt: skip
    assert again.status_code == 200
    ids = [e["resource"]["id"] for e in again.json()["entry"]]
    assert ids and all(one.startswith("1-") for one in ids)
    first = get("HealthcareService?_sort=-_lastUpdated&_count=1").json()["entry"][0]["resource"]
    assert first["id"] in ids
    assert get("Provenance?recorded=gt2026-11-25").json()["total"] == 2
    manifest = get("$bulk-publish").json()
    assert manifest["transactionTime"] >= "2026-12-02"


def test_the_source_is_the_programs_word_with_its_day(now) -> None:
    found = get("HealthcareService?_id=1-iop&_revinclude=Provenance:target").json()["entry"]
    by_id = {e["resource"]["id"]: e["resource"] for e in found}
    said = by_id["1-program"]
    assert said["occurredDateTime"] == TODAY.isoformat()
    assert said["activity"]["text"] == spoken.HOW
    assert said["agent"][0]["who"]["reference"] == "Organization/1"
    assert said["entity"][0]["what"]["display"] == "The program itself"
    paths = {
        t["reference"]: {e["valueString"] for e in t.get("extension", [])} for t in said["target"]
    }
    both = {"HealthcareService.availableTime", "HealthcareService.extension"}
    assert paths["HealthcareService/1-iop"] == both
    assert not any("residential" in reference for reference in paths)
    assert get("Provenance?_id=2-program").json()["total"] == 0
    now(NOW + timedelta(days=400))
    lapsed = get("Provenance/1-program").json()
    assert all("extension" not in t for t in lapsed["target"])
    assert fhirkit.validate(json.dumps(lapsed)) == []


def test_a_word_that_no_resource_shows_has_no_provenance(tmp_path: Path, settings) -> None:
    from waypost.directory.site import FactSource

    silent = spoken.spoken((), ())
    facts = {**silent.facts, "says:plans": FactSource("program", TODAY, spoken.HOW)}
    settings.WAYPOST_DATA_DIR = tmp_path
    published(tmp_path, [spoken.spoken((), (), facts=facts, said={"says:plans": ("A",)})], at=NOW)
    assert get("Provenance?_id=1-program").json()["total"] == 0
    assert get("Provenance/1-program").status_code == 404


def test_our_extensions_are_defined_at_their_address(now) -> None:
    for name in ("track-hours", "opening"):
        one = get(f"StructureDefinition/{name}").json()
        assert one["url"] == f"urn:waypost:structure-definition:{name}"
        assert fhirkit.validate(json.dumps(one)) == []
    slices = {e["sliceName"] for e in one["differential"]["element"] if "sliceName" in e}
    used = {k for o in extensions(service(spoken.spoken()), OPENING) for k in o}
    assert used <= slices
