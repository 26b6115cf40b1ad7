"""The guide in a real browser: every exit with Back, Spanish and a reload; by keyboard, without
scripts, and with no answer left behind."""

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
    "who": ["self-adult"], "now": ["none"], "suicide": ["no-thoughts"], "today": ["none"],
    "harm": ["none"], "used": ["opioid-street", "stimulants"], "daily": ["stimulants"],
    "last": ["recent"], "withdrawal": ["nothing"], "pregnant": ["no"], "body": ["stable"],
    "past": ["none"], "problems": ["several"], "mind": ["symptoms"], "home": ["uses"],
    "between": ["returning"], "prior": ["weekly"], "life": ["children"], "means": ["unknown"],
    "often": ["weekly"], "drinks": ["many"],
}  # fmt: skip
LOGGED: list[str] = []


class _Quiet(WSGIRequestHandler):
    """Writes its log where the test reads it, as a proxy in front of the site would."""

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
    for _ in range(13):
        if not page.locator("button[value=next]").count():
            return
        for name, values in answers.items():
            for value in values:
                box = page.locator(f'input[name="{name}"][value="{value}"]:not([type=hidden])')
                if box.count():
                    box.check()
        with page.expect_navigation():
            page.locator("button[value=next]").click()


def _then_it_is_accessible(page: Page) -> None:
    violations = Axe().run(page).response["violations"]
    assert not [(v["id"], v["nodes"][0]["html"][:200]) for v in violations], page.url
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 1


EXITS: dict[str, dict[str, list[str]]] = {
    "cannot be woken": {"now": ["not-waking"]},
    "too much, and a plan": {"now": ["took-much"], "suicide": ["plan"]},
    "too much": {"now": ["took-much"]},
    "a plan": {"suicide": ["plan"]},
    "not safe": {"mind": ["unsafe"]},
    "hurt others": {"harm": ["hurt-others"]},
    "voices": {"harm": ["voices"]},
    "hurt at home": {"harm": ["hurt"]},
    "hurt under 18": {"harm": ["hurt"], "who": ["other-youth"]},
    "thoughts under 18": {"suicide": ["thoughts"], "who": ["self-youth"]},
    "cuts": {"harm": ["self-injury"]},
    "revived": {"today": ["revived"]},
    "head": {"today": ["head"]},
    "wound": {"today": ["wound"]},
    "a hospital is needed": {"body": ["unstable"]},
    "heavy drinking": {"used": ["alcohol"], "daily": ["alcohol"], "withdrawal": ["many"]},
    "sedatives": {"used": ["sedative"], "daily": ["sedative"]},
    "opioids, confusion": {"used": ["opioid-street"], "daily": ["none"], "withdrawal": ["severe"]},
    "pregnant, opioids": {"used": ["opioid-street"], "daily": ["none"], "pregnant": ["yes"]},
}


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("danger", EXITS)
def test_the_numbers_of_an_exit_never_vanish(
    browser: Browser, site: str, danger: str, scripts: bool
) -> None:
    """Given an exit, when the person goes on and back, reloads or changes the language,
    then the numbers are there each time, and no browser's page asks to send a form again."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(f"{site}/guide")
    _answer_everything(page, ANSWERS | EXITS[danger])
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
    context.close()


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


@pytest.mark.parametrize("width", [360, 1280])
def test_every_page_of_the_guide_is_accessible(browser: Browser, site: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 800}, bypass_csp=True)
    page = context.new_page()
    for address in ("/guide", "/guide/rules", "/levels?near=78701", "/es/levels", "/es/guide",
                    "/levels?side=iop&side=php&side=residential", "/help-now", "/es/help-now",
                    "/guide/on/too-old"):  # fmt: skip
        page.goto(site + address)
        _then_it_is_accessible(page)
    page.goto(f"{site}/guide")
    for _ in range(12):
        _then_it_is_accessible(page)
        if not page.locator("button[value=next]").count():
            break
        for name, values in ANSWERS.items():
            for value in values:
                box = page.locator(f'input[name="{name}"][value="{value}"]:not([type=hidden])')
                if box.count():
                    box.check()
        with page.expect_navigation():
            page.locator("button[value=next]").click()
    expect(page.locator("h1")).to_have_text("Intensive outpatient (IOP)")
    for danger in ("too much, and a plan", "heavy drinking", "hurt under 18"):
        page.goto(f"{site}/guide")
        _answer_everything(page, ANSWERS | EXITS[danger])
        expect(page.locator(".danger h1")).to_be_visible()
        _then_it_is_accessible(page)
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
