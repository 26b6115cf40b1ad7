"""Near home or away: counts as the search has them, unclear places settled, nothing lost."""

from __future__ import annotations

import html
import random
import re
from types import ModuleType
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import include, path
from django.utils import timezone

from twins.made_up_snapshot import MadeUpSnapshot, site
from waypost.navigation.find_care import find_care
from waypost.navigation.need import Need
from waypost.web import frame
from waypost.web.near_or_away import page as near_or_away_page
from waypost.web.week.urls import pages

NONSENSE = ["NaN", "1e309", "x" * 900, "\x00\x01", "<script>alert(1)</script>", "٣", "-1,-1"]


@pytest.fixture(scope="module")
def snapshot() -> MadeUpSnapshot:
    rng = random.Random(7)
    return MadeUpSnapshot([site(rng, number) for number in range(300)])


@pytest.fixture
def client(settings: Any, monkeypatch: pytest.MonkeyPatch, snapshot: MadeUpSnapshot) -> Client:
    urls = ModuleType("near_or_away_only")
    urls.__dict__["urlpatterns"] = [*pages, path("es/", include(pages))]
    settings.ROOT_URLCONF = urls
    for module in (frame, near_or_away_page):
        monkeypatch.setattr(module, "snapshot_of", lambda request: snapshot)
    return Client()


def main_of(response: Any) -> str:
    page = " ".join(response.content.decode().split()).replace("> <", "><")
    return html.unescape(page[page.index("<main") : page.index("</main>")])


def ask(client: Client, prefix: str = "", **query: str) -> Any:
    return client.get(f"{prefix}/near-or-away?{urlencode(query)}")


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_without_places_it_asks_for_them(client: Client, prefix: str) -> None:
    response = client.get(f"{prefix}/near-or-away")
    page = main_of(response)
    assert response.status_code == 200
    assert page.count("<h1") == 1
    assert 'role="alert"' not in page
    assert page.count('class="topic"') == 6


@pytest.mark.parametrize(("home", "away"), [("78701", "77002"), ("78640", "Austin, TX")])
@pytest.mark.parametrize("extra", [{}, {"level": "any"}, {"group": "women"}, {"within": "100"}])
def test_counts_are_those_of_the_search(
    client: Client, snapshot: MadeUpSnapshot, home: str, away: str, extra: dict[str, str]
) -> None:
    page = main_of(ask(client, home=home, away=away, **extra))
    shown = [int(n.replace(",", "")) for n in re.findall(r'class="count">([\d,]+)<', page)]
    choices: dict[str, tuple[str, ...]] = {"level": ("iop",)}
    if extra.get("level"):
        choices = {}
    if extra.get("group"):
        choices["group"] = ("women",)
    expected = [
        find_care(
            snapshot,
            Need(place, float(extra.get("within", 25)), tuple(sorted(choices.items()))),
            timezone.now(),
        ).total
        for place in (home, away)
    ]
    assert shown == expected


def test_the_rows_of_levels_are_the_searchs_counts(
    client: Client, snapshot: MadeUpSnapshot
) -> None:
    page = main_of(ask(client, home="78701", away="77002"))
    cells = r"</th><td>([\d,]+)</td><td>([\d,]+)</td>"
    row = re.search(r"Standard outpatient" + cells, page)
    assert row
    expected = [
        find_care(snapshot, Need(p, 25.0, (("level", ("outpatient",)),)), timezone.now()).total
        for p in ("78701", "77002")
    ]
    assert [int(n) for n in row.groups()] == expected


def test_the_nearest_are_named_even_where_none_is_within_reach(client: Client) -> None:
    page = main_of(ask(client, home="78701", away="Fairbanks, AK"))
    assert re.search(r'class="count">0<', page)
    assert page.count("The nearest, in a straight line:") == 2


def test_a_state_means_all_of_it(client: Client) -> None:
    page = main_of(ask(client, home="Texas", away="78701"))
    assert "in all of it" in page
    assert page.count("The nearest, in a straight line:") == 1


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_an_ambiguous_place_is_settled_by_a_link_that_keeps_the_rest(
    client: Client, prefix: str
) -> None:
    response = ask(client, prefix, home="Springfield", away="78701", group="women")
    page = main_of(response)
    links = re.findall(r'href="([^"]+near-or-away\?[^"]+)"', page)
    assert response.status_code == 200
    assert 'class="count"' not in page
    assert len(links) > 5
    assert all("away=78701" in link and "group=women" in link for link in links)
    settled = client.get(links[0])
    assert main_of(settled).count('class="count"') == 2


@pytest.mark.parametrize("query", [{"home": "Qqzzyx"}, {"home": "Qqzzyx", "away": "78701"}])
def test_an_unknown_place_is_said_to_be_unknown(client: Client, query: dict[str, str]) -> None:
    page = main_of(ask(client, **query))
    assert "We know no place called “Qqzzyx”" in page
    assert 'value="Qqzzyx"' in page


def test_one_place_alone_asks_for_the_other(client: Client) -> None:
    page = main_of(ask(client, home="78701"))
    assert "Where should we look?" in page
    assert 'value="78701"' in page


def test_the_same_place_twice_is_said_to_be_so(client: Client) -> None:
    assert "Both are the same place." in main_of(ask(client, home="78701", away="78701"))


@pytest.mark.parametrize("name", ["home", "away"])
@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_for_a_place_is_answered_in_words(client: Client, name: str, value: str) -> None:
    other = {"home": "away", "away": "home"}[name]
    response = ask(client, **{name: value, other: "78701"})
    page = response.content.decode()
    assert response.status_code in (200, 400)
    assert 'role="alert"' in page
    assert "<script>alert" not in page
    assert 'value="78701"' in page
    if len(value) > 200:
        assert response.status_code == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("within", "NaN"),
        ("within", "-5"),
        ("within", "1e309"),
        ("level", "heaven"),
        ("group", "\x00"),
        ("not", "nothing:at all"),
    ],
)
def test_nonsense_for_the_need_is_refused_and_the_places_kept(
    client: Client, name: str, value: str
) -> None:
    response = ask(client, home="78701", away="Denver, CO", **{name: value})
    page = main_of(response)
    assert response.status_code == 400
    assert 'value="78701"' in page
    assert 'value="Denver, CO"' in page


@pytest.mark.parametrize("name", ["page", "page_size", "sort", "q", "near"])
def test_what_a_comparison_has_no_use_for_is_passed_over(client: Client, name: str) -> None:
    response = ask(client, home="78701", away="77002", **{name: "NaN"})
    assert response.status_code == 200


def test_many_values_are_refused(client: Client) -> None:
    query = urlencode([("home", "78701"), ("away", "77002"), *[("group", "women")] * 900])
    assert client.get(f"/near-or-away?{query}").status_code == 400


def test_a_post_is_refused(client: Client) -> None:
    assert client.post("/near-or-away", {"home": "78701"}).status_code == 405


def test_every_topic_names_its_source(client: Client) -> None:
    page = main_of(client.get("/near-or-away"))
    topics = page.split('<div class="topic">')[1:]
    assert all('rel="noreferrer"' in topic and "https://" in topic for topic in topics)


def test_a_typed_street_address_is_in_no_link() -> None:
    client = Client()
    for home in ("1200 Barton Springs Rd, Austin, TX 78704", "12 Elm St, Nowhere at all"):
        for away in ("Denver, CO", "Springfield"):
            text = client.get("/near-or-away", {"home": home, "away": away}).content.decode()
            links = re.findall(r'href="([^"]*)"', text)
            own = [link for link in links if not link.startswith("/es/near-or-away?")]
            assert len(own) < len(
                links
            )  # this very page in the other language keeps what was typed
            assert not any("Barton" in link or "Elm" in link for link in own)
