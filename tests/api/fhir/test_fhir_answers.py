"""What users of such servers met elsewhere, and what must happen here instead."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from waypost.values.geo import METERS_PER_MILE, Point, miles_between

KM = METERS_PER_MILE / 1000
AUSTIN = Point(30.27, -97.74)
FORM = "application/x-www-form-urlencoded"


def distances(bundle) -> list[float]:
    return [e["search"]["extension"][0]["valueDistance"]["value"] for e in bundle["entry"]]


def links(bundle) -> dict[str, str]:
    return {link["relation"]: link["url"] for link in bundle["link"]}


def refused(outcome, *words: str) -> None:
    assert outcome["resourceType"] == "OperationOutcome"
    (issue,) = outcome["issue"]
    assert issue["severity"] == "error"
    for word in words:
        assert word in issue["details"]["text"] + str(issue.get("expression"))


# near


@pytest.mark.parametrize(
    ("written", "km"),
    [("900", 900), ("900|km", 900), ("900000|m", 900), ("500|mi", 500 * KM), ("500|[mi_i]", 500 * KM),
     ("500|[mi_us]", 500 * 1.609347218694)],
)  # fmt: skip
def test_near_is_a_great_circle_nearest_first(written: str, km: float, get, fhir_data) -> None:
    bundle = get(f"Location?near={AUSTIN.lat}|{AUSTIN.lon}|{written}&_count=200")
    by_id = {s.id.removeprefix("site_"): s for _, s in fhir_data.walk()}
    plain = sorted(
        (miles_between(AUSTIN, s.point) * KM, i)
        for i, s in by_id.items()
        if miles_between(AUSTIN, s.point) * KM <= km
    )
    found = [e["resource"]["id"] for e in bundle["entry"] if e["resource"]["id"] in by_id]
    assert found == [i for _, i in plain] != []
    assert distances(bundle) == sorted(distances(bundle))
    assert bundle["total"] == len(bundle["entry"])


def test_sites_in_one_building_are_in_the_order_of_their_ids(get) -> None:
    bundle = get("HealthcareService?location.near=39|-95|5000&_count=200")
    order = [
        (round(d, 3), e["resource"]["id"])
        for d, e in zip(distances(bundle), bundle["entry"], strict=True)
    ]
    assert order == sorted(order)
    assert len({d for d, _ in order}) < len(order)


def test_near_holds_through_a_chain_and_every_entry_says_how_far(get) -> None:
    near = f"{AUSTIN.lat}|{AUSTIN.lon}|500|mi"
    services = get(f"HealthcareService?location.near={near}&_count=200")
    places = get(f"Location?near={near}&_count=200")
    km = {e["resource"]["id"]: d for e, d in zip(places["entry"], distances(places), strict=True)}
    assert len(services["entry"]) == services["total"] > 0
    for entry, distance in zip(services["entry"], distances(services), strict=True):
        (place,) = entry["resource"]["location"]
        assert distance == km[place["reference"].removeprefix("Location/")]
    affiliations = get("OrganizationAffiliation?location.near=15|3|900&_count=200")
    assert affiliations["total"] > 0
    assert distances(affiliations) == sorted(distances(affiliations))


def test_near_with_a_criterion_reversed_order_and_no_distance(get, ids) -> None:
    far = get("Location?near=39|-95|20000&_sort=-near&_count=200")
    assert distances(far) == sorted(distances(far), reverse=True)
    assert set(ids("Location?near=39|-95|5000&address-state=TX")) <= set(
        ids("Location?address-state=TX")
    )
    assert set(ids("Location?near=39|-95")) == set(ids("Location?near=39|-95|50|km"))
    assert set(ids("Location?near=39|-95|100,30|-97|100")) == {
        *ids("Location?near=39|-95|100"), *ids("Location?near=30|-97|100")
    }  # fmt: skip


@pytest.mark.parametrize(
    "near",
    [
        "1",
        "a|b",
        "1|2|3|furlong",
        "91|0|5",
        "0|181|5",
        "1|2|-3|km",
        "1|2|nan",
        "1|2|3|km|4",
        "1|2|x|km",
        "||",
    ],
)
def test_anything_else_near_is_refused(near: str, get) -> None:
    refused(get(f"Location?near={quote(near)}", 400), "near")
    refused(get(f"HealthcareService?location.near={quote(near)}", 400), "near")


def test_a_withheld_address_has_no_point_and_is_still_near(get, fhir_data) -> None:
    site = next(s for _, s in fhir_data.walk() if not s.street)
    place = get(f"Location/{site.id.removeprefix('site_')}")
    assert "position" not in place and "line" not in place["address"]
    assert "does not publish its address" in place["description"]
    found = get(f"Location?near={site.point.lat}|{site.point.lon}|1&_elements=position")
    assert place["id"] in [e["resource"]["id"] for e in found["entry"]]


# criteria and controls


@pytest.mark.parametrize(
    ("search", "word"),
    [("Location?foo=1", "foo"), ("Location?address-city.x=1", "address-city"), ("Location?name:below=x", "below"),
     ("HealthcareService?location.foo=1", "foo"), ("HealthcareService?location:Organization.name=x", "Organization"),
     ("Location?_has:Nope:location:name=x", "Nope"), ("Location?_has:HealthcareService:location=x", "_has"),
     ("Location?_has:HealthcareService:organization:name=x", "organization"), ("Location?name=", "name"),
     ("Location?_lastUpdated=soon", "_lastUpdated"), ("Location?_count=-1", "_count"), ("Location?_count=x", "_count"),
     ("Location?_sort=city", "_sort"), ("Location?_sort=near", "_sort"), ("Location?_summary=maybe", "_summary"),
     ("Location?_include=Location:nope", "nope"), ("Location?_include=nope", "nope"), ("Location?_filter=x", "_filter"),
     ("HealthcareService?_include=HealthcareService:coverageArea", "coverageArea"), ("Location?_content=x", "_content"),
     ("Location?_revinclude=Provenance:nope", "nope"), ("Location?_has:HealthcareService:name:name=x", "name"),
     ("Location?organization:missing=perhaps", "missing"), ("Location?_total=most", "_total")],
)  # fmt: skip
def test_what_is_not_known_is_named_and_refused(search: str, word: str, get) -> None:
    refused(get(search, 400), word)


def test_a_chain_without_an_end_is_refused(get) -> None:
    key = ".".join(["organization", *["partof"] * 30, "name"])
    refused(get(f"Location?{key}=x", 400), "links")


def test_a_long_search_is_refused_with_a_sentence(get) -> None:
    refused(get(f"Location?_id={'x,' * 4500}", 400), "characters")


def test_unknown_controls_are_left_out_of_self(get) -> None:
    bundle = get("Location?_totalMethod=count&_pretty=false&_foo=1&address-state=TX")
    assert "_totalMethod" not in links(bundle)["self"] and "_foo" not in links(bundle)["self"]
    assert bundle["total"] == get("Location?address-state=TX")["total"]


def test_the_element_that_a_known_client_names_is_read_as_the_parameter(get) -> None:
    one = get("HealthcareService?_include=HealthcareService:providedBy&_count=5")
    other = get("HealthcareService?_include=HealthcareService:organization&_count=5")
    assert one["entry"] == other["entry"]
    assert len(one["entry"]) > 5


def test_strings_begin_as_asked_without_case_and_accents(ids, get, fhir_data) -> None:
    sites = [s for _, s in fhir_data.walk()]
    name = sites[0].name
    assert sites[0].id.removeprefix("site_") in ids(f"Organization?name={quote(name.upper()[:6])}")
    exact = ids(f"Location?address-city:exact={quote(sites[0].city)}")
    assert ids(f"Location?address-city:exact={quote(sites[0].city.upper())}") == []
    assert set(exact) == {s.id.removeprefix("site_") for s in sites if s.city == sites[0].city}
    middle = quote(sites[0].city[1:].lower())
    assert set(exact) <= set(ids(f"Location?address-city:contains={middle}"))
    assert sites[0].id.removeprefix("site_") in ids(f"Location?address={sites[0].zip}")
    assert ids("Organization?name=zzz%C3%A9zz") == []


def test_or_is_a_comma_and_and_is_a_repetition(ids) -> None:
    texas, ohio = set(ids("Location?address-state=TX")), set(ids("Location?address-state=OH"))
    assert texas and ohio
    assert set(ids("Location?address-state=TX,OH")) == texas | ohio
    assert ids("Location?address-state=TX&address-state=OH") == []
    every = set(ids("Location"))
    assert every == {
        *ids("Location?organization:missing=false"),
        *ids("Location?organization:missing=true"),
    }
    assert set(ids("HealthcareService?service-type:not=iop")) == {
        *ids("HealthcareService")} - {*ids("HealthcareService?service-type=iop")}  # fmt: skip


def test_tokens_with_system_without_and_of_a_system(ids) -> None:
    level = "urn:waypost:code-system:level-of-care"
    iops = ids("HealthcareService?service-type=iop")
    assert iops
    assert ids(f"HealthcareService?service-type={level}|iop") == iops
    assert ids("HealthcareService?service-type=|iop") == []
    assert set(iops) < set(ids(f"HealthcareService?service-type={level}|"))
    assert ids("HealthcareService?service-type:text=intensive+OUT") == iops
    assert ids("HealthcareService?service-type=IOP") == []


def test_references_by_id_by_type_and_by_address(ids, get, fhir_data) -> None:
    one = next(s for _, s in fhir_data.walk()).id.removeprefix("site_")
    found = ids(f"HealthcareService?organization=Organization/{one}")
    assert found
    for written in (
        one,
        f"http://testserver/fhir/Organization/{one}",
        f"Organization/{one}/_history/1",
    ):
        assert ids(f"HealthcareService?organization={quote(written)}") == found
    assert ids(f"HealthcareService?organization:Organization={one}") == found
    assert ids(f"HealthcareService?organization=Location/{one}") == []


@pytest.mark.parametrize(
    ("asked", "all_"),
    [("gt2000", True), ("lt2000", False), ("ge2000-01-01T00:00:00Z", True), ("sa2000", True), ("eb2000", False),
     ("ne2000", True), ("eq2000", False), ("le2999-12", True), ("ap2999", False)],
)  # fmt: skip
def test_dates_with_every_prefix(asked: str, all_: bool, ids) -> None:
    assert len(
        ids(f"Location?_lastUpdated={asked}&_has:HealthcareService:location:active=true")
    ) == (len(ids("Location?_has:HealthcareService:location:active=true")) if all_ else 0)


def test_a_moment_is_found_by_itself_its_day_and_its_neighbors(ids, get) -> None:
    place = get("Location?_count=1")["entry"][0]["resource"]
    at = place["meta"]["lastUpdated"]
    for asked, found in ((at, True), (f"ge{at}", True), (f"le{at}", True), (f"gt{at}", False),
                         (f"lt{at}", False), (at[:10], True), (f"ne{at[:10]}", False)):  # fmt: skip
        assert (place["id"] in ids(f"Location?_lastUpdated={quote(asked)}")) is found, asked


def test_resources_in_part_say_that_they_are(get) -> None:
    for asked in ("_elements=name", "_summary=true"):
        place = get(f"Location?{asked}&_count=1")["entry"][0]["resource"]
        assert {"name", "status", "id", "meta"} <= place.keys()
        assert "telecom" not in place and "address" not in place
        assert place["meta"]["tag"][0]["code"] == "SUBSETTED"
    assert "tag" not in get("Location?_count=1")["entry"][0]["resource"]["meta"]
    counted = get("Location?_summary=count")
    assert counted["total"] == get("Location?_count=0")["total"] > 100
    assert "entry" not in counted


def test_sorting_by_id_name_and_date_both_ways(get) -> None:
    for by in ("_id", "name"):
        key = by.removeprefix("_")
        up = [
            e["resource"][key].casefold()
            for e in get(
                f"Practitioner?_sort={by}" if by == "_id" else f"Location?_sort={by}&_count=200"
            )["entry"]
        ]
        assert up == sorted(up) or by == "name"
    names = [e["resource"]["name"] for e in get("InsurancePlan?_sort=name")["entry"]]
    assert names == sorted(names)
    assert [e["resource"]["name"] for e in get("InsurancePlan?_sort=-name")["entry"]] == names[::-1]
    dates = [
        e["resource"]["meta"]["lastUpdated"]
        for e in get("Organization?_sort=-_lastUpdated,_id")["entry"]
    ]
    assert dates == sorted(dates, reverse=True)
