"""A desk that runs as an operator starts it, people at it in a browser, and pictures for the how-tos."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, expect

from browsing import accessible
from data_folder import link_snapshot
from running import answer_of, held_port, logged

STRONG = "correct horse battery 9"
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PICTURES = Path(__file__).resolve().parents[1] / "docs" / "images" / "desk"
TAKE = "TAKE_PICTURES"
"""Set to 1, a run writes the pictures of the how-tos anew."""

MADE_UP: dict[str, str] = {}
"""What a picture shows in place of a real program's name, number, street, id and website."""
WRITE_OVER = """made_up => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  window.writtenOver = []
  while (walker.nextNode()) {
    window.writtenOver.push([walker.currentNode, walker.currentNode.data])
    for (const [real, other] of Object.entries(made_up))
      walker.currentNode.data = walker.currentNode.data.replaceAll(real, other)
  }
}"""
WRITE_BACK = "() => window.writtenOver.forEach(([node, data]) => { node.data = data })"


@dataclass(frozen=True)
class Desk:
    """A running desk: its address, its data folder, and the environment of its commands."""

    address: str
    folder: Path
    env: dict[str, str]

    def run(self, *words: str) -> str:
        """What a command of ours prints."""
        command = [sys.executable, "-m", "waypost.config.command", *words]
        done = subprocess.run(
            command, env=self.env, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def invite(self, email: str, *more: str) -> str:
        """The address of a new invitation."""
        return self.run("staff", "invite", email, *more).split()[0]

    def mails(self) -> str:
        """Everything that was sent, as it was written into the folder."""
        files = sorted((self.folder / "private" / "mail").glob("*"))
        return "\n".join(file.read_text("utf-8") for file in files)

    def calls(self) -> list[dict[str, str]]:
        """What the carrier's simulator was asked to say."""
        files = (self.folder / "private" / "calls").glob("*.json")
        return [json.loads(file.read_text("utf-8")) for file in files]


@contextmanager
def served_desk(folder: Path) -> Iterator[Desk]:
    """`waypost desk` on a folder with the tests' snapshot."""
    link_snapshot(folder)
    with held_port() as port:
        address = f"http://localhost:{port}"
        env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        env |= {"WAYPOST_DATA_DIR": str(folder), "WAYPOST_PRIVATE_BASE_URL": address}
        # a slow machine must not be asked in the middle of a journey who is there
        env |= {"WAYPOST_PRIVATE_CALLS": "simulator", "WAYPOST_PRIVATE_ASK_AGAIN": "60"}
        words = [sys.executable, "-m", "waypost.config.command", "desk", "--port", str(port)]
        with logged(words, folder / "log", env) as server:
            answer_of(f"{address}/account/login/", server, folder / "log")
            MADE_UP[str(folder)] = "/var/lib/waypost"
            yield Desk(address, folder, env)


def a_device(context: BrowserContext) -> Page:
    """A page of a device that holds passkeys."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    return page


def taken_role(browser: Browser, desk: Desk, link: str, name: str) -> Page:
    """A page on which somebody has taken a role and added a passkey."""
    page = a_device(browser.new_context(viewport={"width": 1280, "height": 900}))
    page.goto(link)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("A password").fill(STRONG)
    page.get_by_role("button", name="Take the role").click()
    expect(page).to_have_url(f"{desk.address}/account/2fa/")
    page.goto(f"{desk.address}/account/2fa/webauthn/add/")
    page.get_by_label("Name").fill("Laptop")
    page.get_by_label("Passwordless").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    return page


def accessible_at_both_widths(page: Page, picture: str = "") -> None:
    """axe finds nothing at 360 and at 1280 pixels; a picture for a how-to where one is named.

    A picture names no real program: what stands in `MADE_UP` is written over first.
    """
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        accessible(page)
    if picture and os.environ.get(TAKE) == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.evaluate(WRITE_OVER, MADE_UP)
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=PICTURES / f"{picture}.png")
        page.evaluate(WRITE_BACK)
