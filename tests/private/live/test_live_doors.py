"""Live questions in the private process: doors for people who are not staff, and nobody else's way."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import get_resolver

from waypost.cli import desk_command, serve_command
from waypost.cli.eligibility.commands import DEMONSTRATION
from waypost.config.live_urls import LIVE, SUBMIT
from waypost.eligibility.live_settings import Secrets, settings_of
from waypost.eligibility.loopback import LoopbackPayer
from waypost.eligibility.loopback_acts import Act
from waypost.publishing.reader import Snapshot
from waypost.serving.live_programs import FILE_NAME, LivePrograms, write_live_programs

pytestmark = pytest.mark.django_db
ELSEWHERE = {"HTTP_SEC_FETCH_SITE": "cross-site"}
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
PERSON = {"payer": "LOOP1", "first_name": "Dulcineaqq", "last_name": "Quixotezz", "month": "11", "day": "23",
          "year": "1987", "member_id": "canaryid77q31", "who": "self", "consent": "yes"}  # fmt: skip


@pytest.fixture
def fields(settings, snapshot: Snapshot) -> Iterator[dict[str, str]]:
    """What the public answer page's form carries, with a payer that answers."""
    site = snapshot.current_ids()[0]
    with LoopbackPayer((Act.ANSWER,)) as payer:
        text = DEMONSTRATION.format(url=payer.url("/core/soap"), site=site)
        settings.WAYPOST_ELIGIBILITY = settings_of(tomllib.loads(text), Secrets("u", "s"))
        yield {"insurance": "medicare", "care": "iop", "site": site}


def token_of(page: str) -> str:
    found = re.search(r'name="token" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def test_from_the_public_page_to_the_insurers_answer_without_an_account(
    fields: dict[str, str], settings
) -> None:
    settings.WAYPOST_OPENID_ORIGIN = "https://id.example.org"  # of staff alone
    client = Client(enforce_csrf_checks=True)
    begun = client.post("/coverage/live", fields, **ELSEWHERE)
    assert begun.status_code == 303 and begun["Location"].startswith("/coverage/live/on/")
    form = client.get(begun["Location"])
    page = form.content.decode()
    assert form.status_code == 200 and 'action="/coverage/live/answer"' in page
    sent = fields | PERSON | {"token": token_of(page)}
    answer = client.post("/coverage/live/answer", sent, **HERE)
    text = b"".join(answer.streaming_content).decode()
    assert "Active" in text and "quixotezz" not in text.lower()
    for response in (begun, form, answer):
        assert not response.cookies and "no-store" in response["Cache-Control"]
    assert f"form-action 'self' {settings.WAYPOST_BASE_URL};" in form["Content-Security-Policy"]
    assert f'href="{settings.WAYPOST_BASE_URL}/find"' in page  # the rest of the site is elsewhere


def test_in_spanish_too_and_the_desk_stays_in_its_own_language(fields: dict[str, str]) -> None:
    begun = Client().post("/es/coverage/live", fields, **ELSEWHERE)
    assert begun["Location"].startswith("/es/coverage/live/on/")
    assert 'lang="es"' in Client().get(begun["Location"]).content.decode()
    assert 'lang="es"' not in Client().get("/account/login/").content.decode()


def test_the_form_that_asks_must_come_from_its_own_page(fields: dict[str, str]) -> None:
    client = Client()
    page = client.get(
        client.post("/coverage/live", fields, **ELSEWHERE)["Location"]
    ).content.decode()
    sent = fields | PERSON | {"token": token_of(page)}
    assert client.post("/coverage/live/answer", sent, **ELSEWHERE).status_code == 403
    assert client.post("/coverage/live/answer", sent | {"token": "x"}, **HERE).status_code == 400
    assert client.put("/coverage/live").status_code == 405


def test_a_visitor_gets_no_further_than_these_doors(fields: dict[str, str]) -> None:
    routes = {str(p.pattern) for p in get_resolver().url_patterns}
    assert routes >= {route for route, _ in LIVE} | {SUBMIT}
    for path in ("/", "/calls", "/people", "/audit"):
        assert Client().get(path)["Location"].startswith("/account/login/")
    for path in ("/find", "/coverage", "/api/v1/manifest"):
        assert Client().get(path).status_code == 404


def test_a_programs_software_asks_here_with_its_key(fields: dict[str, str]) -> None:
    refused = Client(enforce_csrf_checks=True).post(
        f"/{SUBMIT}", "{}", content_type="application/json"
    )
    assert refused.status_code == 401 and refused.json()["resourceType"] == "OperationOutcome"


def test_where_it_is_off_the_doors_lead_to_nothing(settings, fields: dict[str, str]) -> None:
    settings.WAYPOST_ELIGIBILITY = None
    page = Client().post("/coverage/live", fields, **ELSEWHERE)
    assert page.status_code in (302, 303) and "/live/" not in page["Location"]
    assert Client().post(f"/{SUBMIT}").status_code == 404


def test_the_public_process_is_started_without_the_account_and_knows_where_to_lead(
    monkeypatch: pytest.MonkeyPatch, settings, fields: dict[str, str]
) -> None:
    for name in ("FILE", "USER", "SECRET"):
        monkeypatch.setenv(f"WAYPOST_ELIGIBILITY_{name}", "canary")
    site, desk = "http://127.0.0.1:8000", "http://localhost:8001"
    made = serve_command.public_environment(site, desk)
    assert "canary" not in made.values() and made["WAYPOST_LIVE_URL"] == desk
    assert "WAYPOST_LIVE_URL" not in serve_command.public_environment(site, "")
    settings.WAYPOST_ELIGIBILITY = None
    assert "WAYPOST_LIVE_URL" not in serve_command.public_environment(site, desk)


@pytest.mark.parametrize(
    ("set_by_operator", "reached_at"),
    [("https://help.example.org", "https://help.example.org"), ("  ", "http://127.0.0.1:8123")],
)
def test_the_operators_address_of_the_site_comes_before_where_it_is_served(
    monkeypatch: pytest.MonkeyPatch, set_by_operator: str, reached_at: str
) -> None:
    monkeypatch.setenv("WAYPOST_BASE_URL", set_by_operator)
    made = serve_command.public_environment("http://127.0.0.1:8123", "")
    assert made["WAYPOST_BASE_URL"] == reached_at


def test_the_desk_is_reached_at_the_operators_address_or_at_its_own_port(
    monkeypatch: pytest.MonkeyPatch, settings
) -> None:
    settings.WAYPOST_DESK_URL = "https://desk.example.org"
    monkeypatch.setenv("WAYPOST_PRIVATE_BASE_URL", "https://desk.example.org")
    assert desk_command.where_desk_is(8123) == "https://desk.example.org"
    monkeypatch.delenv("WAYPOST_PRIVATE_BASE_URL")
    assert desk_command.where_desk_is(8123) == "http://localhost:8123"
    part = desk_command.private_part(1, "http://localhost:8123", "http://127.0.0.1:8122")
    assert part.environment["WAYPOST_PRIVATE_BASE_URL"] == "http://localhost:8123"


def test_the_public_process_learns_the_names_of_programs_and_nothing_else(tmp_path: Path) -> None:
    programs = LivePrograms(tmp_path)
    assert programs.name_of("site_1") == ""
    write_live_programs(tmp_path, {"site_1": "RÍO HOUSE"})
    assert (programs.name_of("site_1"), programs.name_of("site_2")) == ("RÍO HOUSE", "")
    assert json.loads((tmp_path / FILE_NAME).read_text("utf-8")) == {"site_1": "RÍO HOUSE"}
    write_live_programs(tmp_path, {"site_2": "HILL HOUSE"})
    assert (programs.name_of("site_1"), programs.name_of("site_2")) == ("", "HILL HOUSE")
    (tmp_path / FILE_NAME).write_text("[not")
    assert programs.name_of("site_2") == ""
    write_live_programs(tmp_path, {})
    assert not (tmp_path / FILE_NAME).exists() and programs.name_of("site_2") == ""
