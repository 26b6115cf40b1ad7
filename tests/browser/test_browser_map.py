"""The map and the device's own place as people meet them: by touch, by keyboard, without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from browsing import Visit

    MakeVisit = Callable[..., AbstractContextManager[Visit]]

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_my_location_is_asked_for_on_a_click_and_rounded(make_visit: MakeVisit) -> None:
    where = {"latitude": 30.271234, "longitude": -97.743987}
    with make_visit(geolocation=where, permissions=["geolocation"]) as visit:
        visit.given_the_page("/")
        assert not any("30.27" in url for url in visit.requests)
        visit.page.get_by_text("Your location is rounded").wait_for()
        visit.page.get_by_role("button", name="Use my location").click()
        expect(visit.page).to_have_url(re.compile("/find.*near=30.27%2C-97.74"))
        assert not any("30.271" in url or "743987" in url for url in visit.requests)


def test_the_map_moves_with_scripts(visit: Visit) -> None:
    visit.given_the_page("/find?near=78701")
    svg = visit.page.locator(".map svg").first
    if visit.page.locator("#show-map").is_visible():
        visit.page.locator("#show-map").check()
        expect(svg).to_be_visible()

    def seen() -> list[float]:
        return [float(n) for n in (svg.get_attribute("viewBox") or "").split()]

    def then(change: str) -> list[float]:
        """What is seen once this is true of it: x, y, width and height."""
        visit.page.wait_for_function(
            f"([e, before]) => {{ const now = e.getAttribute('viewBox').split(' ').map(Number); return {change} }}",
            arg=[svg.element_handle(), last],
        )
        return seen()

    last = seen()
    assert last == [0, 0, 400, 300]
    visit.page.get_by_role("button", name="Closer").click()
    visit.page.get_by_role("button", name="Closer").click()
    last = closer = then("now[2] < 200")
    svg.scroll_into_view_if_needed()
    box = svg.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    visit.page.mouse.move(x, y)
    visit.page.mouse.down()
    visit.page.mouse.move(x - 60, y - 20, steps=4)
    visit.page.mouse.up()
    last = then("now[0] > before[0] && now[1] > before[1]")
    assert last[2] == closer[2]
    svg.locator("a.pin").first.focus()
    last = seen()
    visit.page.keyboard.press("ArrowLeft")
    last = then("now[0] < before[0]")
    visit.page.keyboard.press("-")
    then("now[2] > before[2]")
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_pins_are_reached_by_keyboard_in_the_order_of_the_list(visit: Visit) -> None:
    visit.given_the_page("/find?near=78701")
    page = visit.page
    if page.locator("#show-map").is_visible():
        page.locator("#show-map").check()
    pins = page.locator("svg a.pin")
    expect(pins.first).to_be_visible()
    pins.first.focus()
    said = []
    for _ in range(pins.count()):
        said.append(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        page.keyboard.press("Tab")
    names = page.locator(".option h2").all_inner_texts()
    alone = [f"{i}. {name}" for i, name in enumerate(names, 1)]
    assert all(words in alone or "close together" in words for words in said)
    firsts = [int(re.findall(r"\d+", words.partition(":")[2] or words)[0]) for words in said]
    assert firsts == sorted(firsts) and firsts[0] == 1
    page.locator("svg a.pin:not(.cluster)").first.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"#option-\d+$"))


def test_list_and_map_light_each_other_and_pins_are_large_enough(visit: Visit) -> None:
    visit.given_the_page("/find?near=Pittsburgh, PA")
    page = visit.page
    if page.locator("#show-map").is_visible():
        before = page.locator(".list").bounding_box()
        page.locator("#show-map").check()
        expect(page.locator(".map")).to_be_visible()
        box = page.locator(".map").bounding_box()
        assert before and box and box["y"] < before["y"] + 120  # at hand, not past the list
    page.locator(".tools").wait_for()
    pin = page.locator("svg a.pin:not(.cluster)").first
    number = (pin.get_attribute("href") or "").removeprefix("#option-")
    size = pin.locator("circle").bounding_box()
    assert size and size["width"] >= 23.5
    assert (
        float(
            pin.locator("text").evaluate(
                "t => getComputedStyle(t).fontSize.replace('px', '') * t.getScreenCTM().a"
            )
        )
        >= 10.8
    )
    pin.focus()
    expect(page.locator(f"#option-{number}")).to_have_class(re.compile("lit"))
    page.locator(f"#option-{number} h2 a").focus()
    expect(pin).to_have_class(re.compile("lit"))


def test_pins_that_lie_together_open_in_place_and_without_scripts(
    visit: Visit, without_scripts: Visit
) -> None:
    for visitor in (visit, without_scripts):
        page = visitor.page
        visitor.given_the_page("/find?near=10001")
        if page.locator("#show-map").is_visible():
            page.locator("#show-map").check()
        cluster = page.locator("svg a.cluster").first
        expect(cluster).to_be_visible()
        numbers = (cluster.get_attribute("data-pins") or "").split()
        cluster.click()
        page.locator("a.whole").wait_for()
        for number in numbers:
            expect(page.locator(f"svg a.pin[href='#option-{number}']")).to_be_visible()
    visit.then_the_page_is_accessible()


def test_a_location_refused_says_what_to_do(make_visit: MakeVisit) -> None:
    with make_visit(permissions=[]) as visit:
        visit.given_the_page("/")
        visit.page.get_by_role("button", name="Use my location").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("Type a ZIP or a town instead")
        assert visit.page.evaluate("document.activeElement.id") == "near"


def test_a_location_granted_is_you_in_the_heading(make_visit: MakeVisit) -> None:
    where = {"latitude": 31.76, "longitude": -106.49}
    with make_visit(geolocation=where, permissions=["geolocation"]) as visit:
        visit.given_the_page("/")
        visit.page.get_by_role("button", name="Use my location").click()
        expect(visit.page.locator("h1")).to_contain_text("of you, near")
