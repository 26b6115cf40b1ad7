"""The lists of HSDS: pages, forms of an answer, every parameter beside its plain twin."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from django.test import Client

from hsds_shapes import answer_validator, published, some_sites
from waypost.directory.codes import CODES
from waypost.places.tables import zips
from waypost.publishing.reader import Snapshot
from waypost.search.names import words_of
from waypost.serving.process import current_snapshot

LISTS = ("services", "taxonomies", "taxonomy_terms", "organizations", "service_at_locations")
Record = dict


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder: Path = tmp_path_factory.mktemp("hsds")
    published(folder, some_sites(current_snapshot()))
    return folder


@pytest.fixture(autouse=True)
def _small(folder: Path, settings) -> None:
    settings.WAYPOST_DATA_DIR = folder


@pytest.fixture
def small(folder: Path) -> Snapshot:
    return current_snapshot()


def body(response) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content) if response.streaming else response.content


def get(name: str, **asked: object) -> Record:
    found: Record = json.loads(body(Client().get(f"/hsds/{name}", asked)))
    return found


def lines(name: str, **asked: object) -> list[Record]:
    response = Client().get(f"/hsds/{name}", {"format": "ndjson", **asked})
    assert response.headers["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in body(response).splitlines()]


def refused(name: str, **asked: object) -> dict[str, str]:
    response = Client().get(f"/hsds/{name}", asked)
    assert response.status_code == 400, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    problems: dict[str, str] = response.json()["problems"]
    for named in problems:
        assert named in response.json()["detail"]
    return problems


@pytest.mark.parametrize("name", LISTS)
def test_a_list_answers_in_the_official_shape_and_by_default_fifty_on_a_page(name: str) -> None:
    page = get(name)
    assert answer_validator(f"/{name}").is_valid(page)
    everything = lines(name)
    assert page["total_items"] == len(everything)
    assert page["contents"] == everything[:50]
    assert page["size"] == len(page["contents"])


@pytest.mark.parametrize("name", LISTS)
def test_pages_follow_each_other_without_a_gap(name: str) -> None:
    everything, found = lines(name), []
    for number in range(1, len(everything) + 2):
        page = get(name, page=number, per_page=37)
        assert page["page_number"] == number
        assert page["first_page"] == (number == 1)
        assert page["last_page"] == (number == page["total_pages"])
        assert not page["empty"] and page["size"] == len(page["contents"])
        found += page["contents"]
        if page["last_page"]:
            break
    assert found == everything
    assert number == math.ceil(len(everything) / 37)


@pytest.mark.parametrize("name", LISTS)
def test_past_the_end_is_an_empty_page(name: str) -> None:
    page = get(name, page=10**9)
    assert (page["empty"], page["size"], page["contents"]) == (True, 0, [])
    assert page["total_items"] > 0
    assert not page["first_page"]


def test_a_page_holds_two_hundred_at_most() -> None:
    page = get("taxonomy_terms", per_page=100_000)
    assert page["size"] == 200 and page["total_pages"] == 2


def test_records_come_in_the_order_of_their_sites_keys(small: Snapshot) -> None:
    sites = [o["locations"][0]["external_identifier"] for o in lines("organizations", full="true")]
    assert sites == small.current_ids()
    services = [s["organization_id"] for s in lines("services")]
    organizations = [o["id"] for o in lines("organizations")]
    assert list(dict.fromkeys(services)) == organizations
    assert [s["service_id"] for s in lines("service_at_locations")] == [
        s["id"] for s in lines("services")
    ]


@pytest.mark.parametrize("name", ["services", "organizations", "service_at_locations"])
def test_full_is_the_detail_to_the_byte(name: str) -> None:
    response = Client().get(f"/hsds/{name}", {"format": "ndjson", "full": "true"})
    for line in body(response).splitlines():
        record_id = json.loads(line)["id"]
        assert body(Client().get(f"/hsds/{name}/{record_id}")) == line
    page = body(Client().get(f"/hsds/{name}", {"full": "true", "per_page": 2}))
    assert line not in page  # the last one stands on the last page
    first = body(Client().get(f"/hsds/{name}", {"full": "true", "per_page": 1}))
    detail_id = json.loads(first)["contents"][0]["id"]
    assert body(Client().get(f"/hsds/{name}/{detail_id}")) in first


@pytest.mark.parametrize("name", LISTS)
def test_a_list_holds_one_to_one_fields_alone(name: str) -> None:
    for record in lines(name):
        assert not [field for field, value in record.items() if isinstance(value, list)]


def test_full_services_of_an_organization_are_the_services_themselves() -> None:
    for organization in lines("organizations", full_service="true")[:5]:
        for service in organization["services"]:
            assert service == get(f"services/{service['id']}")
        same = get(f"organizations/{organization['id']}", full_service="true")
        assert same == organization


def test_minimal_is_all_on_one_page() -> None:
    page = get("services", minimal="true", per_page=1)
    assert answer_validator("/services").is_valid(page)
    assert page["total_pages"] == 1 and page["first_page"] and page["last_page"]
    listed = {s["id"]: s for s in lines("services")}
    assert len(page["contents"]) == len(listed) == page["total_items"]
    for record in page["contents"]:
        service = listed[record["id"]]
        assert record == {
            "id": service["id"],
            "name": service["name"],
            "status": "active",
            "last_modified": service["last_modified"],
            "modified_date": service["last_modified"],
        }
    assert get("services", minimal="true", page=2)["empty"]
    assert lines("services", minimal="true") == page["contents"]


def terms_of(record: Record) -> set[str]:
    return {a["taxonomy_term_id"] for a in record.get("attributes", [])}


def own_or_its_locations(service: Record) -> set[str]:
    location = service["service_at_locations"][0]["location"]
    return terms_of(service) | terms_of(location)


def test_every_term_finds_the_services_that_have_it_or_whose_location_has() -> None:
    services = lines("services", full="true")
    expected: dict[str, list[str]] = {}
    for service in services:
        for term in own_or_its_locations(service):
            expected.setdefault(term, []).append(service["id"])
    assert len(expected) > 150
    for term in lines("taxonomy_terms"):
        found = get("services", taxonomy_term_id=term["id"].upper(), per_page=200)
        assert [s["id"] for s in found["contents"]] == expected.get(term["id"], [])[:200]
        assert found["total_items"] == len(expected.get(term["id"], []))


def test_a_term_finds_the_organizations_that_have_it_anywhere() -> None:
    organizations = lines("organizations", full_service="true")
    for term in lines("taxonomy_terms")[:120]:
        expected = [
            o["id"]
            for o in organizations
            if term["id"]
            in terms_of(o).union(terms_of(o["locations"][0]), *map(terms_of, o["services"]))
        ]
        assert [o["id"] for o in lines("organizations", taxonomy_term_id=term["id"])] == expected


def test_a_taxonomy_finds_what_has_any_of_its_terms() -> None:
    services = lines("services", full="true")
    for taxonomy in lines("taxonomies"):
        of_it = {t["id"] for t in lines("taxonomy_terms", taxonomy_id=taxonomy["id"])}
        expected = [s["id"] for s in services if own_or_its_locations(s) & of_it]
        assert [s["id"] for s in lines("services", taxonomy_id=taxonomy["id"])] == expected
    assert lines("services", taxonomy_id="not-there") == []


def test_a_service_without_a_level_of_care_says_so() -> None:
    levels = next(t["id"] for t in lines("taxonomies") if "levels" in t["name"])
    with_level = {s["id"] for s in lines("services", taxonomy_id=levels)}
    (general,) = (s for s in lines("services", full="true") if s["id"] not in with_level)
    assert "not stated" in general["name"]


def test_an_organization_finds_its_own_services() -> None:
    for organization in lines("organizations", full="true")[:10]:
        own = [s["id"] for s in organization["services"]]
        for name in ("services", "service_at_locations"):
            found = lines(name, organization_id=organization["id"])
            assert [s.get("service_id", s["id"]) for s in found] == own
    assert lines("services", organization_id="00000000-0000-5000-8000-000000000000") == []


def all_words(record: Record) -> set[str]:
    location = record["service_at_locations"][0]["location"]
    organization, address = record["organization"], location["addresses"][0]
    fields = [
        *(record.get(f, "") for f in ("name", "description", "fees_description", "accreditations")),
        *(organization.get(f, "") for f in ("name", "alternate_name", "description")),
        record.get("eligibility_description", ""),
        *address.values(),
    ]
    return set(words_of(" ".join(map(str, fields))))


@pytest.mark.parametrize(
    "text", ["MEDICAID", "recovery center", "Intensive OUTPATIENT", "adults veter", "ca", "Áustin"]
)
def test_search_finds_what_holds_every_word_in_any_case(text: str) -> None:
    services = lines("services", full="true")
    found = {s["id"] for s in lines("services", search=text)}
    for service in services:
        words = all_words(service)
        holds = all(any(w.startswith(t) for w in words) for t in words_of(text))
        assert holds or service["id"] not in found
    assert found or "veter" in text or "ustin" in text


def test_search_finds_each_by_its_name_its_town_and_its_zip(small: Snapshot) -> None:
    for organization in lines("organizations", full="true"):
        address = organization["locations"][0]["addresses"][0]
        text = f"{organization['name'].upper()} {address['city']} {address['postal_code']}"
        assert organization["id"] in [o["id"] for o in lines("organizations", search=text)]


@pytest.mark.parametrize("text", ["zzzz", "中", "!!"])
def test_search_for_what_no_record_holds_finds_nothing(text: str) -> None:
    for name in LISTS:
        assert get(name, search=text)["empty"]
        assert not get(name, search=" ")["empty"]


def meters(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Haversine, apart from the engine's."""
    (lat1, lon1), (lat2, lon2) = (tuple(map(math.radians, p)) for p in (a, b))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(math.sqrt(half))


@pytest.mark.parametrize("near", ["78701", "10001-1234", "90012", "99501"])
@pytest.mark.parametrize("proximity", ["1000000", "250000.5", "100", None])
def test_near_a_zip_the_nearest_come_first_and_none_beyond(
    small: Snapshot, near: str, proximity: str | None
) -> None:
    middle = zips()[near[:5]]
    sites = small.sites(range(small.index.size))
    far = {s.id: meters((middle.lat, middle.lon), (s.point.lat, s.point.lon)) for s in sites}
    asked = {"postcode": near} | ({"proximity": proximity} if proximity else {})
    within = float(proximity or 40_000)
    found = [s["location"]["external_identifier"] for s in lines("service_at_locations", **asked)]
    assert set(found) == {i for i, m in far.items() if m <= within}
    distances = [far[i] for i in found]
    assert all(a <= b + 1 for a, b in pairwise(distances))


def test_everything_asked_for_must_hold_at_once(small: Snapshot) -> None:
    cbt = next(t["id"] for t in lines("taxonomy_terms") if t["code"] == "CBT")
    both = lines("service_at_locations", postcode="78701", proximity=2_000_000,
                 taxonomy_term_id=cbt, search="outpatient")  # fmt: skip
    near = lines("service_at_locations", postcode="78701", proximity=2_000_000)
    with_term = {s["id"] for s in lines("service_at_locations", taxonomy_term_id=cbt)}
    with_word = {s["id"] for s in lines("service_at_locations", search="outpatient")}
    assert [s["id"] for s in both] == [s["id"] for s in near if s["id"] in with_term & with_word]
    assert both


def test_terms_are_found_by_their_parent_and_at_the_top() -> None:
    terms = lines("taxonomy_terms")
    tops = lines("taxonomy_terms", top_only="true")
    assert tops == [t for t in terms if "parent_id" not in t]
    assert lines("taxonomy_terms", top_only="false") == terms
    for top in tops:
        below = lines("taxonomy_terms", parent_id=top["id"])
        assert below == [t for t in terms if t.get("parent_id") == top["id"]]
    assert len([t for t in terms if "parent_id" in t]) == len(CODES) == 317
    assert len({t["code"] for t in terms}) == len({t["id"] for t in terms}) == len(terms)


BAD: list[tuple[str, dict[str, object]]] = [
    *((name, {"page": bad}) for name in LISTS for bad in ("0", "-1", "x", "", "1.5", "1e3")),
    *((name, {"per_page": bad}) for name in LISTS for bad in ("0", "-3", "ten", "9" * 30)),
    *((name, {"format": "xml"}) for name in LISTS),
    *((name, {"nothing": "1"}) for name in LISTS),
    ("services", {"full": "maybe"}),
    ("services", {"modified_after": "yesterday"}),
    ("services", {"modified_after": ""}),
    ("services", {"search": "x" * 501}),
    ("services", {"postcode": "78701"}),
    ("organizations", {"minimal": "true"}),
    ("service_at_locations", {"proximity": "100"}),
    ("service_at_locations", {"postcode": "00000"}),
    ("service_at_locations", {"postcode": "SW1A 1AA"}),
    *(
        ("service_at_locations", {"postcode": "78701", "proximity": bad})
        for bad in ("near", "-1", "0", "nan", "inf", "")
    ),
]


@pytest.mark.parametrize(
    ("name", "asked"), BAD, ids=[f"{n}-{'-'.join(a)}-{i}" for i, (n, a) in enumerate(BAD)]
)
def test_what_cannot_be_read_is_refused_by_its_name(name: str, asked: dict) -> None:
    assert list(refused(name, **asked)) == [list(asked)[-1]]


def test_every_fault_is_named_at_once() -> None:
    assert set(refused("services", page="0", full="x", other="1")) == {"page", "full", "other"}
    assert list(refused("services", minimal="true", full="true")) == ["minimal"]
    response = Client().get("/hsds/services?page=1&page=2")
    assert response.json()["problems"] == {"page": "page: give it once."}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(
    "record_id", ["nobody", "00000000-0000-5000-8000-000000000000", "%00", "{x}"]
)
def test_an_unknown_id_is_not_found(name: str, record_id: str) -> None:
    response = Client().get(f"/hsds/{name}/{record_id}")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"


Sent = Callable[[str, dict], object]
WAYS: dict[str, Sent] = {
    "address": lambda url, asked: Client().post(
        f"{url}?{'&'.join(f'{k}={v}' for k, v in asked.items())}"
    ),
    "form": lambda url, asked: Client().post(url, asked),
    "plain form": lambda url, asked: Client().post(
        url, "&".join(f"{k}={v}" for k, v in asked.items()), "application/x-www-form-urlencoded"
    ),
    "json": lambda url, asked: Client().post(
        url, json.dumps(asked), "application/json; charset=utf-8"
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", LISTS)
def test_a_post_reads_the_same_parameters_from_anywhere(name: str, way: str) -> None:
    asked = {"per_page": 3, "page": 2, "search": "treatment"}
    response = WAYS[way](f"/hsds/{name}", asked)
    assert json.loads(body(response)) == get(name, **asked)
    assert "no-store" in response.headers["Cache-Control"]  # type: ignore[attr-defined]
    assert response.headers["Access-Control-Allow-Origin"] == "*"  # type: ignore[attr-defined]


def test_a_json_body_holds_real_values_and_null_is_left_out() -> None:
    sent = json.dumps({"full": True, "per_page": 2, "search": None})
    response = Client().post("/hsds/services", sent, "application/json")
    assert json.loads(body(response)) == get("services", full="true", per_page=2)


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[]", "application/json", 400),
        ('{"page": [1]}', "application/json", 400),
        ('{"page": 0}', "application/json", 400),
        ('{"nothing": 1}', "application/json", 400),
        ("<page/>", "text/xml", 415),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(sent: str, kind: str, status: int) -> None:
    response = Client().post("/hsds/services", sent, kind)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
