"""The search as people meet it: on a phone, without scripts, with the keyboard alone, in print."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from browsing import Visit

    MakeVisit = Callable[..., AbstractContextManager[Visit]]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def an_id(data_dir: Path) -> str:
    """The id of a program near Austin."""
    with sqlite3.connect(data_dir / "snapshot.sqlite3") as connection:
        rows = connection.execute(
            "SELECT id FROM site WHERE current AND is_iop AND county_fips = '48453' ORDER BY id"
        )
        return str(rows.fetchone()[0])


PAGES = ["/", "/find?near=78701", "/find?near=79830&payment=medicaid", "/find?near=springfield", "/find?near=78701&within=x",
         "/browse", "/browse/ri", "/browse/tx/48453", "/about-the-data", "/help-now", "/privacy", "/nowhere", "/es/", "/es/find?near=78701"]  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_accessible_and_private(visit: Visit, path: str) -> None:
    visit.given_the_page(path)
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


@pytest.mark.parametrize(
    "path", ["/site/{}", "/site/{}/report", "/compare?site={}", "/shortlist?site={}", "/es/site/{}"]
)
def test_every_page_of_a_program_is_accessible_and_private(
    visit: Visit, path: str, data_dir: Path
) -> None:
    visit.given_the_page(path.format(an_id(data_dir)))
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_dark_mode_is_accessible_too(make_visit: MakeVisit) -> None:
    for path in ("/", "/find?near=78701", "/help-now"):
        with make_visit(
            color_scheme="dark", reduced_motion="reduce", viewport={"width": 360, "height": 740}
        ) as visit:
            visit.given_the_page(path)
            visit.then_the_page_is_accessible()


def test_from_the_first_question_to_a_telephone_number(visit: Visit) -> None:
    visit.given_the_page("/")
    visit.page.get_by_label("Where?").fill("Pitsburg PA")
    visit.page.get_by_role("button", name="Show programs").first.click()
    visit.page.wait_for_url("**/find?**")
    assert "Pittsburgh, PA" in visit.page.locator("h1").inner_text()
    first = visit.page.locator(".option").first
    assert first.locator("a[href^='tel:+1']").count() == 1
    first.locator("h2 a").click()
    assert visit.page.get_by_text("What to ask when you call").is_visible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()
    visit.then_the_page_is_accessible()


def test_all_of_it_works_without_scripts(without_scripts: Visit) -> None:
    page = without_scripts.page
    without_scripts.given_the_page("/")
    page.get_by_label("Where?").fill("78701")
    page.get_by_role("button", name="Show programs").first.click()
    total = int(re.findall(r"\d+", page.locator("h1").inner_text())[0])
    assert page.locator("svg .pin").count() > 0  # the map stands still, but stands
    page.locator("input[name=payment][value=medicaid]").check()
    page.locator("#narrow").get_by_role("button", name="Show programs").click()
    fewer = int(re.findall(r"\d+", page.locator("h1").inner_text())[0])
    assert 0 < fewer < total
    page.locator(".option").first.get_by_text("Keep").click()
    assert page.get_by_text("Shortlist (1)").is_visible()
    page.get_by_text("Shortlist (1)").click()
    assert page.locator("h1").inner_text() == "Your call sheet"


def test_results_and_counts_change_in_place(visit: Visit) -> None:
    page = visit.page
    visit.given_the_page("/find?near=78701")
    before = page.locator("h1").inner_text()
    page.evaluate("window.same = true")
    page.locator("input[name=payment][value=medicaid]").check()
    page.wait_for_function(
        "before => document.querySelector('h1').innerText !== before", arg=before
    )
    assert "payment=medicaid" in page.url  # the address can be shared
    assert page.evaluate("window.same") is True
    assert page.evaluate("document.activeElement.value") == "medicaid"
    page.go_back()
    page.wait_for_function(
        "before => document.querySelector('h1').innerText === before", arg=before
    )
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_suggestions_come_from_this_site(visit: Visit) -> None:
    visit.given_the_page("/")
    with visit.page.expect_response("**/api/v1/places/suggest**"):
        visit.page.get_by_label("Where?").press_sequentially("aust")
    visit.page.wait_for_function("document.querySelectorAll('#places option').length > 0")
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_my_location_is_asked_for_on_a_click_and_rounded(make_visit: MakeVisit) -> None:
    where = {"latitude": 30.271234, "longitude": -97.743987}
    with make_visit(geolocation=where, permissions=["geolocation"]) as visit:
        visit.given_the_page("/")
        assert not any("30.27" in url for url in visit.requests)
        visit.page.get_by_role("button", name="Use my location").click()
        visit.page.wait_for_url("**/find?**")
        assert "near=30.27%2C-97.74" in visit.page.url
        assert not any("30.271" in url or "743987" in url for url in visit.requests)


def test_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    visit.given_the_page("/find?near=78701")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert seen[0] == "near"  # the question comes first
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    pins = page.locator("svg a.pin")
    pins.first.focus()
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash").startswith("#option-")


def test_targets_are_large_enough(phone: Visit) -> None:
    for path in ("/", "/find?near=78701", "/help-now"):
        phone.given_the_page(path)
        small = phone.page.evaluate(
            """[...document.querySelectorAll('button, .button, select, input[type=text], label.tick, summary, .now a, .top a, footer a')]
               .filter(e => e.offsetParent && e.getBoundingClientRect().height < 43.5)
               .map(e => e.outerHTML.slice(0, 90))"""
        )
        assert small == [], path


def test_at_four_times_the_size(make_visit: MakeVisit) -> None:
    with make_visit(viewport={"width": 320, "height": 256}) as visit:  # 1280 by 1024 at 400 %
        for path in ("/", "/find?near=78701", "/help-now", "/about-the-data"):
            visit.given_the_page(path)
            assert visit.page.evaluate("document.documentElement.scrollWidth") <= 321, path


def test_the_map_moves_with_scripts(visit: Visit) -> None:
    visit.given_the_page("/find?near=78701")
    svg = visit.page.locator(".map svg").first
    before = svg.get_attribute("viewBox")
    visit.page.get_by_role("button", name="Closer").click()
    assert svg.get_attribute("viewBox") != before
    visit.then_the_page_is_accessible()


def test_in_print_the_call_sheet_has_room_to_write(visit: Visit, data_dir: Path) -> None:
    visit.given_the_page(f"/shortlist?site={an_id(data_dir)}")
    visit.page.emulate_media(media="print")
    assert not visit.page.locator(".now").is_visible()
    assert visit.page.locator(".blank").first.is_visible()


def test_leaving_quickly_replaces_this_page(visit: Visit) -> None:
    visit.given_the_page("/find?near=78701")
    visit.page.route("https://**", lambda route: route.fulfill(status=200, body="weather"))
    visit.page.locator("[data-leave]").click()
    visit.page.wait_for_url("https://www.weather.gov/")
    visit.page.go_back()
    assert "near=78701" not in visit.page.url


def test_a_report_without_an_account(visit: Visit, data_dir: Path) -> None:
    visit.given_the_page(f"/site/{an_id(data_dir)}/report")
    visit.page.get_by_label("The telephone number is wrong").check()
    visit.page.locator("textarea").fill("It rings out.")
    visit.page.locator("main form button").click()
    assert visit.page.locator("h1").inner_text()
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_no_search_stands_in_the_servers_log(visit: Visit, site_log: Path) -> None:
    visit.given_the_page("/find?near=Canaryville, IL&q=canaryprogram")
    visit.given_the_page("/nowhere?near=canarytown")
    assert "anary" not in site_log.read_text()
