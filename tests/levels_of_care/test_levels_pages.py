"""Levels of care, side by side: all eight, their live counts, and two or three compared."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from waypost.levels_of_care.level import the_levels
from waypost.navigation.find_care import find_care
from waypost.navigation.need import Need


@pytest.fixture(autouse=True)
def _published(snapshot: Any) -> None:
    """The pages read a published snapshot."""


def _page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "es"])
def test_all_eight_are_told_in_full(client: Client, language: str) -> None:
    text = _page(client, "/levels" if language == "en" else "/es/levels")
    for level in the_levels().values():
        words = level.spoken(language)
        for told in (words.what, words.hours, words.sleep, words.suits, words.cost, words.after):
            assert told.replace("'", "&#39;") in text, level.id
        for told in (*words.good, *words.limits):
            assert told.replace("'", "&#39;") in text, level.id
        for source in level.sources:
            assert f'id="source-{source.id}"' in text
    assert text.count("<h1") == 1 and "<svg" in text
    assert len(text.encode()) < 60_000


def test_counts_are_those_of_the_search_and_link_to_it(client: Client, snapshot: Any) -> None:
    text = _page(client, "/levels?near=78701")
    for level in the_levels().values():
        need = Need("78701", 25.0, (("level", tuple(sorted(level.search))),))
        total = find_care(snapshot, need, timezone.now()).total
        query = f"near=78701&amp;level={level.search[0]}"
        word = "program" if total == 1 else "programs"
        shown = f'<a href="/find?{query}">{total} {word}</a>' if total else "none listed"
        assert shown in text, level.id


def test_without_a_place_no_number_is_made_up(client: Client) -> None:
    text = _page(client, "/levels")
    assert not re.search(r">\d+ programs?<", text)


@pytest.mark.parametrize("typed", ["qqqxyz", "Springfield", "x" * 500])
def test_an_unclear_place_is_asked_about(client: Client, typed: str) -> None:
    text = _page(client, f"/levels?near={typed}")
    assert 'role="alert"' in text
    assert not re.search(r">\d+ programs?<", text)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("Bay Area", "is a region"), ("Toronto", "outside the country"), ("512", "area code")],
)
def test_an_unclear_place_is_asked_about_with_the_reason(
    client: Client, typed: str, words: str
) -> None:
    assert words in _page(client, f"/levels?near={typed}")


def test_two_or_three_stand_side_by_side(client: Client) -> None:
    two = _page(client, "/levels?side=iop&side=residential&near=78701")
    table = two[two.index('class="sides') :]
    table = table[: table.index("</table>")]
    assert table.count('scope="col"') == 2
    assert the_levels()["iop"].en.suits in table and the_levels()["residential"].en.cost in table
    three = _page(client, "/levels?side=iop&side=php&side=residential&side=otp")
    assert three.count("Three fit side by side") == 1
    one = _page(client, "/levels?side=iop")
    assert 'class="sides' not in one and "Choose one or two more" in one
    assert 'class="sides' not in _page(client, "/levels?side=nothing&side=else")


def test_the_page_is_kept_by_caches_until_the_snapshot_changes(client: Client) -> None:
    first = client.get("/levels")
    assert first.headers["ETag"]
    again = client.get("/levels", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
