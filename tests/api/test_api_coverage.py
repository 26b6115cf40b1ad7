"""The coverage checker's JSON: the page's answer with every source, kept by nobody."""

from __future__ import annotations

import itertools

import pytest
from django.test import Client

from forms import Following
from waypost.api.coverage.schemas import CoverageOut, PlanNamesOut

GOLD = "40220TX0080024-01"
QUESTION = {"insurance": "marketplace", "state": "TX", "care": "iop", "plan": GOLD}


def post(body: object, address: str = "/api/v1/coverage"):
    return Client().post(address, body, content_type="application/json")


def test_an_answer_has_three_parts_and_every_source() -> None:
    response = post(QUESTION)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in response.headers
    data = CoverageOut.model_validate(response.json(), strict=True)
    assert (data.cost.low_cents, data.cost.high_cents) == (None, None)
    assert [s.most_cents for s in data.cost.scenarios] == [None, 820_000]
    assert [s.key for s in data.cost.scenarios] == ["office", "facility"]
    listed = {source.id for source in data.sources}
    parts = (data.covered, data.network, data.cost)
    assert {s for part in parts for line in part.sentences for s in line.sources} <= listed
    assert data.promise is None


def test_it_is_the_pages_answer() -> None:
    data = post(QUESTION | {"price": "250", "language": "es"}).json()
    page = Following().post("/es/coverage/answer", QUESTION | {"price": "250"}).content.decode()
    plain = page.replace("&#39;", "'").replace("&amp;", "&")
    for part in ("covered", "network", "cost"):
        for line in data[part]["sentences"]:
            assert line["text"] in plain
    for line in (*data["authorization"], *data["call_script"], *data["appeals"]):
        assert line["text"] in plain
    priced = [s for s in data["cost"]["scenarios"] if s["low_cents"] is not None]
    assert priced
    for scenario in priced:
        assert f"${scenario['low_cents'] // 100:,}" in plain


def test_a_program_of_the_directory_is_named(snapshot) -> None:
    sites = (snapshot.site(site_id) for site_id in snapshot.current_ids())
    of_both_surveys = {tuple(sorted(site.surveys)): site for site in itertools.islice(sites, 200)}
    assert len(of_both_surveys) > 1
    for site in of_both_surveys.values():
        data = post({"insurance": "medicaid", "state": site.state, "site": site.id}).json()
        assert data["site_name"] == site.name
        assert "directory" in {source["id"] for source in data["sources"]}


def test_an_address_names_no_plan_and_no_money() -> None:
    found = Client().get("/api/v1/coverage?insurance=medicaid&state=TX")
    assert found.status_code == 200
    assert found.headers["Cache-Control"] == "private, no-store"
    for name in ("plan", "price", "deductible_met"):
        refused = Client().get(f"/api/v1/coverage?insurance=medicaid&{name}=1")
        assert refused.status_code == 400
        assert "POST" in refused.json()["problems"][name]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "insurance"),
        ({"insurance": "gold"}, "insurance"),
        ({"insurance": 7}, "insurance"),
        ({"insurance": "va", "care": "spa"}, "care"),
        ({"insurance": "va", "name": "x"}, "body"),
        ({"insurance": "va", "site": "site_nothere"}, "site"),
        ({"insurance": "va", "price": "1e9"}, "price"),
        ({"insurance": "va", "language": "fr"}, "language"),
        ([], "body"),
        ("{", "body"),
    ],
)
def test_a_bad_question_names_the_field(body: object, field: str) -> None:
    response = post(body)
    assert response.status_code == 400
    assert list(response.json()["problems"]) == [field]


def test_what_was_sent_is_in_no_log(caplog) -> None:
    caplog.set_level("DEBUG")
    post({"insurance": "CANARY", "plan": "CANARY"})
    post({"text": "CANARY"}, "/api/v1/coverage/plans")
    assert "CANARY" not in caplog.text


def test_plans_are_found_as_people_type_them() -> None:
    found = post({"text": "united helthcare gold", "state": "TX"}, "/api/v1/coverage/plans")
    data = PlanNamesOut.model_validate(found.json(), strict=True)
    assert data.plans[0].id == GOLD
    advantage = post({"text": "h0104-012"}, "/api/v1/coverage/plans").json()["plans"]
    assert advantage[0]["id"] == "H0104_012_0"
    for bad in ({}, {"text": ""}, {"text": "x" * 81}, {"text": "x", "state": "ZZ"}):
        assert post(bad, "/api/v1/coverage/plans").status_code == 400


def test_a_damaged_import_leaves_the_carried_answer(data_dir, tmp_path, settings, caplog) -> None:
    (tmp_path / "snapshot.sqlite3").hardlink_to(data_dir / "snapshot.sqlite3")
    settings.WAYPOST_DATA_DIR = tmp_path
    (tmp_path / "plans.sqlite3").write_bytes(b"not a database")
    assert post(QUESTION).json()["plan"]["id"] == GOLD
    assert "import the plans again" in caplog.text
