"""The search as people meet it: on a phone, without scripts, with the keyboard alone."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from browsing import Visit

    MakeVisit = Callable[..., AbstractContextManager[Visit]]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_from_the_first_question_to_a_telephone_number(visit: Visit) -> None:
    visit.given_the_page("/")
    visit.page.get_by_label("Where?").fill("Pitsburg PA")
    visit.page.get_by_role("button", name="Show programs").first.click()
    expect(visit.page.locator("h1")).to_contain_text("Pittsburgh, PA")
    first = visit.page.locator(".option").first
    expect(first.locator("a[href^='tel:+1']")).to_have_count(1)
    first.locator("h2 a").click()
    expect(visit.page.get_by_text("What to ask when you call")).to_be_visible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()
    visit.then_the_page_is_accessible()


def test_all_of_it_works_without_scripts(without_scripts: Visit) -> None:
    page = without_scripts.page
    without_scripts.given_the_page("/")
    page.get_by_label("Where?").fill("78701")
    page.get_by_role("button", name="Show programs").first.click()
    page.wait_for_url("**/find?near=78701*")
    total = int(re.findall(r"\d+", page.locator("h1").inner_text())[0])
    expect(page.locator("svg .pin")).not_to_have_count(0)  # the map stands still, but stands
    page.locator("input[name=payment][value=medicaid]").check()
    page.locator("#narrow").get_by_role("button", name="Show these programs").click()
    page.wait_for_url("**payment=medicaid**")
    heading = page.locator("h1").inner_text()
    fewer = int(re.findall(r"; (\d+) take Medicaid", heading)[0])
    assert 0 < fewer < total and heading.startswith(str(total))
    page.get_by_role("link", name="Take off: Medicaid").click()
    expect(page.locator("h1")).not_to_contain_text("Medicaid")
    page.go_back()
    expect(page.locator("h1")).to_contain_text("Medicaid")
    page.locator(".option").first.get_by_role("link", name=re.compile("^Keep ")).click()
    expect(page.get_by_text("Your list (1)").first).to_be_visible()
    page.get_by_text("Your list (1)").first.click()
    expect(page.locator("h1")).to_contain_text("Your list")


def test_what_only_a_script_can_do_is_not_offered_without_one(without_scripts: Visit) -> None:
    page = without_scripts.page
    for path in ("/", "/find?near=78701"):
        without_scripts.given_the_page(path)
        expect(page.locator("[data-locate]")).to_have_count(1)
        for waiting in page.locator("[hidden]").all():
            expect(waiting).to_be_hidden()
    without_scripts.given_the_page("/")
    expect(page.get_by_text("Your location is rounded")).to_be_hidden()


def test_results_and_counts_change_in_place(visit: Visit) -> None:
    page = visit.page
    visit.given_the_page("/find?near=78701")
    heading, box = page.locator("h1"), page.locator("input[name=payment][value=medicaid]")
    before = heading.inner_text()
    page.evaluate("window.same = true")
    box.check()
    expect(heading).not_to_have_text(before, use_inner_text=True)
    expect(page).to_have_url(re.compile("payment=medicaid"))  # the address can be shared
    assert page.evaluate("window.same") is True
    expect(box).to_be_focused()
    page.go_back()
    expect(heading).to_have_text(before, use_inner_text=True)
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


@pytest.mark.parametrize("by", ["finger", "keyboard"])
def test_a_ticked_choice_stays_where_it_is(phone: Visit, by: str) -> None:
    """The list above it grows much shorter; what was ticked does not move, and keeps the focus."""
    page = phone.page
    phone.given_the_page("/find?near=Pittsburgh, PA&within=50")
    page.locator("#narrow details").evaluate_all("all => all.forEach(d => d.open = true)")
    box = page.locator("input[name=payment][value=va-funds]")
    box.evaluate("b => b.scrollIntoView({ block: 'center', behavior: 'instant' })")
    top, long = (
        "document.querySelector('input[name=payment][value=va-funds]').getBoundingClientRect().top",
        "document.querySelector('.list').offsetHeight",
    )
    before, tall = page.evaluate(top), page.evaluate(long)
    if by == "finger":
        box.tap()
    else:
        box.focus()
        page.keyboard.press("Space")
    page.wait_for_url("**payment=va-funds**")
    page.wait_for_function(f"{long} < {tall - 500} && Math.abs({top} - {before}) <= 2")
    expect(box).to_be_focused()
    expect(box).to_be_checked()


def test_suggestions_come_from_this_site(visit: Visit) -> None:
    visit.given_the_page("/")
    with visit.page.expect_response("**/api/v1/places/suggest**"):
        visit.page.get_by_label("Where?").press_sequentially("aust")
    visit.page.wait_for_function("document.querySelectorAll('#places option').length > 0")
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit.page
    visit.given_the_page("/find?near=78701")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    seen = []
    for _ in range(14):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert seen[0] == "near"  # the question comes first
    page.locator("#near").focus()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    if page.locator("#show-map").is_visible():
        page.locator("#show-map").check()
        expect(page.locator(".map")).to_be_visible()
    pins = page.locator("svg a.pin:not(.cluster)")
    pins.first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#option-"))


def test_a_search_begins_on_enter_or_the_button_and_never_on_tab(visit: Visit) -> None:
    page = visit.page
    visit.given_the_page("/find?near=78701")
    page.locator("#near").fill("Dallas, TX")
    page.keyboard.press("Tab")
    page.locator("h1").click()
    expect(page.locator("#near")).to_have_value("Dallas, TX")  # a search would have loaded a page
    expect(page).not_to_have_url(re.compile("Dallas"))
    page.locator("#near").press("Enter")
    expect(page.locator("h1")).to_contain_text("Dallas, TX")


def test_without_a_connection_a_tick_stays_and_it_can_be_tried_again(visit: Visit) -> None:
    page = visit.page
    visit.given_the_page("/find?near=78701")
    visit.context.set_offline(True)
    box = page.locator("input[name=payment][value=medicaid]")
    box.check()
    expect(page.locator(".offline")).to_contain_text("No connection.")
    expect(box).to_be_checked()
    visit.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("h1")).to_contain_text("Medicaid")
    expect(box).to_be_checked()


def test_a_choice_is_found_by_a_word_while_typing(visit: Visit) -> None:
    page = visit.page
    visit.given_the_page("/find?near=78701")
    page.locator("#choose").press_sequentially("daycare", delay=60)
    expect(page.get_by_text("Choices for “daycare”")).to_be_visible()
    expect(page.locator("#choose")).to_have_value("daycare")
    expect(page.locator("#choose")).to_be_focused()
    visit.then_the_page_is_accessible()


def test_the_crisis_bar_stays_and_says_what_988_is(phone: Visit) -> None:
    page = phone.page
    phone.given_the_page("/find?near=78701")
    page.mouse.wheel(0, 3000)
    for name in ("Call 911", "Call or text 988"):
        expect(page.get_by_role("link", name=name)).to_be_in_viewport()
    expect(page.locator("[data-leave]")).to_be_in_viewport()


def test_the_first_number_is_on_the_first_screen_of_a_phone(phone: Visit) -> None:
    for path in ("/find?near=78701", "/find?near=15213", "/find?near=78701&payment=medicaid"):
        phone.given_the_page(path)
        number = phone.page.locator(".option a[href^='tel:']").first.bounding_box()
        heading = phone.page.locator("h1").bounding_box()
        assert heading and heading["y"] < 200
        assert number and number["y"] + number["height"] <= 740, path


def test_the_menu_opens_under_its_button(phone: Visit) -> None:
    page = phone.page
    phone.given_the_page("/find?near=78701")
    button, links = page.locator(".menu summary"), page.locator(".menu nav")
    before = button.bounding_box()
    button.tap()
    expect(links).to_be_visible()
    opened = links.bounding_box()
    assert before and opened and button.bounding_box() == before
    assert opened["width"] == 360 and opened["y"] >= before["y"] + before["height"]
    phone.then_the_page_is_accessible()
    page.locator("#near").focus()
    expect(links).to_be_hidden()


def test_the_results_page_is_light(make_visit: MakeVisit) -> None:
    """At most 8 requests and 60 kB over the wire, scripts and map and all, as the browser counts."""
    for path in (
        "/find?near=78701",
        "/find?near=10001&within=100",
        "/es/find?near=Los Angeles, CA",
    ):
        with make_visit(viewport={"width": 1280, "height": 800}) as visit:
            wire = visit.context.new_cdp_session(visit.page)
            wire.send("Network.enable")
            sizes: list[float] = []
            wire.on(
                "Network.loadingFinished",
                lambda done, to=sizes: to.append(done["encodedDataLength"]),
            )
            visit.given_the_page(path)  # whole: the files it names are loaded
            visit.page.locator(".tools").wait_for()  # and so is what its scripts have put there
            assert len(sizes) >= 4 and len(visit.requests) <= 8
            assert sum(sizes) <= 60_000


def test_leaving_quickly_replaces_this_page(visit: Visit) -> None:
    visit.given_the_page("/find?near=78701")
    visit.page.route("https://**", lambda route: route.fulfill(status=200, body="weather"))
    visit.page.locator("[data-leave]").click()
    visit.page.wait_for_url("https://www.weather.gov/")
    visit.page.go_back()
    expect(visit.page).not_to_have_url(re.compile("near=78701"))


def test_no_search_stands_in_the_servers_log(visit: Visit, site_log: Path) -> None:
    visit.given_the_page("/find?near=Canaryville, IL&q=canaryprogram")
    visit.given_the_page("/nowhere?near=canarytown")
    assert "anary" not in site_log.read_text()
