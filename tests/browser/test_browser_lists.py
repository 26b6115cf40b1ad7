"""What is kept, printed and reported."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from browsing import Visit

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def an_id(data_dir: Path) -> str:
    """The id of a program near Austin."""
    with sqlite3.connect(data_dir / "snapshot.sqlite3") as connection:
        rows = connection.execute(
            "SELECT id FROM site WHERE current AND is_iop AND county_fips = '48453' ORDER BY id"
        )
        return str(rows.fetchone()[0])


def test_keeping_and_turning_the_page_change_in_place(visit: Visit) -> None:
    page = visit.page
    visit.given_the_page("/find?near=Pittsburgh, PA")
    page.evaluate("window.same = true")
    page.locator(".option .acts .quiet").nth(1).click()
    page.get_by_text("Your list (1)").first.wait_for()
    expect(page).to_have_url(re.compile("keep=site_"))
    page.wait_for_function("document.activeElement.closest('.option')?.id === 'option-2'")
    page.get_by_role("link", name="Next").click()
    page.locator("#option-21").wait_for()
    expect(page).to_have_url(re.compile("(?=.*page=2)(?=.*keep=site_)"))
    expect(page.locator("h1")).to_be_focused()
    heading = page.locator("h1").inner_text().replace("\n", " ")
    expect(page.locator("[data-said]")).to_have_text(heading)
    assert page.evaluate("window.same") is True
    page.reload()
    expect(page.locator("#option-21")).to_have_count(1)  # the address says it all


def test_a_kept_program_leads_to_the_list_and_says_so(phone: Visit) -> None:
    page = phone.page
    phone.given_the_page("/find?near=78701")
    page.locator("#option-3 .acts .quiet").tap()
    link = page.locator("#option-3").get_by_role("link", name="Your list (1)")
    link.wait_for()
    name = page.locator("#option-3 h2").inner_text()
    expect(page.locator("[data-said]")).to_have_text(f"{name} kept, 1 on your list")
    page.wait_for_function("document.activeElement.closest('.option')?.id === 'option-3'")
    phone.then_the_page_is_accessible()
    link.tap()
    page.wait_for_url(re.compile("/shortlist.*near=78701.*site=site_"))


def test_in_print_the_call_sheet_has_room_to_write(visit: Visit, data_dir: Path) -> None:
    visit.given_the_page(f"/shortlist?site={an_id(data_dir)}")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".now")).to_be_hidden()
    expect(visit.page.locator(".blank").first).to_be_visible()
    expect(visit.page.get_by_text("What to ask when you call")).to_be_visible()


SHEETS = re.compile(rb"/Type\s*/Page[^s]")


def test_three_programs_print_on_one_page_and_compare_on_two(visit: Visit, data_dir: Path) -> None:
    """On paper of both sizes and in both languages, with what is needed on top."""
    with sqlite3.connect(data_dir / "snapshot.sqlite3") as connection:
        near = "SELECT id FROM site WHERE current AND is_iop AND county_fips = '48453' ORDER BY id"
        ids = [row[0] for row in connection.execute(near).fetchmany(3)]
    kept = "near=78701&payment=medicaid&age=16&" + "&".join(f"site={i}" for i in ids)
    for path, most in (("/shortlist", 1), ("/es/shortlist", 1), ("/compare", 2)):
        visit.given_the_page(f"{path}?{kept}")
        for paper in ("Letter", "A4"):
            printed = visit.page.pdf(format=paper)
            assert len(SHEETS.findall(printed)) <= most, (path, paper)


def test_in_print_a_list_keeps_its_numbers_and_its_map(visit: Visit) -> None:
    visit.given_the_page("/find?near=78701")
    visit.page.emulate_media(media="print")
    expect(visit.page.locator(".option a[href^='tel:']").first).to_be_visible()
    expect(visit.page.locator("svg a.pin").first).to_be_visible()
    for hidden in (".now", ".menu", ".ask", "#narrow", ".tools", "footer nav"):
        expect(visit.page.locator(hidden).first).to_be_hidden()


def test_back_and_reload_after_a_report_that_is_not_taken(visit: Visit, data_dir: Path) -> None:
    """Each step is an address: what was typed stands there, and no form is sent twice."""
    page = visit.page
    visit.given_the_page(f"/site/{an_id(data_dir)}/report")
    page.get_by_label("Something else").check()
    page.locator("textarea").fill(" ")
    page.locator("main form button").click()
    expect(page.locator("[role=alert]")).to_contain_text("in a few words")
    expect(page).to_have_url(re.compile(r"/report/on/[\w-]+$"))
    visit.then_the_page_is_accessible()
    reloaded = page.reload()
    assert reloaded is not None and reloaded.request.method == "GET" and reloaded.status == 400
    expect(page.get_by_label("Something else")).to_be_checked()
    page.locator("textarea").fill("It is a bakery.")
    page.locator("main form button").click()
    expect(page.locator("h1")).to_contain_text("Thank you")
    page.go_back()
    expect(page.locator("[role=alert]")).to_contain_text("in a few words")
    page.go_back()
    expect(page.locator("[role=alert]")).to_have_count(0)
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_a_report_without_an_account(visit: Visit, data_dir: Path) -> None:
    visit.given_the_page(f"/site/{an_id(data_dir)}/report")
    visit.page.get_by_label("The telephone number is wrong").check()
    visit.page.locator("textarea").fill("It rings out.")
    visit.page.locator("main form button").click()
    expect(visit.page.locator("textarea")).to_have_count(0)
    expect(visit.page).to_have_url(re.compile(r"/report\?sent=yes$"))
    visit.then_the_page_is_accessible()
    visit.page.reload()  # shows the page again and sends nothing
    expect(visit.page.locator("h1")).to_contain_text("Thank you")
    visit.page.go_back()
    expect(visit.page.locator("textarea")).to_be_visible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()
