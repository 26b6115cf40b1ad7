"""Odd questions to FHIR: each gets R4's status and an outcome that says what would be right."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

FORM = "application/x-www-form-urlencoded"
CODES = {400: "invalid", 404: "not-found", 405: "not-supported", 406: "not-supported", 412: "conflict",
         413: "too-long", 415: "exception"}  # fmt: skip


def refused(response: Any, status: int) -> str:
    """The words of an outcome; its status and its code are these."""
    assert response.status_code == status, response.content[:300]
    assert response.headers["Content-Type"].startswith("application/fhir+json")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    body = response.json()
    assert body["resourceType"] == "OperationOutcome"
    (issue,) = body["issue"]
    assert issue["code"] == CODES[status] and issue["severity"] == "error"
    return str(issue["details"]["text"])


BAD = [
    "_count=-1", "_count=1.5", "_count=", "_count=ten", "_count=%EF%BC%91", "_offset=-1",
    "name=", "name:nope=a", "name:missing=maybe", "name:missing=", "address-state=,", "=1", "%ZZ=1", "foo=1",
    "_id:text=x", "_id:ofType=a|b|c", "organization:Patient=x", "type:above=x", "identifier:ofType=a|b",
    "_lastUpdated=2026-13-01", "_lastUpdated=2026-02-30", "_lastUpdated=gt", "_lastUpdated=xx2026", "_lastUpdated=GT2026",
    "_lastUpdated=%EF%BC%92%EF%BC%90%EF%BC%92%EF%BC%96", "_lastUpdated=2026-01-01T00:00:00%2B99:99",
    "_lastUpdated=0000", "_lastUpdated=2026-1-1", "_lastUpdated=2026-01-01T24:00:00Z",
    "near=", "near=30", "near=30,-97", "near=91|0", "near=nan|0", "near=1_0|2", "near=30|-97|inf", "near=30|-97|-1",
    "near=30|-97|1e999|km", "near=30|-97|5|furlong", "near=30|-97|1|km|x", "near:exact=30|-97",
    "organization.foo=1", "name.foo=1", "organization:Patient.name=a", "organization.name:nope=x",
    "_has=1", "_has:Location", "_has:Foo:bar:baz=1", "_has:HealthcareService:location:foo=1",
    "_has:HealthcareService:name:name=1", "_has:HealthcareService:organization:name=1",
    "_include=", "_include=Location", "_include=Foo:bar", "_include=Location:name", "_include:foo=Location:organization",
    "_include=Location:organization:Location", "_revinclude=*",
    "_sort=foo", "_sort=", "_sort=near", "_summary=some", "_total=all", "_filter=x", "_content=x", "_text=x", "_list=x",
    "_query=x", "_type=Location", "name=" + "a" * 8000, "&".join(f"a{i}=1" for i in range(1200)),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(BAD)))
def test_a_question_that_cannot_be_answered_is_refused_by_address_and_by_form(
    number: int, fhir_data
) -> None:
    words = refused(Client().get(f"/fhir/Location?{BAD[number]}"), 400)
    posted = Client().post("/fhir/Location/_search", BAD[number], content_type=FORM)
    assert refused(posted, 400)[:40] == words[:40]


@pytest.mark.parametrize(
    ("asked", "count"),
    [("_count=99999999999999999999", 150), ("_count=0", 0), ("_offset=99999999999999", 0), ("_count=2&_count=3", 3),
     ("_elements=", 50), ("_unknown=1", 50), ("_format=", 50), ("&&&", 50), ("_id:not=x&_count=1", 1),
     ("_lastUpdated=lt9999&_count=1", 1), ("_lastUpdated=ge9999", 0), ("_lastUpdated=le9999-12-31&_count=1", 1)],
)  # fmt: skip
def test_what_can_be_answered_is(asked: str, count: int, fhir_data) -> None:
    response = Client().get(f"/fhir/Location?{asked}")
    assert response.status_code == 200, response.content[:300]
    assert abs(len(response.json().get("entry", [])) - count) <= 20


@pytest.mark.parametrize(
    "text", ["%CC%81", "%00", "%FF%FE", "%F0%9F%98%80", "%E2%80%8B", "a%00b", "%0Aa%0A"]
)
@pytest.mark.parametrize("modifier", ["", ":exact", ":contains"])
def test_signs_that_are_in_no_name_find_nothing(text: str, modifier: str, fhir_data) -> None:
    for parameter in ("Location?name", "Organization?address"):
        response = Client().get(f"/fhir/{parameter}{modifier}={text}")
        assert response.status_code == 200
        assert response.json()["total"] == 0 or text == "%0Aa%0A"
    assert Client().get(f"/fhir/Location?type:text={text}").json()["total"] == 0


def test_everything_may_be_included_by_one_sign(get) -> None:
    names = "&".join(f"_include=HealthcareService:{name}" for name in ("location", "organization"))
    starred = get("HealthcareService?_count=5&_include=*")["entry"]
    named = get(f"HealthcareService?_count=5&{names}")["entry"]
    both = [{e["fullUrl"] for e in found if e["search"]["mode"] == "include"} for found in (starred, named)]  # fmt: skip
    assert both[0] >= both[1] and both[1]


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [("{}", "application/json", 415), ("{}", "application/fhir+json", 415), ("name=a", "text/plain", 415),
     ("name=a", "", 415), ("--x", "multipart/form-data; boundary=x", 415), ("name=a", f"{FORM}; charset=latin-1", 400),
     ("_format=xml", FORM, 406), ("name=" + "a" * 3_000_000, FORM, 413)],
)  # fmt: skip
def test_a_body_of_another_kind_is_refused(body: str, kind: str, status: int, fhir_data) -> None:
    refused(Client().generic("POST", "/fhir/Location/_search", body, content_type=kind), status)


def test_a_form_is_a_search_from_any_page(fhir_data) -> None:
    sent = Client().post("/fhir/Location/_search", "_count=1", content_type=f"{FORM}; charset=UTF-8")  # fmt: skip
    assert len(sent.json()["entry"]) == 1
    assert sent.headers["Access-Control-Allow-Origin"] == "*"
    assert sent.headers["Cache-Control"] == "private, no-store"
    asked = Client().options("/fhir/Location/_search")
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert Client().post("/fhir/Location/_search", "", content_type=FORM).json()["total"]


@pytest.mark.parametrize("method", ["TRACE", "FOO", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("address", ["Location", "Location/x", "Location/_search", "Location/x/_history/1", "none"])  # fmt: skip
def test_no_other_method_does_anything(method: str, address: str, fhir_data) -> None:
    response = Client().generic(method, f"/fhir/{address}")
    refused(response, 405)
    assert "GET" in response.headers["Allow"]


@pytest.mark.parametrize(
    ("accept", "status"),
    [("application/fhir+json;q=0", 406), ("application/fhir+json; q=0.0, text/html", 406),
     ("application/fhir+json; fhirVersion=3.0", 406), ("application/fhir+json; fhirVersion=4.0", 200),
     ('application/fhir+json; fhirVersion="4.0"', 200), ("*/*;q=0.1", 200), ("APPLICATION/JSON", 200),
     ("application/fhir+xml, application/fhir+json;q=0.5", 200), ("text/html", 406), (",", 406), ("x", 406)],
)  # fmt: skip
def test_an_accept_header_is_read_whole(accept: str, status: int, fhir_data) -> None:
    response = Client().get("/fhir/Location?_count=1", headers={"Accept": accept})
    assert response.status_code == status
    if status == 406:
        refused(response, 406)


@pytest.mark.parametrize("address", ["location", "Patient", "Location/a_b", "Location/" + "a" * 65, "_history", "_search",
                         "Location/x/_history", "Location/$validate", "bulk/Patient.ndjson", "metadata/x"])  # fmt: skip
def test_where_nothing_is_it_says_so(address: str, fhir_data) -> None:
    refused(Client().get(f"/fhir/{address}"), 404)


def test_conditions_are_answered_as_http_has_them(fhir_data) -> None:
    refused(Client().get("/fhir/Location", headers={"If-Match": '"x"'}), 412)
    every = {"If-None-Match": "*"}
    assert Client().get("/fhir/Location?_count=1", headers=every).status_code == 304
    refused(Client().get("/fhir/Location?foo=1", headers=every), 400)
    junk = {"If-None-Match": 'junk,,"'}
    assert Client().get("/fhir/Location?_count=1", headers=junk).status_code == 200
    head = Client().head("/fhir/Location?foo=1")
    assert (head.status_code, head.content) == (400, b"")
