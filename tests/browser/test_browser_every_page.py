"""Every page there is: accessible on a phone and on a desk, in the dark, large, and nothing kept."""

from __future__ import annotations

import itertools
import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from browsing import Visit

    MakeVisit = Callable[..., AbstractContextManager[Visit]]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = {
    "": ["/", "/es/"],
    "find": ["/find", "/find?near=78701", "/es/find?near=78701&payment=medicaid", "/find?near=79830&payment=medicaid",
             "/find?near=springfield", "/find?near=78701&within=x", "/find?near=Pittsburgh, PA&page=2", "/find?near=Guam"],
    "site/<str:site_id>": ["/site/{id}", "/es/site/{id}", "/site/{gone}"],
    "site/<str:site_id>/report": ["/site/{id}/report", "/es/site/{id}/report"],
    "site/<str:site_id>/number": ["/site/{id}/number", "/es/site/{id}/number"],
    "site/<str:site_id>/report/on/<str:sealed>": ["/site/{id}/report/on/gone", "/es/site/{id}/report/on/gone"],
    "site/<str:site_id>/number/on/<str:sealed>": ["/site/{id}/number/on/gone"],
    "private": ["/private"],
    "private/<str:sealed>": ["/private/gone", "/es/private/gone"],
    "compare": ["/compare", "/compare?site={id}&site={other}", "/es/compare?site={id}&site={other}"],
    "shortlist": ["/shortlist", "/shortlist?site={id}&site={other}", "/es/shortlist?site={id}"],
    "browse": ["/browse"],
    "browse/<str:code>": ["/browse/ri"],
    "browse/<str:code>/<str:fips>": ["/browse/tx/48453", "/es/browse/tx/48453"],
    "accuracy": ["/accuracy", "/es/accuracy"],
    "about-the-data": ["/about-the-data", "/es/about-the-data"],
    "help-now": ["/help-now", "/es/help-now"],
    "privacy": ["/privacy", "/es/privacy"],
    "text-support": ["/text-support", "/es/text-support"],
    "articles": ["/articles", "/articles?q=medicaid"],
    "articles/<slug:slug>": ["/articles/{article}"],
    "answers": ["/answers"],
    "answers/<slug:key>": ["/answers/{topic}"],
    "coverage": ["/coverage"],
    "coverage/plan": ["/coverage/plan"],
    "coverage/answer": ["/coverage/answer"],
    "coverage/live": ["/coverage/live"],
    "coverage/live/answer": ["/coverage/live/answer"],
    "coverage/on/<str:sealed>": ["/coverage/on/gone"],
    "coverage/live/on/<str:sealed>": ["/coverage/live/on/gone"],
    "levels": ["/levels"],
    "guide": ["/guide"],
    "guide/on/<str:sealed>": ["/guide/on/gone"],
    "guide/rules": ["/guide/rules"],
    "week": ["/week"],
    "near-or-away": ["/near-or-away"],
    "check-ups": ["/check-ups"],
    "check-ups/<str:name>": ["/check-ups/{checkup}"],
    "check-ups/<str:name>/on/<str:sealed>": ["/check-ups/{checkup}/on/gone", "/es/check-ups/{checkup}/on/gone"],
}  # fmt: skip
"""Each address of `waypost.web.urls` that is a page, with visits to it."""
FILES = {"accuracy.json", "accuracy.csv", "articles/feed.atom", "guide/save", "guide/table.csv", "guide/young.csv", "guide/substances.csv",
         "guide/exits.csv", "guide/sheet.md", "week.ics", "check-ups/<str:name>/questionnaire.json", "check-ups/<str:name>/response.json"}  # fmt: skip
"""Addresses that answer with a file, not a page."""
JOURNEY = ("/", "/find?near=78701", "/site/{id}", "/help-now", "/compare?site={id}&site={other}", "/shortlist?site={id}",
           "/about-the-data", "/privacy", "/browse/ri", "/nowhere")  # fmt: skip
VISITS = [*(path for visits in PAGES.values() for path in visits), "/nowhere", "/es/nada"]


@pytest.fixture(scope="module")
def parts(data_dir: Path) -> dict[str, str]:
    """What the addresses hold in their braces."""
    with sqlite3.connect(data_dir / "snapshot.sqlite3") as connection:
        near = "SELECT id FROM site WHERE current AND is_iop AND county_fips = '48453' ORDER BY id"
        first, second = (row[0] for row in connection.execute(near).fetchmany(2))
        gone = connection.execute("SELECT id FROM site WHERE NOT current ORDER BY id").fetchone()[0]
    names = {"id": first, "other": second, "gone": gone}
    for name, path in (("article", "articles"), ("topic", "answers"), ("checkup", "check-ups")):
        text = Client().get(f"/{path}").content.decode()
        link = re.search(rf'href="/{path}/([\w-]+)[?#"]', text)
        assert link, path
        names[name] = link[1]
    return names


def addresses() -> set[str]:
    """Every address pattern of the public site."""
    from waypost.web.urls import pages

    found: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for pattern in patterns:
            path = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns, path)
            else:
                found.add(path)

    walk(pages, "")
    return found


def test_no_page_is_left_out() -> None:
    assert addresses() == PAGES.keys() | FILES


LANDMARKS = "['header', 'main', 'footer', 'nav'].every(n => document.querySelector(n))"


@pytest.mark.parametrize("path", VISITS)
def test_every_page_is_accessible_and_private(
    visit: Visit, path: str, parts: dict[str, str]
) -> None:
    visit.given_the_page(path.format(**parts))
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()
    assert visit.page.evaluate(LANDMARKS)
    for single in ("main", "h1"):
        expect(visit.page.locator(single)).to_have_count(1)


MOVING = """[...document.querySelectorAll('*')]
    .filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0).length"""


def test_the_journey_in_the_dark_without_motion(
    make_visit: MakeVisit, parts: dict[str, str]
) -> None:
    dark = {"color_scheme": "dark", "reduced_motion": "reduce"}
    with make_visit(viewport={"width": 360, "height": 740}, **dark) as visit:
        for path in JOURNEY:
            visit.given_the_page(path.format(**parts))
            visit.then_the_page_is_accessible()
        assert visit.page.evaluate(MOVING) == 0
        assert (
            visit.page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
            == "auto"
        )


def test_the_journey_at_four_times_the_size(make_visit: MakeVisit, parts: dict[str, str]) -> None:
    with make_visit(viewport={"width": 320, "height": 256}) as visit:  # 1280 by 1024 at 400 %
        for path in (*JOURNEY, "/es/find?near=78701", "/es/site/{id}"):
            visit.given_the_page(path.format(**parts))
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 321, path


SMALL = """[...document.querySelectorAll('button, .button, select, input[type=text], input[type=search], label.tick, summary, .now a, .top a, footer li, .chips a')]
    .filter(e => e.checkVisibility() && (e.getBoundingClientRect().height < 43.5 || e.getBoundingClientRect().width < 43.5))
    .map(e => e.outerHTML.slice(0, 90))"""


def test_targets_are_large_enough(phone: Visit, parts: dict[str, str]) -> None:
    for path in (*JOURNEY, "/es/", "/es/find?near=78701"):
        phone.given_the_page(path.format(**parts))
        assert phone.page.evaluate(SMALL) == [], path


def test_focus_is_seen_and_goes_down_the_page(visit: Visit, parts: dict[str, str]) -> None:
    for path in ("/", "/find?near=78701", "/site/{id}", "/help-now"):
        visit.given_the_page(path.format(**parts))
        for _ in range(25):
            visit.page.keyboard.press("Tab")
            seen = visit.page.evaluate(
                """() => { const e = document.activeElement; if (e === document.body) return true;
                   const s = getComputedStyle(e); const inner = e.querySelector?.('circle, rect');
                   return s.outlineStyle !== 'none' || (inner && getComputedStyle(inner).strokeWidth === '3.5px'); }"""
            )
            assert seen, (
                path,
                visit.page.evaluate("document.activeElement.outerHTML.slice(0, 120)"),
            )
        order = visit.page.evaluate(
            """[...document.querySelectorAll('main a[href], main button, main input, main select, main summary')]
               .filter(e => e.checkVisibility() && !e.closest('svg, .map, .beside, .about, .reach')).map(e => e.getBoundingClientRect().top + scrollY)"""
        )
        assert all(after >= before - 80 for before, after in itertools.pairwise(order)), path
