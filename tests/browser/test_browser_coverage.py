"""The coverage checker as people meet it: on a phone, without scripts, in Spanish, on paper."""

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


def answer(visit: Visit, kind: str, prefix: str = "", state: str = "TX", **second: str) -> None:
    """Go through the steps with the kind of insurance and what is typed in the second one."""
    page = visit.page
    visit.given_the_page(f"{prefix}/coverage")
    page.locator(f"input[name=insurance][value={kind}]").check()
    page.locator("#state").select_option(state)
    page.locator("form[action$='/coverage/plan'] button").click()
    expect(page.locator(".step")).to_contain_text(re.compile(r"(Step|Paso) 2 "))
    for field, text in second.items():
        page.locator(f"#{field}").fill(text)
    page.locator("form[action$='/coverage/answer'] button").first.click()
    expect(page.locator("#plan_text, #near")).to_have_count(0)


@pytest.mark.parametrize("path", ["/coverage", "/es/coverage", "/coverage/plan?insurance=marketplace&state=TX&care=iop",
                                  "/coverage/plan?insurance=medicaid", "/es/coverage/plan?insurance=medicare-advantage&care=iop"])  # fmt: skip
def test_the_steps_are_accessible_and_private(visit: Visit, path: str) -> None:
    visit.given_the_page(path)
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("kind", ["medicaid", "medicare", "none"])
def test_answers_are_accessible_and_private(visit: Visit, kind: str, prefix: str) -> None:
    answer(visit, kind, prefix)
    expect(visit.page.locator(".verdict")).to_have_count(3)
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


def test_from_a_card_to_an_interval_that_can_be_changed(visit: Visit) -> None:
    answer(visit, "marketplace", plan_text="unitd gold", near="78701")
    page = visit.page
    visit.then_the_page_is_accessible()
    page.get_by_label("UHC Gold Standard").check()
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator("#cost .says-it")).to_have_text(
        "$900 or a part of the price, at most $8,200"
    )
    expect(page.locator(".scenario")).to_have_count(2)
    assert "40220TX" not in page.url
    page.locator("#change summary").click()
    page.locator("#price").fill("250")
    page.locator("#deductible_met").fill("2000")
    page.get_by_role("button", name="Recalculate").click()
    expect(page.locator("#cost .says-it")).to_have_text("$900 to $1,875")
    expect(page.locator(".links a").first).to_have_attribute("href", re.compile("near=78701"))
    visit.then_the_page_is_accessible()
    visit.then_nothing_left_this_site_and_nothing_is_kept()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_back_shows_every_step_again_and_never_asks_to_send_a_form(
    make_visit: MakeVisit, scripts: bool
) -> None:
    with make_visit(viewport={"width": 360, "height": 740}, java_script_enabled=scripts) as visit:
        page, headings = visit.page, []

        def leads_to(heading: str) -> None:
            expect(page.locator("h1")).to_have_text(heading)
            headings.append(heading)

        visit.given_the_page("/coverage")
        leads_to("Will my insurance cover it?")
        page.locator("input[name=insurance][value=medicaid]").check()
        page.locator("form[action$='/coverage/plan'] button").click()
        expect(page.locator("#state-fault")).to_be_visible()  # the state is missing
        leads_to("Will my insurance cover it?")
        page.locator("#state").select_option("TX")
        page.locator("form[action$='/coverage/plan'] button").click()
        leads_to("Which plan, and which program?")
        page.locator("#site_text").fill("recovery")
        page.get_by_role("button", name="Show the answer").click()
        leads_to("Which one do you mean?")
        page.locator("input[name=site]").first.check()
        page.get_by_role("button", name="Show the answer").click()
        leads_to("What we know about your coverage")
        page.locator("#change summary").click()
        page.locator("#price").fill("250")
        page.get_by_role("button", name="Recalculate").click()
        expect(page.locator("#price")).to_have_value("$250")
        leads_to("What we know about your coverage")
        assert "recovery" not in page.url
        assert "medicaid" not in page.url
        for heading in reversed(headings[:-1]):
            page.go_back()
            expect(page.locator("h1")).to_have_text(heading)
        page.go_forward()
        expect(page.locator("#state-fault")).to_be_visible()
        page.reload()
        expect(page.locator("#state-fault")).to_be_visible()


def test_an_error_has_the_focus_and_a_link(visit: Visit) -> None:
    page = visit.page
    visit.given_the_page("/coverage")
    page.locator("input[name=insurance][value=medicaid]").check()
    page.locator("form[action$='/coverage/plan'] button").click()
    expect(page.locator("#state")).to_be_focused()
    expect(page.locator("#state-fault")).to_be_visible()
    page.locator(".problem a").click()
    expect(page.locator("#state")).to_be_in_viewport()
    visit.then_the_page_is_accessible()


def test_all_of_it_works_without_scripts(without_scripts: Visit) -> None:
    answer(without_scripts, "medicare-advantage", state="AL", plan_text="H0104-012-000")
    page = without_scripts.page
    page.get_by_label("H0104-012-0").check()
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator(".scenario")).to_have_count(2)
    expect(page.locator("#cost")).to_contain_text("rough guide")


def test_it_is_accessible_in_the_dark_and_on_paper(make_visit: MakeVisit) -> None:
    with make_visit(color_scheme="dark", viewport={"width": 360, "height": 740}) as visit:
        answer(visit, "medicaid")
        visit.then_the_page_is_accessible()
        visit.page.emulate_media(media="print")
        expect(visit.page.locator(".script .blank").first).to_be_visible()
        expect(visit.page.locator("#change")).to_be_hidden()


def test_from_a_programs_own_page(visit: Visit) -> None:
    page = visit.page
    visit.given_the_page("/find?near=78701")
    page.locator(".option h2 a").first.click()
    page.wait_for_url("**/site/**")
    name = page.locator("h1").inner_text().splitlines()[0]
    page.get_by_role("link", name="Will my plan pay?").last.click()
    page.wait_for_url("**/coverage?site=**")
    expect(page.locator("main")).to_contain_text(name)
    visit.then_the_page_is_accessible()
