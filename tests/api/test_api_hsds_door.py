"""HSDS at its door: what it says of itself, what is kept, methods, origins, and honest dates."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from hsds_shapes import BUILT, PUBLISHED, SPEC, answer_validator, published, some_sites, validator
from waypost.api.hsds import answers
from waypost.api.hsds.answers import AT_ONCE
from waypost.api.hsds.description import openapi
from waypost.directory.site import Site
from waypost.serving.process import current_snapshot

LATER = BUILT + timedelta(days=3, hours=2)


@pytest.fixture(scope="module")
def sites() -> list[Site]:
    return some_sites(current_snapshot())


@pytest.fixture
def folder(sites: list[Site], tmp_path: Path, settings) -> Path:
    settings.WAYPOST_DATA_DIR = tmp_path
    published(tmp_path, sites)
    return tmp_path


@pytest.mark.parametrize("address", ["/hsds", "/hsds/"])
def test_the_root_says_what_this_is(folder: Path, address: str, settings) -> None:
    settings.ALLOWED_HOSTS = ["directory.example"]
    response = Client().get(address, headers={"Host": "directory.example"})
    said = response.json()
    assert answer_validator("/").is_valid(said)
    assert said["version"] == "3.2.3"
    assert said["openapi_url"] == "http://directory.example/hsds/openapi.json"
    assert said["data_guide"] == "http://directory.example/about-the-data"
    assert said["profile"].startswith("https://") and said["publisher"]["name"]
    settings.WAYPOST_BASE_URL = "https://waypost.example"
    assert (
        Client().get(address, headers={"Host": "directory.example"}).json()["openapi_url"]
        == "https://waypost.example/hsds/openapi.json"
    )


def test_every_path_of_the_specification_is_described_with_its_parameters() -> None:
    official = json.loads((SPEC / "openapi.json").read_bytes())
    ours = openapi()
    count = 0
    for path, methods in official["paths"].items():
        for method, operation in methods.items():
            if method == "parameters":
                continue
            count += 1
            described = ours["paths"][f"/hsds{path}"][method]
            assert described["tags"] == operation["tags"]
            names = {
                p.get("name") or p["$ref"].rpartition("/")[2]
                for p in operation.get("parameters", [])
            }
            assert {p["name"] for p in described["parameters"] if p["in"] == "query"} == names
            if path != "/":
                shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
                assert described["responses"][200]["content"]["application/json"]["schema"] == shape
    assert count == 11 + 5


@pytest.mark.parametrize(
    "address",
    [
        "/hsds/",
        "/hsds/services",
        "/hsds/taxonomies",
        "/hsds/openapi.json",
        "/hsds/services?full=true",
    ],
)
def test_an_answer_is_kept_under_its_etag_and_any_origin_may_read_it(
    folder: Path, address: str
) -> None:
    response = Client().get(address, headers={"Origin": "https://example.org"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    etag = response.headers["ETag"]
    again = Client().get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    head = Client().head(address)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", etag)


@pytest.mark.parametrize("address", ["/hsds/", "/hsds/services", "/hsds/services/x", "/hsds/none"])
@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_a_method_that_does_nothing_is_told_so(folder: Path, address: str, method: str) -> None:
    response = getattr(Client(), method)(address)
    assert response.status_code == 405 and "GET" in response.headers["Allow"]
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("address", ["/hsds/services/x", "/hsds/none", "/hsds/services/x/y"])
def test_an_address_that_is_not_there_is_a_problem(folder: Path, address: str) -> None:
    response = Client().get(address)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"


def test_a_preflight_lets_any_origin_send_a_json_search(folder: Path) -> None:
    response = Client().options("/hsds/services", headers={"Origin": "https://example.org"})
    assert response.status_code == 204
    assert "POST" in response.headers["Allow"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


def test_a_post_to_one_record_is_not_taken(folder: Path) -> None:
    assert Client().post("/hsds/services/x").status_code == 405
    assert Client().post("/hsds/").status_code == 405


def test_nothing_is_served_before_there_is_a_directory(tmp_path: Path, settings) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path
    assert Client().get("/hsds/services").status_code == 503
    assert Client().get("/hsds/openapi.json").status_code == 200


def times() -> dict[str, str]:
    response = Client().get("/hsds/services?minimal=true")
    page = json.loads(b"".join(response.streaming_content))
    return {record["id"]: record["last_modified"] for record in page["contents"]}


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_a_publish_of_the_same_data_changes_no_date_and_no_etag(
    folder: Path, sites: list[Site]
) -> None:
    before, etag = times(), Client().get("/hsds/services").headers["ETag"]
    published(folder, sites, at=LATER)
    assert times() == before
    assert set(before.values()) == {iso(BUILT)}
    assert Client().get("/hsds/services").headers["ETag"] == etag


def test_a_changed_fact_changes_the_dates_of_its_site_alone(
    folder: Path, sites: list[Site]
) -> None:
    before = times()
    changed = replace(sites[0], name="A new name")
    published(folder, [changed, *sites[1:]], at=LATER)
    moved = {i for i, time in times().items() if time != before[i]}
    (organization,) = [
        o for o in Client().get("/hsds/organizations?search=new name&full=true").json()["contents"]
        if o["name"] == "A new name"
    ]  # fmt: skip
    assert moved == {s["id"] for s in organization["services"]}
    assert {times()[i] for i in moved} == {iso(LATER)}


def test_what_is_back_as_it_was_is_still_a_change_to_who_kept_it(
    folder: Path, sites: list[Site]
) -> None:
    etag = Client().get("/hsds/services").headers["ETag"]
    version = current_snapshot().version
    published(folder, [replace(sites[0], name="A new name"), *sites[1:]], at=LATER)
    published(folder, sites, at=LATER + timedelta(days=1))
    assert current_snapshot().version == version
    again = Client().get("/hsds/services", headers={"If-None-Match": etag})
    assert again.status_code == 200


@pytest.mark.parametrize(
    ("since", "all_of_it"),
    [
        (iso(LATER), False),
        ("2026-11-27T10:00:01Z", None),
        ("2026-11-27T05:00:00-05:00", False),
        ("2026-11-27T15:30:00+05:30", False),
        ("2026-11-27T15:30:00 05:30", False),
        ("2026-11-27T10:00:00.001+00:00", None),
        ("2026-11-24T08:00:00Z", True),
        ("2026-11-24", True),
        ("2026-11-27 10:00", False),
        ("0001-01-01", True),
    ],
)
def test_changes_since_a_time_with_any_offset(
    folder: Path, sites: list[Site], since: str, all_of_it: bool | None
) -> None:
    """None stands for nothing at all: it is after the last change."""
    assert iso(LATER) == "2026-11-27T10:00:00Z"
    published(folder, [replace(sites[0], name="A new name"), *sites[1:]], at=LATER)
    page = Client().get("/hsds/services", {"modified_after": since, "per_page": 1}).json()
    moved = sum(time == iso(LATER) for time in times().values())
    assert page["total_items"] == {None: 0, True: len(times()), False: moved}[all_of_it]
    same = Client().get("/hsds/service_at_locations", {"modified_after": since}).json()
    assert same["total_items"] == page["total_items"]


def test_one_service_keeps_to_both_readings_of_minimal_and_of_an_organizations_services(
    folder: Path,
) -> None:
    """“just id and modified_date”, while the schema requires name and status and says
    last_modified; “could only contain the service.id”, while it requires name and status."""
    response = Client().get("/hsds/services?minimal=true&format=ndjson")
    for line in b"".join(response.streaming_content).splitlines():
        record = json.loads(line)
        assert validator("compiled/service_list.json").is_valid(record)
        assert record["modified_date"] == record["last_modified"]
    organization = Client().get("/hsds/organizations?per_page=1").json()["contents"][0]
    whole = Client().get(f"/hsds/organizations/{organization['id']}").json()
    assert validator("compiled/organization.json").is_valid(whole)
    assert {"id", "name", "status"} <= whole["services"][0].keys()


def test_a_long_answer_is_made_in_small_pieces_and_a_few_at_a_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers.STREAMS._fetched_at.clear()  # what other tests opened and did not read
    opened = [Client().get("/hsds/services?format=ndjson&full=true") for _ in range(2)]
    refused = Client().get("/hsds/services?minimal=true")
    assert refused.status_code == 503 and int(refused.headers["Retry-After"]) > 0
    assert Client().get("/hsds/services").status_code == 200  # a page is always served
    for response in opened:
        pieces = list(response.streaming_content)
        assert max(piece.count(b"\n") for piece in pieces) <= AT_ONCE
        assert len(pieces) > 3
    last = Client().get("/hsds/services?minimal=true")
    assert b"".join(last.streaming_content)
    assert not answers.STREAMS._fetched_at


def test_the_official_addresses_of_the_shapes_are_named() -> None:
    text = json.dumps(openapi())
    assert f"{PUBLISHED}compiled/service.json" in text
    assert "$ref" in text and "file:" not in text


def test_a_page_of_any_origin_may_post_a_search() -> None:
    asked = Client().options("/hsds/services")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "POST" not in Client().options("/hsds/").headers["Access-Control-Allow-Methods"]


def test_a_condition_is_a_problem_and_a_bad_question_is_no_unchanged_one() -> None:
    changed = Client().get("/hsds/taxonomies", headers={"If-Match": '"x"'})
    assert (changed.status_code, changed.json()["status"]) == (412, 412)
    every = {"If-None-Match": "*"}
    assert Client().get("/hsds/taxonomies", headers=every).status_code == 304
    assert Client().get("/hsds/taxonomies?foo=1", headers=every).status_code == 400


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [(b"{", "application/json", 400), (b"[]", "application/json", 400), (b'{"search":["a"]}', "application/json", 400),
     (b'{"page":1.0}', "application/json", 400), (b'{"page":true}', "application/json", 400),
     (b'{"a":' + b"[" * 3000 + b"]" * 3000 + b"}", "application/json", 400), (b'{"search":"\xe9"}', "application/json", 400),
     (b'{"search":"\\ud800"}', "application/json", 400), (b"<a/>", "application/xml", 415), (b"a", "text/plain", 415),
     (b"search=a", "", 415), (b"x", "multipart/form-data", 400), (b"search=a", "application/x-www-form-urlencoded; charset=latin-1", 400),
     (b'{"search":"' + b"a" * 3_000_000 + b'"}', "application/json", 413)],
    ids=["half an object", "a list", "a list of words", "a page with a point", "a page that is true", "deep", "another charset",
         "half a character", "XML", "plain text", "no kind", "parts of a form", "a form in another charset", "too long"],
)  # fmt: skip
def test_a_body_that_cannot_be_read_is_a_problem(body: bytes, kind: str, status: int) -> None:
    response = Client().generic("POST", "/hsds/taxonomies", body, content_type=kind)
    assert response.status_code == response.json()["status"] == status
    assert response.headers["Content-Type"] == "application/problem+json"


def test_an_address_below_that_is_none_names_the_list_of_addresses() -> None:
    response = Client().get("/hsds/locations")
    assert response.status_code == 404 and "/hsds/openapi.json" in response.json()["detail"]
