"""Honest dates: a version and a date change when a fact changed, and not when it was exported."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from fhir_standards import examples
from waypost.publishing.build import put_in_place, write_snapshot
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.reader import Snapshot

EXAMPLES = tuple(examples())
FIRST = datetime(2026, 11, 24, 8, tzinfo=UTC)
LATER = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


@pytest.fixture
def publish(fhir_folder: Path, tmp_path: Path, settings):
    """Publish five sites and the examples, as changed, at a time; what the face then says."""
    whole = Snapshot(fhir_folder / FILE_NAME)
    settings.WAYPOST_DATA_DIR = tmp_path

    def published(at: datetime, change=lambda sites: sites, resources=EXAMPLES) -> dict[str, Any]:
        sites = change([site for _, site in whole.walk()][:5])
        manifest = replace(whole.manifest, built_at=at, counts={"current_sites": len(sites)})
        path, _ = write_snapshot(tmp_path, sites, {}, manifest, resources=resources)
        put_in_place(path, tmp_path)
        said = {}
        for kind in (
            "Organization",
            "Location",
            "HealthcareService",
            "Provenance",
            "InsurancePlan",
        ):
            bundle = Client().get(f"/fhir/{kind}?_count=200").json()
            said |= {
                f"{kind}/{e['resource']['id']}": e["resource"]["meta"] for e in bundle["entry"]
            }
        return said

    return published


def test_the_same_data_again_has_the_same_dates_and_versions(publish) -> None:
    first = publish(FIRST)
    assert publish(LATER) == first
    ours = [
        m
        for name, m in first.items()
        if "-" in name or ("/" in name and name.rpartition("/")[2].islower())
    ]
    assert {m["lastUpdated"] for m in ours} == {"2026-11-24T08:00:00Z"}


def test_only_what_changed_has_a_new_date(publish) -> None:
    first = publish(FIRST)
    second = publish(
        LATER, lambda sites: [replace(sites[0], website="https://a.example"), *sites[1:]]
    )
    changed = {name for name in first if second[name] != first[name]}
    one = min(n.rpartition("/")[2] for n in changed if n.startswith("Organization/"))
    assert {name.rpartition("/")[2].partition("-")[0] for name in changed} == {one}
    assert {second[n]["lastUpdated"] for n in changed} == {"2026-11-27T09:30:00Z"}
    assert {f"Organization/{one}", f"Location/{one}"} <= changed
    found = Client().get("/fhir/Organization?_lastUpdated=gt2026-11-25").json()
    assert [e["resource"]["id"] for e in found["entry"]] == [one]


def test_a_file_exported_anew_has_no_new_date(publish) -> None:
    """Exports stamp everything: a stamp alone is no change."""
    first = publish(FIRST)
    stamped = [{**r, "meta": {**r["meta"], "lastUpdated": LATER.isoformat()}} for r in examples()]
    assert publish(LATER, resources=stamped) == first
    stamped[[r["id"] for r in stamped].index("AcmeQHPGold")]["name"] = "Acme Gold"
    third = publish(LATER, resources=stamped)
    assert {n for n in first if third[n] != first[n]} == {"InsurancePlan/AcmeQHPGold"}
    assert third["InsurancePlan/AcmeQHPGold"]["lastUpdated"] == LATER.isoformat()


def test_a_resource_that_says_no_date_is_of_the_first_publish(publish) -> None:
    plain = [{k: v for k, v in r.items() if k != "meta"} for r in examples()]
    first = publish(FIRST, resources=plain)
    assert first["InsurancePlan/AcmeQHPGold"]["lastUpdated"] == FIRST.isoformat()
    assert publish(LATER, resources=plain) == first


def test_no_file_takes_the_place_of_a_site(publish, fhir_folder: Path) -> None:
    site = next(s for _, s in Snapshot(fhir_folder / FILE_NAME).walk())
    one = site.id.removeprefix("site_")
    forged = {"resourceType": "Organization", "id": one, "active": True, "name": "Another"}
    publish(FIRST, resources=[*examples(), forged])
    assert Client().get(f"/fhir/Organization/{one}").json()["name"] == site.name
    bundle = Client().get(f"/fhir/Organization?_id={one}").json()
    assert [e["resource"]["name"] for e in bundle["entry"]] == [site.name]
    assert json.dumps(bundle).count("Another") == 0
