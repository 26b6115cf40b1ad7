"""The guide in a real browser: every exit with Back, Spanish and a reload; by keyboard, without
scripts, and with no answer left behind."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browsing import tab_to, violations
from levels_of_care.guide_exits import ANSWERS, EXITS, OF_EACH_KIND, before
from running import answering
from waypost.levels_of_care.guide.rules_file import the_guide

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LOGGED: list[str] = []


class _Quiet(WSGIRequestHandler):
    """Writes its log where the test reads it, as a proxy in front of the site would."""

    def log_message(self, format: str, *args: Any) -> None:
        LOGGED.append(format % args)


@pytest.fixture(scope="module")
def site(snapshot: Any) -> Iterator[str]:
    """The guide on a server of its own, one for all tests here."""
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=_Quiet)
    with answering(server) as address:
        yield address


def _answer_everything(page: Page, answers: dict[str, list[str]]) -> None:
    for _ in range(13):
        if not page.locator("button[value=next]").count():
            return
        _answer_one_page(page, answers)


BOXES = "boxes => boxes.map(box => [box.name, box.value])"


def _answer_one_page(page: Page, answers: dict[str, list[str]]) -> None:
    for name, value in page.eval_on_selector_all("input:not([type=hidden])", BOXES):
        if value in answers.get(name, ()):
            page.locator(f'input[name="{name}"][value="{value}"]').check()
    with page.expect_navigation():
        page.locator("button[value=next]").click()


def _then_it_is_accessible(page: Page) -> None:
    found = violations(page)
    assert not found, f"{page.url}: {found}"
    _then_it_fits(page)


def _then_it_fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1


@pytest.fixture(scope="module")
def phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A small phone, with and without scripts, for all walks."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=request.param
    )
    yield context
    context.close()


@pytest.mark.parametrize(
    ("phone", "danger"),
    [*((False, danger) for danger in EXITS), *((True, danger) for danger in OF_EACH_KIND)],
    indirect=["phone"],
)
def test_the_numbers_of_an_exit_never_vanish(phone: BrowserContext, site: str, danger: str) -> None:
    """Given an exit, when the person goes on and back, reloads or changes the language,
    then the numbers are there each time, and no browser's page asks to send a form again."""
    page = phone.new_page()
    start, answers = before(danger)
    page.goto(f"{site}{start}")
    _answer_everything(page, answers)
    box = page.locator(".danger h1")
    expect(box).to_be_visible()
    heading = box.inner_text()
    address = page.url
    numbers = page.locator('.danger a[href^="tel:"]')
    shown = [numbers.nth(i).get_attribute("href") for i in range(numbers.count())]
    assert "tel:911" in shown and "tel:988" in shown and len(shown) == len(set(shown))

    response = page.reload()
    assert response and response.status == 200 and response.request.method == "GET"
    expect(box).to_have_text(heading)

    page.get_by_role("link", name="Help now").first.click()
    expect(page.locator("h1")).to_have_text("Help now")
    page.go_back()
    expect(box).to_have_text(heading)

    page.get_by_role("link", name="En español, con mis respuestas").click()
    page.wait_for_url("**/es/guide/on/**")
    expect(page.locator('.danger a[href="tel:911"]')).to_be_visible()
    assert page.locator(".danger h1").inner_text() != heading
    page.go_back()
    expect(box).to_have_text(heading)

    page.go_back()  # to the questions that led here
    expect(page.locator("legend").first).to_be_visible()
    page.go_forward()
    expect(box).to_have_text(heading)
    assert page.url == address
    page.close()


@pytest.mark.parametrize("phone", [False, True], indirect=True)
def test_a_whole_walk_ends_in_the_exit_that_the_shorter_ones_start_before(
    phone: BrowserContext, site: str
) -> None:
    page = phone.new_page()
    page.goto(f"{site}/guide")
    _answer_everything(page, ANSWERS | EXITS["pregnant, opioids"])
    expect(page.locator(".danger h1")).to_have_text("Please call a doctor today")
    page.close()


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
    LOGGED.clear()
    page.on("request", lambda request: requested.append(request.url))
    with caplog.at_level(logging.DEBUG):
        page.goto(f"{site}/guide")
        _answer_everything(page, ANSWERS)
        expect(page.locator("h1")).to_have_text("Intensive outpatient (IOP)")
        page.locator("#near").fill("Canary Falls 98765")
        with page.expect_navigation():
            page.locator("#near").press("Enter")
        expect(page.locator(".problem")).to_be_visible()
        page.locator("#keep > summary").click()
        with page.expect_download() as saving:
            page.get_by_role("button", name="Save as a page").click()
    assert saving.value.suggested_filename == "levels-to-talk-about.html"
    assert all(url.startswith((site, "data:")) for url in requested)
    assert [url for url in requested if "?" in url and "/static/" not in url] == []
    assert context.cookies() == []
    if scripts:
        kept = "[localStorage.length, sessionStorage.length, history.state]"
        assert page.evaluate(kept) == [0, 0, None]
    written = " ".join([*LOGGED, *requested, *(r.getMessage() for r in caplog.records)])
    ids = {choice.id for question in the_guide().questions for choice in question.choices}
    private = {name for name in ids if "-" in name} | {"Canary", "stimulants", "symptoms"}
    assert not [word for word in private if word in written]
    context.close()


def test_every_page_of_the_guide_is_accessible(browser: Browser, site: str) -> None:
    """On a phone; at a desk each page fits, and one of each template is looked at again.

    Pages that have an address of their own are looked at with all others (tests/browser).
    """
    context = browser.new_context(viewport={"width": 360, "height": 800}, bypass_csp=True)
    page, looked_at = context.new_page(), set()

    def look(template: str) -> None:
        _then_it_is_accessible(page)
        page.set_viewport_size({"width": 1280, "height": 800})
        _then_it_fits(page) if template in looked_at else _then_it_is_accessible(page)
        page.set_viewport_size({"width": 360, "height": 800})
        looked_at.add(template)

    page.goto(f"{site}/guide")
    for _ in range(12):
        if not page.locator("button[value=next]").count():
            break
        look("questions")
        _answer_one_page(page, ANSWERS)
    expect(page.locator("h1")).to_have_text("Intensive outpatient (IOP)")
    look("result")
    for danger in ("too much, and a plan", "heavy drinking", "hurt under 18"):
        start, answers = before(danger)
        page.goto(f"{site}{start}")
        _answer_everything(page, answers)
        expect(page.locator(".danger h1")).to_be_visible()
        look("exit")
    context.close()


def test_the_guide_works_by_keyboard_alone(browser: Browser, site: str) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})

    page.goto(f"{site}/guide")
    tab_to(page, "name === 'who'")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=First, are you safe?")
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
    expect(page.locator("h1")).to_have_text("Intensive outpatient (IOP)")
    page.emulate_media(media="print")
    expect(page.locator("main button:visible")).to_have_count(0)
    expect(page.get_by_text("What to say on the phone")).to_be_visible()
    assert len(page.pdf()) > 5_000
    page.close()
