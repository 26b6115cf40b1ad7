"""The guide in a real browser: by keyboard, without scripts, and with no answer left behind."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, Page, expect

from browsing import tab_to
from running import answering
from waypost.levels_of_care.guide.rules_file import the_guide

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ANSWERS = {
    "who": ["self-adult"], "now": ["none"], "suicide": ["no-thoughts"], "withdrawal": ["mild"],
    "substances": ["opioids", "stimulants"], "pregnant": ["no"], "body": ["stable"],
    "overdose": ["none"], "use": ["daily"], "mind": ["symptoms"], "home": ["mixed"],
    "between": ["returning"], "prior": ["weekly"], "life": ["children"],
}  # fmt: skip
LOGGED: list[str] = []
MOST_PAGES = 30


class _Quiet(WSGIRequestHandler):
    """Writes its log where the test reads it."""

    def log_message(self, format: str, *args: Any) -> None:
        LOGGED.append(format % args)


@pytest.fixture
def site(snapshot: Any) -> Iterator[str]:
    """The guide on a server of its own."""
    LOGGED.clear()
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=_Quiet)
    with answering(server) as address:
        yield address


def _answer_everything(page: Page, answers: dict[str, list[str]]) -> None:
    """Answer page by page until there is no next one."""
    for _ in range(MOST_PAGES):
        heading = page.locator("h1").inner_text()
        if not page.locator("button[value=next]").count():
            return
        for name, values in answers.items():
            for value in values:
                box = page.locator(f'input[name="{name}"][value="{value}"]:not([type=hidden])')
                if box.count():
                    box.check()
        with page.expect_navigation():
            page.locator("button[value=next]").click()
    raise AssertionError(f"still asked after {MOST_PAGES} pages: {heading}")


def _see_the_result(page: Page) -> None:
    page.locator("button[value=result]").first.click()
    expect(page.locator("h1")).to_have_text("A level to talk about")


def _then_it_is_accessible(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    assert not [(v["id"], v["nodes"][0]["html"][:200]) for v in violations], page.url
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scripts", [True, False])
def test_no_answer_leaves_the_form(
    browser: Browser, site: str, width: int, scripts: bool, caplog: pytest.LogCaptureFixture
) -> None:
    """Given a person who answers everything, when they reach the result, nothing is left behind."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, accept_downloads=True
    )
    page, requested = context.new_page(), []
    page.on("request", lambda request: requested.append(request.url))
    with caplog.at_level(logging.DEBUG):
        page.goto(f"{site}/guide")
        _answer_everything(page, ANSWERS)
        _see_the_result(page)
        page.locator("#near").fill("Canary Falls 98765")
        with page.expect_navigation():
            page.locator("#near").press("Enter")
        with page.expect_download() as saving:
            page.get_by_role("button", name="Save as a page").click()
    assert saving.value.suggested_filename == "levels-to-talk-about.html"
    assert all(url.startswith((site, "data:")) for url in requested)
    assert [url for url in requested if "?" in url and "/static/" not in url] == []
    assert page.url == f"{site}/guide"
    assert context.cookies() == []
    if scripts:
        kept = "[localStorage.length, sessionStorage.length, history.state]"
        assert page.evaluate(kept) == [0, 0, None]
    written = " ".join([*LOGGED, *(record.getMessage() for record in caplog.records)])
    ids = {choice.id for question in the_guide().questions for choice in question.choices}
    private = {name for name in ids if "-" in name} | {"Canary", "stimulants", "symptoms"}
    assert not [word for word in private if word in written]
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_the_guide_is_accessible(browser: Browser, site: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    for address in ("/guide", "/guide/rules", "/levels?near=78701", "/es/levels", "/es/guide",
                    "/levels?side=iop&side=php&side=residential"):  # fmt: skip
        page.goto(site + address)
        _then_it_is_accessible(page)
    page.goto(f"{site}/guide")
    _answer_everything(page, ANSWERS)
    _then_it_is_accessible(page)
    _see_the_result(page)
    _then_it_is_accessible(page)
    for danger in ({"suicide": ["danger"]}, {"substances": ["alcohol-heavy"]}):
        page.goto(f"{site}/guide")
        _answer_everything(page, ANSWERS | danger)
        expect(page.locator(".danger h1")).to_be_visible()
        _then_it_is_accessible(page)
    context.close()


def test_the_guide_works_by_keyboard_alone(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{site}/guide")
    tab_to(page, "name === 'who'")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=First, is everyone safe?")
    tab_to(page, "value === 'not-waking'")
    page.keyboard.press("Space")
    tab_to(page, "name === 'suicide'")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Call 911 now")
    page.close()


def test_the_result_prints_without_buttons(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 800, "height": 1000})
    page.goto(f"{site}/guide")
    _answer_everything(page, ANSWERS)
    _see_the_result(page)
    page.emulate_media(media="print")
    expect(page.locator("main button:visible")).to_have_count(0)
    expect(page.get_by_text("What would change it")).to_be_visible()
    assert len(page.pdf()) > 5_000
    page.close()
