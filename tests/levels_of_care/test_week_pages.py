"""Your week on the web: example, plan, conflicts in words, refusals that lose nothing, the file."""

from __future__ import annotations

import re
from types import ModuleType, SimpleNamespace
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import include, path
from icalendar import Calendar

from waypost.levels_of_care.week.query import FIELDS
from waypost.web import frame
from waypost.web.week.urls import pages

PLAN = [
    ("hours", "own"),
    ("start", "16:30"),
    ("end", "19:30"),
    ("day", "mon"),
    ("day", "tue"),
    ("day", "thu"),
    ("times", "3"),
    ("travel", "40"),
    ("age", "adult"),
    ("full", "8"),
    ("two", "2"),
    *[("work_day", day) for day in ("mon", "tue", "wed", "thu", "fri")],
    ("work_from", "08:00"),
    ("work_to", "16:00"),
]
NONSENSE = ["NaN", "-1", "1e309", "9" * 3000, "\x00", "٣", "<script>alert(1)</script>", "null"]


@pytest.fixture
def client(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Client:
    urls = ModuleType("week_pages_only")
    urls.__dict__["urlpatterns"] = [*pages, path("es/", include(pages))]
    settings.ROOT_URLCONF = urls
    monkeypatch.setattr(frame, "snapshot_of", lambda request: SimpleNamespace(version="0" * 64))
    return Client()


def main_of(response: Any) -> str:
    page = " ".join(response.content.decode().replace("\u00a0", "&nbsp;").split())
    page = page.replace("&nbsp;", "\u00a0")
    return str(page[page.index("<main") : page.index("</main>")])


def with_value(name: str, value: str) -> str:
    return urlencode([*[pair for pair in PLAN if pair[0] != name], (name, value)])


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_without_a_query_it_shows_an_example(client: Client, prefix: str) -> None:
    response = client.get(f"{prefix}/week")
    assert response.status_code == 200
    assert main_of(response).count("<h1") == 1
    assert "no-store" not in response.headers["Cache-Control"]
    assert not response.cookies


def test_the_example_is_called_one_and_reaches_nine_hours(client: Client) -> None:
    page = main_of(client.get("/week"))
    assert "An example: three evenings" in page
    assert "Monday, Wednesday and Friday" in page
    assert "9 hours of treatment" in page
    assert "That is a week of an IOP: 9 to 19 hours." in page


def test_a_plan_names_its_conflicts_in_words(client: Client) -> None:
    page = main_of(client.get("/week?" + urlencode(PLAN)))
    assert "Monday, Tuesday and Thursday: the way there runs into work for 10 minutes." in page
    assert "leave at 3:50\u00a0pm, back at 8:10\u00a0pm" in page
    assert "An example" not in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"times": "2"}, "That is less than the 9 hours a week that make an IOP. Add a session"),
        ({"hours": "own", "end": "17:00"}, "Add a day or longer sessions, ask about online"),
        ({"age": "young", "times": "2"}, "a week of an IOP for people under 18"),
        ({"start": "09:00", "end": "17:00"}, "20 hours or more: a week of partial hosp"),
    ],
)
def test_the_hours_are_judged_in_words(
    client: Client, changes: dict[str, str], sentence: str
) -> None:
    pairs = [pair for pair in PLAN if pair[0] not in changes]
    page = main_of(client.get("/week?" + urlencode([*pairs, *changes.items()])))
    assert sentence in page


def test_the_table_says_what_the_picture_says(client: Client) -> None:
    page = main_of(client.get("/week?" + urlencode(PLAN)))
    assert page.count('<tr class="here">') == 3
    assert len(re.findall(r'<rect class="session', page)) == 3 + 12
    assert len(re.findall(r'<rect class="duty', page)) == 5
    assert "style=" not in page


def test_twelve_weeks_are_called_what_their_hours_make_them(client: Client) -> None:
    page = main_of(client.get("/week?" + urlencode(PLAN)))
    found = re.findall(r'<th scope="row">([\d a-z]+)</th>', page)
    assert found == ["1 to 8", "9 to 10", "11 to 12"]
    assert page.count("standard outpatient") == 2


def test_the_search_is_told_honestly(client: Client) -> None:
    page = main_of(client.get("/week?" + urlencode(PLAN)))
    assert "Find programs that fit this week" in page
    assert "“Do you have sessions on Monday, Tuesday and Thursday, 4:30\u00a0pm to" in page
    young = main_of(client.get("/week?age=young&day=mon&day=wed&times=2"))
    assert '<input type="hidden" name="age" value="children">' in young


@pytest.mark.parametrize("address", ["/week", "/week.ics"])
@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_is_refused_and_nothing_typed_is_lost(
    client: Client, address: str, name: str, value: str
) -> None:
    response = client.get(f"{address}?{with_value(name, value)}")
    page = main_of(response)
    assert response.status_code == 400
    assert page.count('class="problem"') >= 2, "one on top, one beside the field"
    assert "<script>alert" not in page
    if name != "travel":
        assert 'name="travel" type="text" inputmode="numeric" value="40"' in page
    if not name.startswith("work"):
        assert page.count('name="work_day"') == 7
        assert 'name="work_from" type="time" value="08:00"' in page
    if name in ("travel", "start", "full", "work_to") and value == "null":
        assert 'value="null"' in page


@pytest.mark.parametrize(("name", "value"), [("from", "soon"), ("zone", "Mars"), ("zone", "\x00")])
def test_a_bad_wish_keeps_the_week(client: Client, name: str, value: str) -> None:
    response = client.get("/week.ics?" + urlencode([*PLAN, (name, value)]))
    page = main_of(response)
    assert response.status_code == 400
    assert f'id="{name}-problem"' in page
    assert '<input type="hidden" name="work_from" value="08:00">' in page


def test_the_file_is_the_plan(client: Client) -> None:
    query = urlencode([*PLAN, ("from", "2027-03-01"), ("zone", "America/Denver")])
    response = client.get(f"/week.ics?{query}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-store"
    assert "attachment" in response.headers["Content-Disposition"]
    events = Calendar.from_ical(response.content).walk("VEVENT")
    first = min(event["DTSTART"].dt for event in events)
    assert first.isoformat() == "2027-03-01T16:30:00-07:00"
    assert first.tzinfo == ZoneInfo("America/Denver")


def test_the_file_in_spanish(client: Client) -> None:
    response = client.get("/es/week.ics?" + urlencode([*PLAN, ("from", "2027-03-01")]))
    assert len(Calendar.from_ical(response.content).walk("VEVENT")) == 3


@pytest.mark.parametrize("address", ["/week", "/week.ics"])
def test_a_post_is_refused(client: Client, address: str) -> None:
    assert client.post(address, {"day": "mon"}).status_code == 405


def test_the_page_is_small(client: Client) -> None:
    assert len(client.get("/week?" + urlencode(PLAN)).content) < 60_000
