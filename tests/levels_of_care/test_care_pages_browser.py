"""Levels, week, near or away and check-ups in a real browser: by keyboard, without scripts, small.

The guide's own pages are in test_guide_browser.
"""

from __future__ import annotations

import gzip
import urllib.request
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from browsing import Visit, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WEEK = (
    "/week?hours=own&start=16:00&end=19:00&day=mon&day=tue&day=sat&times=3&travel=45"
    "&work_day=mon&work_from=09:00&work_to=17:00"
)
PAGES = (
    "/levels?near=78701",
    "/levels?near=78701&side=iop&side=php&side=residential",
    "/guide",
    "/guide/rules",
    "/check-ups",
    "/check-ups/phq-9",
    "/check-ups/taps-1",
    "/week",
    WEEK,
    "/near-or-away?home=78701&away=77002",
)
LOOKED_AT = {"/guide", "/guide/rules", "/check-ups", "/week"}
LARGEST = 60_000


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_every_page_is_accessible_in_both_languages(visit: Visit, prefix: str) -> None:
    """What stands in English with all other pages (tests/browser) is looked at there."""
    for path in PAGES if prefix else set(PAGES) - LOOKED_AT:
        visit.given_the_page(prefix + path)
        visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("path", PAGES)
def test_pages_weigh_at_most_60_kb_on_the_way(site: str, prefix: str, path: str) -> None:
    request = urllib.request.Request(site + prefix + path, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as response:
        sent = response.read()
        assert response.headers["Content-Encoding"] == "gzip"
    assert len(sent) <= LARGEST
    assert b"</html>" in gzip.decompress(sent)


def _answer(visit: Visit, **chosen: str) -> None:
    page = visit.page
    for number in range(1, 10):
        code = chosen.get(f"item_{number}", "not-at-all")
        page.locator(f'input[name="phq-9-{number}"][value="{code}"]').check()
    with page.expect_navigation():
        page.locator("main form button").first.click()


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_a_check_up_and_its_safety_page_are_accessible(visit: Visit, prefix: str) -> None:
    visit.given_the_page(f"{prefix}/check-ups/phq-9")
    _answer(visit, item_1="several-days")
    expect(visit.page.locator("h1")).to_be_visible()
    visit.then_the_page_is_accessible()
    visit.given_the_page(f"{prefix}/check-ups/phq-9")
    _answer(visit, item_9="several-days")
    expect(visit.page.locator('.danger a[href="tel:988"]')).to_be_visible()
    visit.then_the_page_is_accessible()
    assert not urlsplit(visit.page.url).query
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_back_and_reload_on_every_step_of_a_check_up(visit: Visit) -> None:
    """Given a question left open, then danger: each step is shown again, and danger always."""
    page = visit.page
    visit.given_the_page("/check-ups/phq-9")
    page.locator('input[name="phq-9-1"][value="several-days"]').check()
    page.locator("main form button").first.click()
    expect(page.locator(".problem[role=alert]")).to_be_visible()
    _answer(visit, item_1="several-days", item_9="several-days")
    for number in ("tel:988", "sms:988", "tel:911"):
        expect(page.locator(f'.danger a[href="{number}"]')).to_be_visible()
    reloaded = page.reload()
    assert reloaded is not None and reloaded.request.method == "GET" and reloaded.ok
    expect(page.locator('.danger a[href="tel:988"]')).to_be_visible()
    menu = page.locator("summary", has_text="Menu")
    if menu.is_visible():  # on a phone
        menu.click()
    page.locator('a[lang="es"]:visible').first.click()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.locator('.danger a[href="tel:988"]')).to_be_visible()
    page.go_back()
    expect(page.locator('.danger a[href="tel:988"]')).to_be_visible()
    page.go_back()
    expect(page.locator(".problem[role=alert]")).to_be_visible()
    expect(page.locator('input[name="phq-9-1"][value="several-days"]')).to_be_checked()
    page.go_back()
    expect(page.locator(".problem[role=alert]")).to_have_count(0)
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_everything_works_without_scripts(without_scripts: Visit) -> None:
    """Given a phone without scripts, each page's form leads to its answer."""
    page = without_scripts.page
    without_scripts.given_the_page("/levels")
    page.locator("main #near").fill("78701")
    page.get_by_role("button", name="Count programs").click()
    expect(page.get_by_text("Programs within 25 miles of 78701")).to_be_visible()
    for level in ("iop", "php"):
        page.locator(f'input[name="side"][value="{level}"]').check()
    page.get_by_role("button", name="Put the ticked ones side by side").click()
    expect(page.locator("table.sides thead th")).to_have_count(2)
    without_scripts.given_the_page("/week")
    page.get_by_label("In the day, 9 am to noon").check()
    page.get_by_role("button", name="Show my week").click()
    expect(page.get_by_text("9 am to noon: 9 hours of treatment.")).to_be_visible()
    with page.expect_download() as saving:
        page.get_by_role("button", name="Download as a calendar file").click()
    assert saving.value.suggested_filename == "week.ics"
    without_scripts.given_the_page("/near-or-away")
    page.locator("main #home").fill("78701")
    page.locator("main #away").fill("77002")
    page.locator("#level").select_option("residential")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".count")).to_have_count(2)
    expect(page.locator("#level")).to_have_value("residential")
    without_scripts.given_the_page("/check-ups/phq-9")
    _answer(without_scripts)
    expect(page.get_by_text("0 of 27 points")).to_be_visible()


def test_levels_week_and_near_or_away_by_keyboard_alone(phone: Visit) -> None:
    page = phone.page

    phone.given_the_page("/levels")
    tab_to(page, "matches('main input[name=near]')")
    page.keyboard.type("78701")
    page.keyboard.press("Enter")
    page.wait_for_url("**/levels?near=78701*")
    for level in ("iop", "php"):
        tab_to(page, f"""matches('input[name=side][value="{level}"]')""")
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("table.sides")
    phone.given_the_page("/week")
    tab_to(page, "matches('input[name=hours]')")
    page.keyboard.press("ArrowUp")
    tab_to(page, "matches('main form button')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/week?hours=day*")
    phone.given_the_page("/near-or-away")
    tab_to(page, "matches('#home')")
    page.keyboard.type("78701")
    tab_to(page, "matches('#away')")
    page.keyboard.type("77002")
    page.keyboard.press("Enter")
    page.wait_for_selector(".count")


def test_the_levels_print_whole(phone: Visit) -> None:
    """Given paper, the cards that are closed on the screen are open, and no button is in the way."""
    page = phone.page
    phone.given_the_page("/levels?near=78701")
    page.emulate_media(media="print")
    expect(page.locator("main button:visible")).to_have_count(0)
    closed = page.locator(".level-card:not([open])")
    expect(closed).to_have_count(8)
    for number in range(8):
        assert closed.nth(number).get_by_text("Who it suits:").bounding_box()
