"""The pages without a browser: status, headers, caching, words, and everything that can be typed."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator

import html5lib
import pytest
from django.test import Client

from archives import gzipped
from forms import Following
from waypost.directory.models import ListingReport
from waypost.publishing.reader import Snapshot

pytestmark = pytest.mark.usefixtures("data_dir")
PAGES = ["/", "/find?near=78701", "/find", "/find?near=springfield", "/find?near=79830", "/browse",
         "/browse/tx", "/browse/tx/48453", "/about-the-data", "/help-now", "/privacy"]  # fmt: skip


@pytest.fixture
def client() -> Client:
    """A visitor."""
    return Client()


@pytest.fixture
def an_id(snapshot: Snapshot) -> str:
    """The id of some program."""
    return snapshot.current_ids()[0]


@pytest.fixture
def pages(an_id: str, snapshot: Snapshot) -> list[str]:
    """Every kind of page."""
    other = snapshot.current_ids()[1]
    lists = f"site={an_id}&site={other}"
    return [
        *PAGES,
        f"/site/{an_id}",
        f"/site/{an_id}/report",
        f"/compare?{lists}",
        f"/shortlist?{lists}",
    ]


def test_every_page_in_both_languages_is_valid_html(client: Client, pages: list[str]) -> None:
    for page in pages:
        for prefix in ("", "/es"):
            response = client.get(prefix + page)
            assert response.status_code == 200, page
            text = response.content.decode()
            html5lib.HTMLParser(strict=True).parse(text)
            assert text.count("<h1") == 1, page
            assert f'<html lang="{"es" if prefix else "en"}">' in text
            assert "988" in text and "911" in text


def test_privacy_headers_on_everything(client: Client, pages: list[str]) -> None:
    for page in [*pages, "/nowhere", "/static/nothing.css", "/robots.txt", "/api/v1/manifest"]:
        response = client.get(page)
        assert response["Referrer-Policy"] == "no-referrer"
        policy = response["Content-Security-Policy"]
        assert (
            "default-src 'none'" in policy
            and "unsafe-inline" not in policy
            and "unsafe-eval" not in policy
        )
        assert response["X-Content-Type-Options"] == "nosniff"
        assert not response.cookies
        assert "Set-Cookie" not in response


def test_no_page_names_another_origin_to_load(client: Client, pages: list[str]) -> None:
    for page in pages:
        text = client.get(page).content.decode()
        loads = re.findall(r'<(?:script|link|img|iframe|source)[^>]+(?:src|href)="([^"]+)"', text)
        canonical = [u for u in loads if u.startswith("http://127.0.0.1:8000")]
        assert all(u.startswith("/") for u in loads if u not in canonical), page
        assert " style=" not in text and " onclick=" not in text, page


def test_a_page_is_cached_by_its_snapshot(client: Client, an_id: str) -> None:
    for page in ("/", "/find?near=78701", f"/site/{an_id}", "/browse/tx"):
        first = client.get(page)
        again = client.get(page, headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304 and not again.content
        assert client.get("/es" + page)["ETag"] != first["ETag"]


@pytest.mark.django_db
def test_the_results_page_is_light(client: Client) -> None:
    page = client.get("/find?near=78701")
    files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.content.decode()))
    assert len(files) + 1 <= 8
    sizes = [len(gzipped(page.content))]
    for file in files:
        response = client.get(file)
        assert response.status_code == 200
        sizes.append(len(gzipped(b"".join(response.streaming_content))))
        response.close()
    assert sum(sizes) <= 60_000
    assert (
        client.get("/find?near=78701", headers={"Accept-Encoding": "gzip"})["Content-Encoding"]
        == "gzip"
    )


@pytest.mark.django_db
def test_static_files_are_cached_for_a_year_by_their_digest(client: Client) -> None:
    href = re.findall(r'href="(/static/[^"]+css[^"]*)"', client.get("/").content.decode())[0]
    response = client.get(href)
    assert "max-age=31536000" in response["Cache-Control"]
    response.close()


def test_the_total_is_the_count_beside_the_level(client: Client) -> None:
    text = client.get("/find?near=Pittsburgh, PA").content.decode()
    total = re.search(r"<h1[^>]*><span>([\d,]+) intensive", text)
    box = re.search(r'value="iop" checked><span>[^<]*</span><span class="n">([\d,]+)<', text)
    assert total and box and total[1] == box[1]


def test_an_approximate_distance_says_so(client: Client) -> None:
    text = client.get("/find?near=Guam").content.decode()
    assert "about 2 miles" in text and "the map point is approximate" in text


def test_few_results_offer_what_would_find_more(client: Client) -> None:
    text = client.get("/find?near=79830&payment=medicaid").content.decode()
    assert "1-800-662-4357" in text
    links = re.findall(r'<a href="(/find\?[^"]+)">([\d,]+) within (\d+) miles', text)
    assert links
    href, number, _ = links[0]
    again = client.get(href.replace("&amp;", "&")).content.decode()
    assert f"; {number} take Medicaid" in again


def test_a_site_page_is_read_by_machines(client: Client, an_id: str) -> None:
    text = client.get(f"/site/{an_id}").content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert found
    data = json.loads(found[1])
    assert data["@type"] == "MedicalClinic" and data["address"]["postalCode"]
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/site/{an_id}">' in text


def test_the_sitemap_names_every_page(client: Client, snapshot: Snapshot) -> None:
    parts = re.findall(
        r"<loc>[^<]*(/sitemap.xml\?part=\d+)</loc>", client.get("/sitemap.xml").content.decode()
    )
    found = [
        loc
        for part in parts
        for loc in re.findall("<loc>([^<]+)</loc>", client.get(part).content.decode())
    ]
    assert any(loc.endswith("/browse/tx/48453") for loc in found)
    assert len(set(found)) == len(found)
    assert sum("/site/" in loc for loc in found) == len(snapshot.current_ids())


def test_a_program_that_is_gone_answers_410(client: Client, snapshot: Snapshot) -> None:
    gone = snapshot._rows("SELECT id FROM site WHERE NOT current ORDER BY id LIMIT 1")[0][0]
    response = client.get(f"/site/{gone}")
    assert response.status_code == 410
    assert "last listed" in response.content.decode()


def test_errors_are_pages_with_help(client: Client) -> None:
    for page in ("/nowhere", "/site/site_nothere", "/browse/xx", "/browse/tx/00000", "/es/nada"):
        response = client.get(page)
        assert response.status_code == 404
        assert "988" in response.content.decode()


def test_a_fault_of_ours_shows_no_trace(settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEBUG = False
    monkeypatch.setattr("waypost.web.front.home_page.snapshot_of", lambda request: 1 / 0)
    response = Client(raise_request_exception=False).get("/")
    text = response.content.decode()
    assert response.status_code == 500
    assert "Traceback" not in text and "ZeroDivision" not in text and "988" in text


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Everything that reaches the log, as its handler writes it."""
    root = logging.getLogger()
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    keep = Keep()
    for handler in root.handlers:
        for chosen in handler.filters:
            keep.addFilter(chosen)
    root.addHandler(keep)
    yield lines
    root.removeHandler(keep)


def test_no_search_reaches_a_log(client: Client, logged: list[str]) -> None:
    from waypost.web.logs import WithoutQuery

    client.get("/find?near=canarytown&q=canaryname")
    client.get("/nowhere?near=canarytown")
    record = logging.LogRecord(
        "x", logging.WARNING, "", 1, 'GET "%s" 200', ("/find?near=canarytown",), None
    )
    WithoutQuery().filter(record)
    assert "canary" not in record.getMessage()
    assert not [line for line in logged if "canary" in line.replace("?near=canarytown", "")]


@pytest.mark.django_db
def test_a_report_is_stored_for_review_and_says_what_happens(an_id: str) -> None:
    client = Following()
    page = f"/site/{an_id}/report"
    thanks = client.post(page, {"kind": "phone", "text": "It rings <b>out</b>"})
    assert thanks.request["PATH_INFO"] == page  # Reload and Back never send it twice
    assert thanks.status_code == 200 and "your report is stored" in thanks.content.decode()
    spanish = re.search(r'href="([^"]+)" lang="es"', thanks.content.decode())
    assert spanish and spanish[1] == f"/es{page}?sent=yes"
    stored = ListingReport.objects.get()
    assert (stored.site_id, stored.kind, stored.text) == (an_id, "phone", "It rings <b>out</b>")
    bad = client.post(page, {"kind": "other", "text": ""})
    assert bad.status_code == 400 and "in a few words" in bad.content.decode()
    long = client.post(page, {"kind": "other", "text": "x" * 3000})
    assert long.status_code == 400 and "x" * 3000 in long.content.decode()  # nothing typed is lost
    foreign = client.post(
        page, {"kind": "phone", "text": "y"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status_code == 403
    assert ListingReport.objects.count() == 1
