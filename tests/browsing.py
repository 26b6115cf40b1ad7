"""A real browser on a real server: `waypost serve` as an operator starts it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from data_folder import link_snapshot
from required import need
from running import answer_of, held_port, logged

# A busy machine is no fault: what a click leads to may take its time.
expect.set_options(timeout=60_000)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def site_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the server writes."""
    return tmp_path_factory.mktemp("server") / "log"


@pytest.fixture(scope="session")
def site(data_dir: Path, site_log: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running Waypost on a data folder of its own."""
    folder = tmp_path_factory.mktemp("data")
    with serving(data_dir, folder, site_log) as address:
        yield address


@contextmanager
def serving(
    data_dir: Path, folder: Path, log: Path, desk_port: int = 0, **env: str
) -> Iterator[str]:
    """`waypost serve` on a data folder with the tests' snapshot, as an operator starts it.

    With a ``desk_port`` the private process is served too.
    """
    link_snapshot(folder)
    command = [sys.executable, "-m", "waypost.config.command", "serve", "--workers", "1"]
    settings = os.environ | {"WAYPOST_DATA_DIR": str(folder)} | env
    if desk_port:
        settings |= {"WAYPOST_PRIVATE_BASE_URL": f"http://127.0.0.1:{desk_port}"}
        settings.pop("DJANGO_SETTINGS_MODULE", None)  # the command chooses for itself
    with (
        held_port() as port,
        logged(
            [*command, "--desk-port", str(desk_port), "--port", str(port)], log, settings
        ) as server,
    ):
        address = f"http://127.0.0.1:{port}"
        answer_of(f"{address}/robots.txt", server, log)
        if desk_port:
            answer_of(f"http://127.0.0.1:{desk_port}/account/login/", server, log)
        yield address


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Playwright itself."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium where there is one, else Playwright's own."""
    try:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
    except Error as error:
        need(False, "a browser", error.message.splitlines()[0])
    yield chromium
    chromium.close()


def violations(page: Page) -> list[tuple[str, list[str]]]:
    """What axe finds: the rule, and the first places where it is broken.

    Every rule is tried; only what passed is not written out, which takes half of axe's time.
    """
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    found = results.response["violations"]
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]][:3]) for rule in found]


def accessible(page: Page) -> None:
    """axe finds nothing, and nothing sticks out at the side."""
    found = violations(page)
    assert not found, f"{page.url}: {found}"
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert wide <= 1, f"{page.url} sticks out by {wide} pixels"


class Visit:
    """A page and every request it made."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.also: tuple[str, ...] = ()  # other processes of ours
        self.context = context
        context.set_default_timeout(120_000)
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.faults: list[str] = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self._heard(message.type, message.text))

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append(text)

    def given_the_page(self, path: str) -> None:
        """Go to a page of ours."""
        self.page.goto(self.site + path)

    def then_the_page_is_accessible(self) -> None:
        """axe finds nothing, nothing sticks out at the side, and no script failed."""
        accessible(self.page)
        assert not self.faults, f"{self.page.url}: {self.faults}"

    def then_nothing_left_this_site_and_nothing_is_kept(self) -> None:
        """No request to another origin, no cookie, no storage."""
        assert self.requests
        own = (self.site, *self.also, "data:", "blob:")
        assert [url for url in self.requests if not url.startswith(own)] == []
        assert self.context.cookies() == []
        assert self.page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]


def tab_to(page: Page, script: str) -> None:
    """Press Tab until this is true of what has the focus; a failure where nothing is reached."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate(f"document.activeElement.{script}"):
            return
    raise AssertionError(f"no way by keyboard to {script} on {page.url}")


@pytest.fixture(params=[360, 1280])
def visit(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Visit]:
    """A visitor on a phone, then on a desk."""
    context = browser.new_context(viewport={"width": request.param, "height": 800})
    yield Visit(context, site)
    context.close()


@pytest.fixture
def phone(browser: Browser, site: str) -> Iterator[Visit]:
    """A visitor on a small phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
    yield Visit(context, site)
    context.close()


@pytest.fixture
def without_scripts(browser: Browser, site: str) -> Iterator[Visit]:
    """A visitor whose browser runs no scripts."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield Visit(context, site)
    context.close()


@pytest.fixture
def make_visit(browser: Browser, site: str) -> Callable[..., AbstractContextManager[Visit]]:
    """Visitors with settings of their own."""

    @contextmanager
    def make(**options: Any) -> Iterator[Visit]:
        context = browser.new_context(**options)
        try:
            yield Visit(context, site)
        finally:
            context.close()

    return make
