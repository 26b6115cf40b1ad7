"""Asking the insurer as a visitor meets it: on a real server, with a payer over real HTTP."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import Visit, serving
from running import held_port
from waypost.cli.eligibility.commands import DEMONSTRATION
from waypost.eligibility.loopback import LoopbackPayer
from waypost.eligibility.loopback_acts import Act

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

CANARIES = ("QUIXOTEZZ", "DULCINEAQQ", "CANARYID77Q31", "19871123", "1987-11-23")


class Live:
    """A server with live questions on, its payer, and all that both write."""

    def __init__(
        self, address: str, private: str, payer: LoopbackPayer, folder: Path, site: str
    ) -> None:
        self.address, self.private, self.payer = address, private, payer
        self.folder, self.site = folder, site


@pytest.fixture(scope="module")
def live(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    folder = tmp_path_factory.mktemp("live")
    with sqlite3.connect(data_dir / "snapshot.sqlite3") as connection:
        site = str(connection.execute("SELECT id FROM site WHERE current AND is_iop").fetchone()[0])
    with LoopbackPayer() as payer:
        file = folder / "live.toml"
        file.write_text(DEMONSTRATION.format(url=payer.url("/core/soap"), site=site), "utf-8")
        env = {
            "WAYPOST_ELIGIBILITY_FILE": str(file),
            "WAYPOST_ELIGIBILITY_USER": "user",
            "WAYPOST_ELIGIBILITY_SECRET": "secret",
        }
        # the private process asks; the public one leads there
        with (
            held_port() as desk,
            serving(data_dir, folder, folder / "log", desk_port=desk, **env) as address,
        ):
            yield Live(address, f"http://127.0.0.1:{desk}", payer, folder, site)
            payer.closing.set()  # whoever still waits need not


@pytest.fixture
def visiting(browser: Browser, live: Live) -> Callable:
    @contextmanager
    def make(**options) -> Iterator[Visit]:
        context = browser.new_context(**{"viewport": {"width": 360, "height": 740}} | options)
        try:
            visit = Visit(context, live.address)
            visit.also = (live.private,)
            yield visit
        finally:
            context.close()

    return make


def from_the_answer_to_the_form(visit: Visit, live: Live) -> Page:
    visit.given_the_page(f"/coverage/plan?insurance=medicare&care=iop&site={live.site}")
    visit.page.locator("main form button").first.click()
    visit.page.locator("form[action$='/coverage/live'] button").click()
    expect(visit.page.locator("#payer")).to_be_visible()
    return visit.page


def fill(page: Page) -> None:
    page.select_option("#payer", "LOOP1")
    for name, text in (
        ("first_name", "Dulcineaqq"),
        ("last_name", "Quixotezz"),
        ("month", "11"),
        ("day", "23"),
        ("year", "1987"),
        ("member_id", "canaryid 77q31"),
    ):
        page.fill(f"#{name}", text)
    page.check("#consent")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_the_files_answer_to_the_insurers(
    visiting: Callable, live: Live, scripts: bool
) -> None:
    with visiting(java_script_enabled=scripts) as visit:
        live.payer.will(Act.ANSWER)
        page = from_the_answer_to_the_form(visit, live)
        if scripts:
            visit.then_the_page_is_accessible()
        fill(page)
        page.get_by_role("button", name="Ask the insurer").click()
        expect(page.locator("#said .says-it")).to_have_text("Active")
        expect(page.locator("#said").get_by_text("$1,250.50")).to_have_count(1)
        expect(page).to_have_url(f"{live.private}/coverage/live/answer")
        if scripts:
            visit.then_the_page_is_accessible()
            visit.then_nothing_left_this_site_and_nothing_is_kept()
        assert not [one for one in CANARIES for url in visit.requests if one in url.upper()]


def test_without_consent_the_form_comes_back_and_nothing_is_asked(
    visiting: Callable, live: Live
) -> None:
    with visiting() as visit:
        page = from_the_answer_to_the_form(visit, live)
        before = live.payer.questions
        page.get_by_role("button", name="Ask the insurer").click()
        expect(page.get_by_role("alert").get_by_text("Without your consent")).to_have_count(1)
        assert live.payer.questions == before
        visit.then_the_page_is_accessible()


def test_who_waits_sees_how_far_it_is_and_others_are_served_meanwhile(
    visiting: Callable, live: Live
) -> None:
    live.payer.will(Act.DOWN_42, Act.ANSWER, Act.DELAY)
    with visiting(java_script_enabled=False) as visit:
        page = from_the_answer_to_the_form(visit, live)
        fill(page)
        button = page.get_by_role("button", name="Ask the insurer")
        button.click(no_wait_after=True)
        page.locator(".progress li").nth(1).wait_for()
        page.get_by_text("asking once more").wait_for()
        page.locator("#said").wait_for()
    with visiting(java_script_enabled=False) as visit:  # now the payer keeps everybody waiting
        page = from_the_answer_to_the_form(visit, live)
        fill(page)
        page.get_by_role("button", name="Ask the insurer").click(no_wait_after=True)
        page.get_by_text("From public rules and files").wait_for()
        page.locator(".progress li").nth(1).wait_for()  # a word each few seconds
        expect(page.locator("#said")).to_have_count(0)
        with visiting() as other:
            other.given_the_page("/help-now")
            expect(other.page.locator("h1")).to_have_count(1)


def test_nothing_of_who_asked_is_on_the_servers_disk(visiting: Callable, live: Live) -> None:
    live.payer.will(Act.ANSWER)
    with visiting(java_script_enabled=False) as visit:
        page = from_the_answer_to_the_form(visit, live)
        fill(page)
        page.get_by_role("button", name="Ask the insurer").click()
        expect(page.locator("#said .says-it")).to_have_text("Active")
    assert (live.folder / "log").exists()
    for path in live.folder.rglob("*"):
        if path.is_file() and path.name != "snapshot.sqlite3":
            held = path.read_bytes().upper()
            assert [one for one in CANARIES if one.encode() in held] == [], path
