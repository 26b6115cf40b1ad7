"""Articles in a real browser: accessible on a phone and a desk, without scripts, and in print."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from browsing import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PAGES = [
    "/articles",
    "/articles?q=hours+a+week",
    "/articles?q=Austin,+TX",
    "/articles/iop-and-outpatient?near=Austin,+TX",
    "/articles/therapies?near=springfield",
    "/articles/for-families",
    "/articles/warning-signs?near=Austin,+TX",
    "/articles?q=how+much+does+it+cost",
    "/answers",
    "/answers/inside",
    "/es/articles",
    "/es/articles/what-is-an-iop",
    "/es/articles/therapies",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible_and_private(visit: Visit, path: str) -> None:
    visit.given_the_page(path)
    visit.page.locator("details.parts").evaluate_all("parts => parts.forEach(p => p.open = true)")
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_dark_pages_are_accessible_too(make_visit) -> None:
    view = {"width": 360, "height": 740}
    for path in ("/articles/therapies", "/articles?q=hours", "/answers"):
        with make_visit(color_scheme="dark", viewport=view) as visit:
            visit.given_the_page(path)
            visit.then_the_page_is_accessible()


def test_everything_works_without_scripts(without_scripts: Visit) -> None:
    visit = without_scripts
    visit.given_the_page("/articles")
    visit.page.get_by_label("Search articles, answers and programs").fill("medicine")
    visit.page.get_by_role("button", name="Search", exact=True).click()
    visit.page.get_by_role("link", name="Can I take medication and be in an IOP?").click()
    expect(visit.page).to_have_url(re.compile("#can-i-take-medicine-and-be-in-an-iop$"))
    visit.page.get_by_label("Where?").fill("Austin, TX")
    visit.page.get_by_role("button", name="Count programs").click()
    expect(visit.page.locator("#main")).to_contain_text("within 25 miles of Austin")
    visit.page.get_by_role("link", name="Show these programs").click()
    expect(visit.page).to_have_url(re.compile("/find.near=Austin"))


def test_a_citation_leads_to_its_source(visit: Visit) -> None:
    visit.given_the_page("/articles/what-is-an-iop")
    visit.page.get_by_role("link", name="Source 1", exact=True).first.click()
    expect(visit.page.locator("#source-1:target")).to_have_count(1)


def test_print_keeps_the_article_and_its_sources_and_leaves_the_forms(visit: Visit) -> None:
    visit.given_the_page("/articles/what-is-an-iop?near=Austin, TX")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator("ol.sources")).to_be_visible()
    expect(visit.page.get_by_text("within 25 miles of Austin")).to_be_visible()
    for hidden in ("form", "details.parts", ".back", "ul.next"):
        expect(visit.page.locator(f"main {hidden}").first).to_be_hidden()
