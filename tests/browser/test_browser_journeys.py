"""Six people look for care, each on a phone and on a desk, from what they type to whom they call."""

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


def when_they_ask(visit: Visit, where: str, **more: str) -> None:
    """Fill the first form, whose other questions are the age and the payment, and send it."""
    form = visit.page.locator("form").filter(has=visit.page.locator("#near"))
    form.locator("[name=near]").fill(where)
    if "age" in more:
        form.locator("[name=age]").fill(more["age"])
    if "payment" in more:
        form.locator("select[name=payment]").select_option(more["payment"])
    form.locator("button:not([type=button])").first.click()
    visit.page.wait_for_url("**/find?*")


def then_a_program_can_be_called(visit: Visit) -> None:
    """The first program has a number, and its page decides."""
    first = visit.page.locator(".option").first
    expect(first.locator("a[href^='tel:']").first).to_be_visible()
    first.locator("h2 a").click()
    expect(visit.page.locator(".decides").first).to_be_visible()
    expect(visit.page.locator("a[href^='tel:']").first).to_be_visible()


def then_it_is_whole(visit: Visit) -> None:
    """The last line of every journey."""
    visit.then_nothing_left_this_site_and_nothing_is_kept()
    visit.then_the_page_is_accessible()


def test_a_mother_of_a_16_year_old_with_medicaid_in_el_paso(visit: Visit) -> None:
    visit.given_the_page("/")
    when_they_ask(visit, "El Paso", age="16", payment="medicaid")
    heading = visit.page.locator("h1")
    expect(heading).to_contain_text("accept a 16-year-old")
    expect(heading).to_contain_text("Medicaid")
    expect(visit.page.get_by_role("link", name="Take off: Medicaid")).to_be_visible()
    then_a_program_can_be_called(visit)
    expect(visit.page.locator(".decides").first).to_contain_text("Under 18: yes")
    then_it_is_whole(visit)


def test_a_veteran_who_misspells_boise(visit: Visit) -> None:
    visit.given_the_page("/")
    when_they_ask(visit, "Boisee Idaho", payment="military")
    expect(visit.page.locator("h1")).to_contain_text("Boise, ID")
    expect(visit.page.get_by_text("We read “Boisee Idaho”")).to_be_visible()
    then_a_program_can_be_called(visit)
    visit.page.go_back()
    expect(visit.page.locator("h1")).to_contain_text("Boise, ID")
    then_it_is_whole(visit)


def test_someone_who_reads_spanish_in_houston(visit: Visit) -> None:
    visit.given_the_page("/es/")
    when_they_ask(visit, "cerca de Houston")
    expect(visit.page.locator("h1")).to_contain_text("Houston, TX")
    expect(visit.page.locator("html")).to_have_attribute("lang", "es")
    visit.page.locator(".option h2 a").first.click()
    visit.page.wait_for_url("**/es/site/**")
    then_it_is_whole(visit)


def test_a_rancher_where_nothing_is_near(visit: Visit) -> None:
    visit.given_the_page("/")
    when_they_ask(visit, "79830")
    expect(visit.page.locator("h1")).to_contain_text("No intensive outpatient program")
    changes = visit.page.locator("section.note")
    expect(changes.locator("li").first).to_contain_text("telehealth")
    expect(changes).to_contain_text("The nearest that fits:")
    changes.locator("li a").first.click()
    expect(visit.page.locator(".option").first).to_be_visible()
    then_it_is_whole(visit)


def test_someone_who_types_a_place_with_many_namesakes(visit: Visit) -> None:
    visit.given_the_page("/")
    when_they_ask(visit, "Springfield")
    expect(visit.page.get_by_text("Several places are called")).to_be_visible()
    visit.page.get_by_role("link", name="Springfield, MA").click()
    expect(visit.page.locator("h1")).to_contain_text("Springfield, MA")
    then_a_program_can_be_called(visit)
    then_it_is_whole(visit)


def test_a_discharge_planner_who_prints_three_programs(visit: Visit) -> None:
    visit.given_the_page("/find?near=78701&payment=medicaid")
    for n in (1, 2, 3):
        visit.page.locator(f"#option-{n}").get_by_role("link", name=re.compile("^Keep ")).click()
        expect(visit.page.get_by_text(f"Your list ({n})").first).to_be_visible()
    visit.page.get_by_text("Your list (3)").first.click()
    expect(visit.page.locator("section.call")).to_have_count(3)
    expect(visit.page.locator(".needs")).to_contain_text("Medicaid")
    then_it_is_whole(visit)


PAGES = ("/", "/find?near=78701", "/find?near=Toronto", "/levels?near=78701", "/es/find?near=512")
SEEN = "e => getComputedStyle(e).stroke !== getComputedStyle(e).fill"


@pytest.mark.parametrize("width", [320, 768])
def test_changed_pages_at_other_widths(make_visit: MakeVisit, width: int) -> None:
    with make_visit(viewport={"width": width, "height": 700}) as visit:
        for path in PAGES:
            visit.given_the_page(path)
            visit.then_the_page_is_accessible()


def test_in_forced_colors_pins_have_an_outline_and_every_page_is_accessible(
    make_visit: MakeVisit,
) -> None:
    """axe compares the colors that the system chose."""
    with make_visit(viewport={"width": 1280, "height": 700}, forced_colors="active") as visit:
        for path, width in zip((*PAGES, "/guide"), (320, 360, 768, 1280, 360, 320), strict=True):
            visit.page.set_viewport_size({"width": width, "height": 700})
            visit.given_the_page(path)
            visit.then_the_page_is_accessible()
        visit.given_the_page("/find?near=78701")
        assert visit.page.locator("svg a.pin circle").first.evaluate(SEEN)
