"""Staff's journeys in a real browser, on a desk as an operator starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browsing import accessible
from data_folder import link_snapshot
from running import answer_of, held_port, logged

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
STRONG = "correct horse battery 9"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@dataclass(frozen=True)
class Desk:
    """A running desk: its address, and how `waypost staff` is called for it."""

    address: str
    env: dict[str, str]

    def invite(self, email: str) -> str:
        words = [sys.executable, "-m", "waypost.config.command", "staff", "invite", email]
        done = subprocess.run(
            words, env=self.env, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()[0]


@pytest.fixture(scope="module")
def desk(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("desk")
    link_snapshot(folder)
    with held_port() as port:
        yield from _served(folder, port)


def _served(folder: Path, port: int) -> Iterator[Desk]:
    address = f"http://localhost:{port}"
    env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
    env |= {"WAYPOST_DATA_DIR": str(folder), "WAYPOST_PRIVATE_BASE_URL": address}
    words = [sys.executable, "-m", "waypost.config.command", "desk", "--port", str(port)]
    with logged(words, folder / "log", env) as server:
        answer_of(f"{address}/account/login/", server, folder / "log")
        yield Desk(address, env)


def a_device(context: BrowserContext) -> Page:
    """A page of a device that holds passkeys."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


@pytest.mark.parametrize("width", [360, 1280])
def test_the_first_administrator_from_the_invitation_to_a_passkey_and_back(
    desk: Desk, browser: Browser, width: int
) -> None:
    # given an invitation made at the shell
    link = desk.invite(f"ana{width}@example.org")
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = a_device(context)
    page.goto(link)
    accessible(page)

    # when she takes it and adds a passkey
    page.get_by_label("Your name").fill("Ana Ruiz")
    page.get_by_label("A password").fill(STRONG)
    page.get_by_role("button", name="Take the role").click()
    expect(page).to_have_url(f"{desk.address}/account/2fa/")
    accessible(page)
    page.goto(f"{desk.address}/")
    expect(page).to_have_url(f"{desk.address}/account/2fa/")  # a second factor comes first
    page.goto(f"{desk.address}/account/2fa/webauthn/add/")
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")

    # then the desk is open to her
    page.goto(f"{desk.address}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")
    for path, title in (("/people", "People"), ("/audit?verify=1", "Audit"), ("/health", "Health")):
        page.goto(desk.address + path)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        accessible(page)
    page.get_by_role("button", name="Sign out").click()

    # and the passkey alone lets her in again
    page.goto(f"{desk.address}/account/login/")
    accessible(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")
    context.close()


def test_a_stranger_cannot_sign_up(desk: Desk, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{desk.address}/account/signup/")
    expect(page.locator("main input[type=password]")).to_have_count(0)
