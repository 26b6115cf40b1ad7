"""Every page's door: methods, codes of text, forms of other sites, and no directory at all."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.core.exceptions import BadRequest
from django.db import DatabaseError
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver

from forms import Following, token
from parameter_ids import short_id
from waypost.directory.models import ListingReport
from waypost.web import doors
from waypost.web.middleware import content_security_policy
from waypost.web.programs import report_page

PAGES = ["/", "/find", "/help-now", "/privacy", "/guide", "/coverage", "/week", "/es/articles"]
FORMS = ["/guide", "/coverage/answer", "/es/guide"]


@pytest.mark.parametrize("method", ["DELETE", "PUT", "PATCH", "TRACE", "FOO", "PROPFIND"])
def test_a_method_that_a_page_does_not_name_is_refused(client: Client, method: str) -> None:
    for page in (*PAGES, *FORMS):
        response = client.generic(method, page)
        assert response.status_code == 405, page
        named = response.headers["Allow"].split(", ")
        assert "GET" in named and method not in named
        assert "988" in response.content.decode()


def test_a_page_without_a_form_takes_none(client: Client) -> None:
    for page in ("/", "/find", "/help-now", "/articles", "/robots.txt", "/sitemap.xml"):
        assert client.post(page, {"near": "78701"}).status_code == 405, page


def test_options_names_the_methods(client: Client) -> None:
    response = client.options("/guide")
    assert response.status_code == 204 and not response.content
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.options("/find").headers["Allow"] == "GET, HEAD, OPTIONS"


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for part in resolver.url_patterns:
        found += patterns(part) if isinstance(part, URLResolver) else [part]
    return found


def test_the_views_that_take_forms_are_these() -> None:
    """A new one is named here, so that somebody has thought of what a forged form could do."""
    views = {p.callback for p in patterns(get_resolver("waypost.web.urls"))}
    taking = {view.__name__ for view in views if "POST" in doors.methods_of(view)}
    assert taking == {
        "answer_step", "begin", "check_up", "check_up_response", "guide", "live_form", "plan_step",
        "number_answer", "report", "save", "walk",
    }  # fmt: skip


@pytest.mark.parametrize(
    "charset", ["rot13", "zlib", "utf-7", "punycode", "idna", "nonsense", "hex"]
)
@pytest.mark.parametrize("page", ["/guide", "/es/guide", "/locator/listing", "/api/v1/search"])
def test_text_in_a_code_that_no_browser_sends(
    client: Client, caplog: pytest.LogCaptureFixture, page: str, charset: str
) -> None:
    for kind in ("application/x-www-form-urlencoded", "application/json"):
        with caplog.at_level(logging.WARNING):
            response = client.generic("POST", page, b"a=b", f"{kind}; charset={charset}")
        assert response.status_code == 400 and response.content
    assert "in an unsupported charset" in caplog.text


@pytest.mark.parametrize(
    ("header", "charset"),
    [("text/plain; charset=UTF-8", "utf-8"), ('a/b; charset="utf-8"', "utf-8"), ("a/b", ""), ("", ""),
     ("a/b; x=y; charset=ROT13", "rot13"), ("; charset=", ""), ("a/b; charset*=utf-8''x", "x")],
)  # fmt: skip
def test_the_charset_that_is_named(header: str, charset: str) -> None:
    assert doors.charset_of(header) == charset


def test_the_usual_codes_are_taken() -> None:
    for charset in ("utf-8", "ISO-8859-1", "us-ascii"):
        request = RequestFactory().post("/guide", "a=b", f"text/plain; charset={charset}")
        doors.check_charset(request)
    request.META["CONTENT_TYPE"] = "text/plain; charset=rot13"
    with pytest.raises(BadRequest):
        doors.check_charset(request)


def asked(**headers: str) -> HttpRequest:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return RequestFactory().post(
        "/site/s/report", {"token": token("/site/s/report")}, headers=names
    )


FOREIGN = [
    {"sec_fetch_site": "cross-site"},
    {"sec_fetch_site": "same-site"},
    {"sec_fetch_site": "cross-site", "origin": "http://testserver"},
    {"origin": "https://evil.example"},
    {"origin": "http://testserver.evil.example"},
    {"origin": "http://["},
    {"origin": ""},
]
OURS = [
    {"sec_fetch_site": "same-origin"},
    {"sec_fetch_site": "same-origin", "origin": "null"},  # what our pages' policy makes of it
    {"sec_fetch_site": "same-origin", "origin": "http://testserver"},
    {"sec_fetch_site": "none"},
    {"origin": "http://testserver"},
    {"origin": "http://127.0.0.1:8000"},  # the base address
]


@pytest.mark.parametrize("headers", FOREIGN, ids=short_id)
def test_a_form_of_another_site(client: Client, headers: dict[str, str]) -> None:
    assert doors.is_foreign(asked(**headers)) and doors.is_forged(asked(**headers))
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    for page in FORMS:
        response = client.post(page, {"page": "1"}, headers=names)
        assert (
            response.status_code == 403 and "another site" in response.content.decode()
        ) or page[1:3] == "es"


@pytest.mark.parametrize("headers", OURS, ids=short_id)
def test_a_form_of_ours(headers: dict[str, str]) -> None:
    assert not doors.is_foreign(asked(**headers)) and not doors.is_forged(asked(**headers))


def test_a_form_that_does_something_needs_a_browser_and_a_fresh_token() -> None:
    request = asked()
    assert not doors.is_foreign(request) and doors.is_forged(request)  # no browser says nothing
    for sent in (
        "",
        "x",
        token("/site/other/report"),
        token("/guide"),
        token("/site/s/report") + "x",
    ):
        request = RequestFactory().post(
            "/site/s/report", {"token": sent}, headers={"Sec-Fetch-Site": "same-origin"}
        )
        assert doors.is_forged(request), sent


def test_a_token_holds_for_half_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    request = asked(sec_fetch_site="same-origin")
    monkeypatch.setattr(doors, "TOKEN_SECONDS", -1)
    assert doors.is_forged(request)


@pytest.mark.django_db
def test_an_old_form_keeps_what_was_typed(client: Client, snapshot) -> None:
    page = f"/site/{snapshot.current_ids()[0]}/report"
    sent = {"kind": "phone", "text": "It rings out", "token": "old"}
    moved = client.post(page, sent, headers={"Sec-Fetch-Site": "same-origin"})
    response = client.get(moved.headers["Location"])
    assert response.status_code == 403
    text = response.content.decode()
    assert "It rings out" in text and "send it again" in text and token(page)[:20] in text
    assert not ListingReport.objects.exists()


def test_a_database_that_fails_loses_nothing_typed(
    snapshot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_: object) -> None:
        raise DatabaseError("attempt to write a readonly database: It rings out")

    monkeypatch.setattr(report_page, "report_listing", fail)
    page = f"/es/site/{snapshot.current_ids()[0]}/report"
    response = Following().post(page, {"kind": "phone", "text": "It rings out"})
    assert response.status_code == 503
    assert (
        "It rings out" in response.content.decode()
        and "No pudimos guardar" in response.content.decode()
    )
    assert "DatabaseError" in caplog.text and "rings" not in caplog.text


def test_without_a_directory_what_needs_none_is_there(
    client: Client, settings, tmp_path: Path
) -> None:
    settings.WAYPOST_DATA_DIR = tmp_path
    for page in (
        "/help-now",
        "/es/help-now",
        "/privacy",
        "/articles",
        "/answers",
        "/guide",
        "/robots.txt",
    ):
        assert client.get(page).status_code == 200, page
    for page in ("/find?near=78701", "/es/find", "/browse", "/site/x", "/about-the-data"):
        response = client.get(page)
        assert response.status_code == 503, page
        assert response.headers["Retry-After"] and "988" in response.content.decode()


def test_what_carries_a_need_is_kept_by_nobody(client: Client, snapshot) -> None:
    for address in ("/find?near=78701", "/articles?q=relapse", "/api/v1/search?near=78701", "/nowhere",
                    "/api/v1/places?text=austin", "/near-or-away?home=78701", "/api/v1/nothing"):  # fmt: skip
        assert client.get(address).headers["Cache-Control"] == "private, no-store", address
    for address in ("/", "/find", "/help-now", "/browse/tx", "/api/v1/facets"):
        assert client.get(address).headers["Cache-Control"].startswith("public"), address


def test_https_alone_where_the_public_comes_by_it(settings, client: Client) -> None:
    assert "Strict-Transport-Security" not in client.get("/help-now").headers
    settings.WAYPOST_BASE_URL = "https://waypost.example.org"
    assert (
        Client()
        .get("/help-now")
        .headers["Strict-Transport-Security"]
        .startswith("max-age=31536000")
    )
    assert "default-src 'none'" in content_security_policy("")
