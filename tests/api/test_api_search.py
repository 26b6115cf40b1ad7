"""Search by address and by body: the same results as the engine's, in the stated shape."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django.test import Client

from waypost.api.schemas import SearchOut
from waypost.navigation.find_care import find_care
from waypost.navigation.need_url import need_from_query
from waypost.serving.process import current_snapshot

SEARCH = "/api/v1/search"


def get(query: str) -> dict:
    response = Client().get(f"{SEARCH}?{query}")
    assert response.status_code == 200, response.content
    assert response.headers["Content-Type"] == "application/json"
    return response.json()


@pytest.mark.parametrize(
    "query",
    [
        "near=78701",
        "near=60601&within=50&payment=medicaid&payment=cash&sort=best&page=2&page_size=7",
        "near=Texas&level=php&not=payment:cash",
        "q=hazelden&level=any&sort=name",
        "near=99705&within=1",
    ],
)
def test_search_is_what_find_care_answers(query: str) -> None:
    data = get(query)
    pairs = [pair.split("=") for pair in query.split("&")]
    asked = {name: [v for n, v in pairs if n == name] for name, _ in pairs}
    answer = find_care(current_snapshot(), need_from_query(asked), datetime.now(UTC))

    assert SearchOut.model_validate(data)
    assert data["total"] == answer.total
    assert [r["site"]["id"] for r in data["results"]] == [o.site.id for o in answer.options]
    assert [r["number"] for r in data["results"]] == [o.number for o in answer.options]
    assert [r["miles"] for r in data["results"]] == [
        None if o.miles is None else round(o.miles, 2) for o in answer.options
    ]
    for result, option in zip(data["results"], answer.options, strict=True):
        said = {(reason["choice"], reason["standing"]) for reason in result["reasons"]}
        assert said == {(r.column, r.standing.value) for r in option.reasons}
        assert result["approximate"] is not option.exact
    assert [c["total"] for c in data["changes"]] == [c.total for c in answer.changes]


def test_every_shown_field_names_its_source_and_date() -> None:
    sources = {s.id for s in current_snapshot().manifest.sources}
    for result in get("near=60601")["results"]:
        facts = result["site"]["facts"]
        assert {"name", "address", "point", "services"} <= facts.keys()
        assert facts["name"]["source"] in sources
        assert datetime.fromisoformat(facts["services"]["as_of"])


def test_counts_come_only_when_asked_for() -> None:
    assert "counts" not in get("near=60601")
    with_counts = get("near=60601&counts=1")
    assert with_counts["counts"]["level:iop"] == with_counts["total"]
    narrower = get("near=60601&payment=medicaid")["total"]
    assert with_counts["counts"]["payment:medicaid"] == narrower


def test_the_links_lead_through_every_page_once() -> None:
    seen: list[str] = []
    url, pages = f"{SEARCH}?near=60601&within=15&page_size=25", 0
    while url:
        response = Client().get(url)
        data = response.json()
        seen += [r["site"]["id"] for r in data["results"]]
        pages += 1
        following = data["links"].get("next", "")
        assert (f'<{following}>; rel="next"' in response.headers["Link"]) is bool(following)
        url = following
    assert pages == data["pages"] > 1
    assert len(seen) == len(set(seen)) == data["total"]
    back = Client().get(data["links"]["prev"]).json()
    assert back["page"] == pages - 1


def test_a_page_past_the_end_is_empty_and_leads_back() -> None:
    data = get("near=78701&page=9999")
    assert data["results"] == []
    assert Client().get(data["links"]["prev"]).json()["page"] == data["pages"]
    assert "next" not in data["links"]


def test_a_change_can_be_followed() -> None:
    data = get("near=59030&within=2")
    assert data["changes"]
    for change in data["changes"]:
        assert Client().get(change["link"]).json()["total"] == change["total"] > 0


def test_an_ambiguous_place_offers_its_readings() -> None:
    response = Client().get(f"{SEARCH}?near=springfield")
    assert response.status_code == 422
    problem = response.json()
    assert problem["problems"].keys() == {"near"}
    for place in problem["choices"][:3]:
        assert get(f"near={place['key'].replace(' ', '+')}")["place"]["key"] == place["key"]


def test_a_private_query_has_the_same_results_and_leaves_no_address() -> None:
    body = {"near": "60601", "choices": {"level": ["iop"], "payment": ["medicaid"]}, "counts": True}
    response = Client().post(SEARCH, json.dumps(body), content_type="application/json")
    data = response.json()
    public = get("near=60601&payment=medicaid&counts=1")

    assert response.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in response.headers and "Link" not in response.headers
    assert data["links"] == {}
    assert (data["results"], data["counts"]) == (public["results"], public["counts"])
    assert SearchOut.model_validate(data)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"near": "78701", "choices": []}',
        b'{"near": "78701", "choices": {"nope": ["x"]}}',
        b'{"near": "78701", "within": -1}',
        b'{"near": "78701", "within": {"a": 1}}',
        b'{"near": "78701", "page": 1e400}',
        b'{"near": "78701", "counts": "yes"}',
        b'{"near": "78701", "not": "payment:cash"}',
        b'{"near": "78701", "page_size": 201}',
        b"[" * 5000,
    ],
)
def test_a_body_that_cannot_be_read_gets_a_sentence(body: bytes) -> None:
    response = Client().post(SEARCH, body, content_type="application/json")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"].endswith(".")


def test_a_body_that_is_too_long_is_refused() -> None:
    response = Client().post(SEARCH, b'"' + b"a" * 300_000, content_type="application/json")
    assert response.status_code == 413
    assert response.headers["Content-Type"] == "application/problem+json"
