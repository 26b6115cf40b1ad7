"""What HSDS says of a site: records in the official shapes, facts with their source and day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid5

import orjson
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from hsds_shapes import BUILT, faults, published, records, some_sites
from waypost.directory.site import Claim, FactSource, PhoneKind, Site, SitePhone, Survey
from waypost.editions.hsds.ids import NAMESPACE, uuid_of
from waypost.editions.hsds.levels import GENERAL, LEVELS, services_of
from waypost.editions.hsds.nested import SiteInHsds
from waypost.editions.hsds.sites import Sites
from waypost.publishing.reader import Snapshot
from waypost.serving.process import current_snapshot

KNOWN = "86bd768d-b89a-53b9-a057-adc69266176a"
"""An id that an installation gave out: it must never change."""

NOW = int(datetime(2026, 11, 24, 8, tzinfo=UTC).timestamp())
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def sites() -> list[Site]:
    return some_sites(current_snapshot())


def shown(site: Site, claimed: tuple[tuple[str, str], ...] = ()) -> SiteInHsds:
    return SiteInHsds(site, NOW, lambda source: f"Title of {source}", TODAY, claimed)


def whole(site: Site, claimed: tuple[tuple[str, str], ...] = ()) -> dict:
    """The organization with everything below it."""
    found: dict = orjson.loads(orjson.dumps(shown(site, claimed).organization(full_service=True)))
    return found


def all_faults(site: SiteInHsds) -> list[str]:
    return [
        f"{site.site.id} {shape}: {fault}"
        for shape, record in records(site)
        for fault in faults(shape, orjson.loads(orjson.dumps(record)))
    ]


def test_each_kind_of_site_has_the_official_shapes(sites: list[Site]) -> None:
    assert [fault for site in sites for fault in all_faults(shown(site))] == []


def test_a_shape_finds_a_fault(sites: list[Site]) -> None:
    service = orjson.loads(orjson.dumps(shown(sites[0]).service(services_of(sites[0].codes)[0])))
    for broken in (
        {"status": "open"}, {"id": "site_x"}, {"last_modified": "yesterday"}, {"url": "no address"},
        {"minimum_age": "18"}, {"organization": {"id": service["organization"]["id"]}},
    ):  # fmt: skip
        assert faults("compiled/service.json", service | broken)
    del service["name"]
    assert faults("compiled/service.json", service)


def test_every_twentieth_record_of_the_directory_has_the_official_shape() -> None:
    """`make standards` looks at every one."""
    looked_at = [
        site for n, site in enumerate(Sites(current_snapshot(), BUILT).current()) if n % 20 == 7
    ]
    assert [fault for site in looked_at for fault in all_faults(site)] == []
    assert sum(len(site.levels) for site in looked_at) > 1_900


@given(st.text(max_size=40))
def test_an_id_is_the_uuid_of_its_name(name: str) -> None:
    assert uuid_of(name) == str(uuid5(NAMESPACE, name))


def test_ids_are_told_apart_and_the_same_everywhere(sites: list[Site]) -> None:
    seen: list[str] = []

    def collect(value: object) -> None:
        if isinstance(value, list):
            for one in value:
                collect(one)
        elif isinstance(value, dict):
            # a term and a location stand in several places: they are one
            if "id" in value and "code" not in value:
                seen.append(value["id"])
            for one in value.values():
                collect(one)

    for site in sites:
        seen.clear()
        service = shown(site).service(shown(site).levels[0])
        collect(orjson.loads(orjson.dumps(service)))
        assert len(seen) == len(set(seen))
    assert uuid_of("organization/site_x") == KNOWN


def test_a_service_for_each_level_of_care(sites: list[Site]) -> None:
    for site in sites:
        names = [s["name"] for s in whole(site)["services"]]
        offered = [level.label for level in LEVELS if level.codes & site.codes]
        assert names == (offered or [GENERAL.label])


def test_every_service_says_where_each_of_its_facts_is_from(sites: list[Site]) -> None:
    for site in sites:
        fact = site.facts.get("services") or site.facts["services:MH"]
        for service in whole(site)["services"]:
            assert service["assured_date"] == fact.as_of.isoformat()
            stated = {m["field_name"]: m for m in service["metadata"]}
            said = stated["attributes"]
            assert said["updated_by"] == f"Title of {fact.source} ({fact.method})"
            assert said["last_action_date"] == fact.as_of.isoformat()
            assert {"phones"} <= stated.keys() or not site.phones
            places = service["service_at_locations"][0]["location"]["metadata"]
            assert {"addresses", "attributes"} <= {m["field_name"] for m in places}
            assert all(m["resource_id"] == service["id"] for m in service["metadata"])
            assert all(m["previous_value"] and m["replacement_value"] for m in places)


def test_a_check_after_the_survey_is_the_day_assured(sites: list[Site]) -> None:
    site = next(s for s in sites if "OIT" in s.codes)
    day = date(2026, 10, 3)
    checked = FactSource("visitor-report", day, "reported and confirmed")
    for facts, expected in (
        (site.facts | {"services": checked}, day),
        (site.facts | {"phones": checked}, site.facts["services"].as_of),
    ):
        services = whole(replace(site, facts=facts))["services"]
        assert services[0]["name"].startswith("Intensive outpatient")
        assert services[0]["assured_date"] == expected.isoformat()


def test_a_level_that_one_survey_alone_asks_about_has_its_day(sites: list[Site]) -> None:
    both = next(s for s in sites if s.surveys == {Survey.SUBSTANCE_USE, Survey.MENTAL_HEALTH})
    older = FactSource("older", date(2021, 3, 31), "as published")
    site = replace(both, codes=frozenset({"OMH", "OIT"}), facts=both.facts | {"services:MH": older})
    by_name = {s["name"]: s["assured_date"] for s in whole(site)["services"]}
    assert by_name["Standard outpatient"] == "2021-03-31"
    assert by_name["Intensive outpatient (IOP)"] == both.facts["services"].as_of.isoformat()


def location_of(site: Site) -> dict:
    found: dict = whole(site)["locations"][0]
    return found


def test_a_withheld_address_is_no_text_and_no_point(sites: list[Site]) -> None:
    site = next(s for s in sites if not s.street)
    location = location_of(site)
    assert location["addresses"][0]["address_1"] == "Address not published"
    assert "latitude" not in location and "longitude" not in location
    assert "not published" in location["description"]
    assert {m["field_name"] for m in location["metadata"]} & {"latitude", "longitude"} == set()
    assert str(site.point.lat) not in json.dumps(whole(site))


def test_an_approximate_point_says_so_and_how(sites: list[Site]) -> None:
    site = next(s for s in sites if s.street and not s.exact)
    assert "approximate (ZIP centroid)" in location_of(site)["description"]
    middle = replace(site.facts["point"], method="middle of the town")
    other = replace(site, facts=site.facts | {"point": middle})
    assert "approximate (middle of the town)" in location_of(other)["description"]
    exact = next(s for s in sites if s.street and s.exact)
    assert "description" not in location_of(exact)
    assert location_of(exact)["latitude"] == exact.point.lat


@pytest.mark.parametrize(
    ("extension", "number", "described"),
    [
        ("12", 12, "Intake"),
        ("012", None, "Intake, extension 012"),
        ("0", None, "Intake, extension 0"),
        ("2x", None, "Intake, extension 2x"),
        ("", None, "Intake"),
        ("٣", None, "Intake, extension ٣"),
    ],
    ids=["plain", "zero before", "zero", "letters", "none", "other digits"],
)
def test_an_extension_is_a_number_or_told_in_words(
    sites: list[Site], extension: str, number: int | None, described: str
) -> None:
    written = f"(512) 555-0100 ext. {extension}" if extension else "(512) 555-0100"
    phone = SitePhone(PhoneKind.INTAKE, "+15125550100", written, extension)
    site = replace(sites[0], phones=(phone,))
    told = whole(site)["services"][0]["phones"][0]
    assert (told.get("extension"), told["description"]) == (number, described)
    assert told["number"] == "(512) 555-0100" and told["type"] == "voice"
    assert all_faults(shown(site)) == []


def test_what_is_not_known_is_left_out(sites: list[Site]) -> None:
    bare = replace(
        sites[0], name2="", street2="", county="", county_fips="", phones=(), website="",
        codes=frozenset({"OIT"}),
    )  # fmt: skip
    organization = whole(bare)
    assert "phones" not in organization and "website" not in organization
    service = organization["services"][0]
    absent = {"fees_description", "eligibility_description", "minimum_age", "languages", "url"}
    assert not absent & service.keys()
    never = {"schedules", "capacities", "service_areas", "contacts", "cost_options", "funding"}
    assert not never & service.keys()
    assert all_faults(shown(bare)) == []

    def empty(value: object) -> bool:
        if isinstance(value, dict):
            return any(v in ("", None, [], {}) or empty(v) for v in value.values())
        return isinstance(value, list) and any(map(empty, value))

    assert not [site.id for site in [bare, *sites] if empty(whole(site))]


@pytest.mark.parametrize(
    ("codes", "age"),
    [
        ({"CHLD", "ADLT"}, None),
        ({"ADLT"}, 18),
        ({"YAD", "SNR"}, 18),
        (set(), None),
    ],
    ids=["children too", "adults", "young and old", "not asked"],
)
def test_only_no_children_bounds_an_age(
    sites: list[Site], codes: set[str], age: int | None
) -> None:
    service = whole(replace(sites[0], codes=frozenset({"OIT", *codes})))["services"][0]
    assert service.get("minimum_age") == age
    assert "maximum_age" not in service


def test_codes_stand_once_where_they_belong(sites: list[Site]) -> None:
    site = replace(
        sites[0], codes=frozenset({"OIT", "OP", "MD", "TELE", "PVTN", "NEW1", "TA", "SP"})
    )
    organization = whole(site)

    def codes(record: dict) -> list[str]:
        return [a["taxonomy_term"]["code"] for a in record.get("attributes", [])]

    services = {s["name"]: s for s in organization["services"]}
    assert codes(services["Intensive outpatient (IOP)"]) == ["iop", "OIT"]
    assert codes(services["Standard outpatient"]) == ["outpatient", "OP"]
    assert sorted(codes(organization["locations"][0])) == ["MD", "SP", "TA", "TELE"]
    assert codes(organization) == ["PVTN"]
    spanish = services["Standard outpatient"]["languages"][0]
    assert (spanish["name"], spanish["code"]) == ("Spanish", "es")
    assert "interpreters" in spanish["note"]
    assert "transportation" in organization["locations"][0]["transportation"]
    assert "Medicaid" in services["Standard outpatient"]["fees_description"]
    assert "private non-profit organization" in organization["description"]


@pytest.mark.parametrize(
    "website",
    ["http://example.org/a b|c", "https://exämple.org/ü", "https://example.org/%20?a=[1]#b"],
    ids=["space", "letters", "brackets"],
)
def test_a_web_address_is_a_valid_one(sites: list[Site], website: str) -> None:
    site = replace(sites[0], website=website)
    assert all_faults(shown(site)) == []
    assert whole(site)["website"].startswith(website[:10])


def test_identifiers_that_are_claimed_are_named(sites: list[Site], tmp_path: Path) -> None:
    site = replace(
        sites[0], facts=sites[0].facts | {"npi": FactSource("visitor-report", date(2026, 1, 2), "reported and confirmed")}
    )  # fmt: skip
    claims = [
        Claim(
            "npi", "1234567893", "visitor-report", date(2026, 1, 2), "reported and confirmed", True
        ),
        Claim(
            "tax_id",
            "12-3456789",
            "visitor-report",
            date(2026, 1, 2),
            "reported and confirmed",
            True,
        ),
    ]
    snapshot = Snapshot(published(tmp_path, [site], {site.id: claims}).path)
    (shown_site,) = Sites(snapshot, BUILT).current()
    organization = orjson.loads(orjson.dumps(shown_site.organization(full_service=False)))
    named = {i["identifier_type"]: i for i in organization["organization_identifiers"]}
    assert named["NPI"]["identifier"] == "1234567893"
    assert (
        named["EIN"]["identifier"] == "12-3456789" and named["EIN"]["identifier_scheme"] == "US-EIN"
    )
    assert named["Waypost site id"]["identifier"] == site.id
    assert "organization_identifiers" in {m["field_name"] for m in organization["metadata"]}
    assert all_faults(shown_site) == []


def test_a_site_that_is_gone_is_inactive_by_its_ids_and_in_no_list(
    sites: list[Site], tmp_path: Path, settings
) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    published(settings.WAYPOST_DATA_DIR, sites)
    gone = [s for s in sites if not s.current]
    assert len(gone) == 3
    listed = Client().get("/hsds/services?minimal=true")
    active = {s["id"] for s in json.loads(b"".join(listed.streaming_content))["contents"]}
    for site in gone:
        organization = whole(site)
        answered = Client().get(f"/hsds/organizations/{organization['id']}").json()
        assert "last in the federal directory of" in answered["description"]
        for service in organization["services"]:
            response = Client().get(f"/hsds/services/{service['id']}")
            assert response.json()["status"] == "inactive"
            assert service["id"] not in active
    assert active
