"""Every parameter of every page takes anything and answers in words, never with a trace."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from forms import BrowserClient
from waypost.directory.facets import COLUMNS
from waypost.publishing.reader import Snapshot
from waypost.web.urls import pages

pytestmark = pytest.mark.usefixtures("data_dir")

BAD = ["", "\x00", "a" * 10_000, "NaN", "inf", "-inf", "-1", "0", "1e999", "9" * 400, "1.5", "true", "null",
       "٣", "<script>alert(1)</script>", "%00", "%", "'; DROP TABLE site", "\u202e", "🌱", "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
       "[]", "{}", "../../etc/passwd", "{{ 7 * 7 }}", "91,181", "NaN,NaN", "1e309,0", "=1+1"]  # fmt: skip
NAMES = ["near", "within", "not", "q", "sort", "page", "page_size", "keep", *COLUMNS]
LISTS = [("/compare", "site"), ("/shortlist", "site"), ("/sitemap.xml", "part")]
TRACE = re.compile(r"Traceback|File &quot;|django\.|Exception Type|\.py&quot;")


@pytest.fixture
def client() -> Client:
    """A visitor; a fault of ours becomes the page that a visitor would see."""
    return Client(raise_request_exception=False)


def answered(client: Client, path: str, query: dict[str, object] | None = None) -> str:
    """The page, which is neither a fault nor a trace."""
    response = client.get(path, query or {})
    assert response.status_code in (200, 400, 404, 405, 410), (path, query, response.status_code)
    text = response.content.decode()
    assert not TRACE.search(text) and "<script>alert" not in text
    return text


@pytest.mark.parametrize("name", NAMES)
def test_every_parameter_of_the_search(client: Client, name: str) -> None:
    for value in BAD:
        answered(client, "/find", {"near": "78701", name: value})
        answered(client, "/es/find", {"near": "78701", name: [value, value]})


@pytest.mark.parametrize("name", [*NAMES, "site", "nobody_knows_this"])
def test_ten_thousand_repeats(client: Client, name: str) -> None:
    many = "&".join([f"{name}=x"] * 10_000)
    for path in ("/find?near=78701&", "/compare?", "/shortlist?", "/?", "/browse?"):
        answered(client, path + many)


@pytest.mark.parametrize(("path", "name"), LISTS)
def test_every_parameter_of_the_lists(client: Client, path: str, name: str) -> None:
    for value in BAD:
        answered(client, path, {name: value})
        answered(client, path, {name: [value] * 50})


def test_a_problem_is_told_in_the_language_of_the_page(client: Client) -> None:
    english = client.get(
        "/find", {"near": "Dayton, OH", "within": "soon", "sort": "x", "page": "x"}
    )
    assert english.status_code == 400 and "not a distance" in english.content.decode()
    spanish = client.get("/es/find", {"near": "78701", "within": "x", "payment": "x"})
    text = spanish.content.decode()
    assert spanish.status_code == 400
    assert "not a distance" not in text and "is not one of" not in text


def test_what_was_typed_is_not_lost(client: Client) -> None:
    text = answered(client, "/find", {"near": "Dayton, OH", "within": "soon"})
    assert 'value="Dayton, OH"' in text


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(st.text(max_size=30), max_size=3)))
@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_query_breaks_the_page(client: Client, query: dict[str, list[str]]) -> None:
    answered(client, "/find", dict(query))


VALUES = ["..%2f..%2fetc%2fpasswd", "%2e%2e", "a" * 5000, "%00", "🌱", "site_" + "z" * 400, "NaN", "-1",
          "9" * 300, "<script>alert(1)</script>", "{{7*7}}", "%ff%fe"]  # fmt: skip


def paths_with_a_part() -> list[str]:
    """Every address of ours that holds something a visitor can change."""
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for pattern in patterns:
            path = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, path)
            elif "<" in path:
                found.append(path)

    walk(pages, "/")
    return found


@pytest.mark.parametrize("value", VALUES)
def test_every_part_of_every_address(client: Client, value: str, snapshot: Snapshot) -> None:
    paths = paths_with_a_part()
    assert "/site/<str:site_id>" in paths and "/browse/<str:code>/<str:fips>" in paths
    for path in paths:
        for prefix in ("", "/es"):
            answered(client, prefix + re.sub(r"<[^>]+>", lambda _: value, path))
    answered(client, f"/browse/tx/{value}")


@pytest.mark.django_db
def test_a_report_takes_anything(snapshot: Snapshot) -> None:
    client = BrowserClient()
    page = f"/site/{snapshot.current_ids()[0]}/report"
    for number, value in enumerate(BAD):
        # each from an address of its own: ten reports an hour are enough from one
        here = f"192.0.2.{number + 1}"
        for sent in ({"kind": value, "text": "x"}, {"kind": "phone", "text": value}):
            response = client.post(page, sent, REMOTE_ADDR=here)
            assert response.status_code in (303, 400), sent
            assert not TRACE.search(response.content.decode())
    many = client.post(
        page, "kind=phone&" * 10_000, content_type="application/x-www-form-urlencoded"
    )
    assert many.status_code == 400 and not TRACE.search(many.content.decode())
    huge = client.post(page, {"kind": "phone", "text": "x" * 400_000})
    assert huge.status_code == 400 and "1-800-662-4357" in huge.content.decode()
    assert client.put(page, "x").status_code == 405
