"""The frame of every answer: problems in plain words, CORS, conditional requests, methods."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client

from waypost.api.find import views as search
from waypost.publishing.reader import NoSnapshot

PUBLIC = [
    "/api/v1/search?near=78701",
    "/api/v1/facets",
    "/api/v1/places?text=78701",
    "/api/v1/places/suggest?text=aus",
    "/api/v1/manifest",
    "/api/v1/openapi.json",
    "/api/v1/docs",
    "/locator/exportsAsJson/v2?pageSize=1",
    "/locator/openapi.json",
]


def is_problem(response, status: int) -> dict:
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["detail"].endswith((".", "”."))
    assert "Traceback" not in response.content.decode()
    return problem


@pytest.mark.parametrize("url", PUBLIC)
def test_an_answer_is_kept_under_the_snapshot(url: str) -> None:
    first = Client().get(url)
    etag = first.headers["ETag"]
    again = Client().get(url, headers={"If-None-Match": f'"other", {etag}'})
    assert first.status_code == 200
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == etag
    assert Client().get(url, headers={"If-None-Match": '"other"'}).status_code == 200


def test_any_version_is_held_by_a_star() -> None:
    """RFC 9110, 13.1.2: `*` stands for whatever there is."""
    assert Client().get("/api/v1/facets", headers={"If-None-Match": "*"}).status_code == 304


@pytest.mark.parametrize("url", ["/api/v1/openapi.json", "/locator/openapi.json", "/api/v1/docs"])
def test_the_api_is_described_before_there_is_a_directory(
    url: str, settings, tmp_path: Path
) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path
    assert Client().get("/api/v1/facets").status_code == 503
    assert Client().get(url).status_code == 200


@pytest.mark.parametrize("url", ["/api/v1/search?near=78701", "/locator/listing", "/api/none"])
def test_a_forged_host_is_refused_with_a_problem(url: str) -> None:
    response = Client().get(url, headers={"Host": "evil.example"})
    assert "evil" not in str(is_problem(response, 400))
    assert response.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("url", [*PUBLIC, "/api/v1/nothing", "/api/v1/search?page=x"])
def test_any_origin_may_read(url: str) -> None:
    response = Client().get(url, headers={"Origin": "https://example.org"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies


@pytest.mark.parametrize("url", ["/api/v1/search", "/locator/listing"])
def test_a_preflight_is_answered(url: str) -> None:
    response = Client().options(url, headers={"Origin": "https://example.org"})
    assert response.status_code == 204
    reads = response.headers["Access-Control-Allow-Methods"]
    assert "POST" in response.headers["Allow"] and "POST" not in reads  # facts are only read
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("url", PUBLIC)
def test_head_is_get_without_the_body(url: str) -> None:
    response = Client().head(url)
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["ETag"]


@pytest.mark.parametrize("path", ["/api", "/api/", "/api/v1", "/api/v1/", "/api/v2/x", "/locator/"])
def test_an_unknown_address_is_a_problem(path: str) -> None:
    is_problem(Client().get(path), 404)
    is_problem(Client().post(path), 404)


def test_an_unknown_site_is_a_problem() -> None:
    assert "nobody" in is_problem(Client().get("/api/v1/sites/nobody"), 404)["detail"]


@pytest.mark.parametrize("method", ["delete", "put", "patch", "trace"])
@pytest.mark.parametrize("url", [*PUBLIC, "/locator/listing"])
def test_a_method_that_does_nothing_is_told_so(url: str, method: str) -> None:
    response = getattr(Client(), method)(url)
    is_problem(response, 405)
    assert "OPTIONS" in response.headers["Allow"]


def test_a_missing_directory_is_no_stack_trace(monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    def missing(request: object) -> None:
        raise NoSnapshot("There is no snapshot at /secret/place.")

    monkeypatch.setattr(search, "snapshot_of", missing)
    problem = is_problem(Client().get("/api/v1/search"), 503)
    assert "secret" not in problem["detail"]
    assert "/secret/place" in caplog.text


def test_our_own_fault_is_logged_and_not_shown(monkeypatch: pytest.MonkeyPatch, caplog) -> None:
    def broken(request: object) -> None:
        raise ZeroDivisionError("a secret")

    monkeypatch.setattr(search, "snapshot_of", broken)
    problem = is_problem(Client().get("/api/v1/search?near=78701"), 500)
    assert "secret" not in str(problem)
    assert "ZeroDivisionError" in caplog.text
    assert "78701" not in caplog.text  # what was asked stays out of the log
