"""Staff's journeys in a real browser, on a desk as an operator starts it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import accessible
from desk_running import STRONG, Desk, a_device

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


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
    for path, title in (("/people", "People"), ("/audit?verify=1", "Audit"), ("/health", "Health"),
                        ("/account/reauthenticate/", "Is it you?")):  # fmt: skip
        page.goto(desk.address + path)
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
        accessible(page)
    a_call_of_a_round(desk, page)
    page.get_by_role("button", name="Sign out").click()

    # and the passkey alone lets her in again
    page.goto(f"{desk.address}/account/login/")
    accessible(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Queue")
    context.close()


def a_call_of_a_round(desk: Desk, page: Page) -> None:
    # given a round that was drawn at the shell
    said = desk.run("accuracy", "draw", "--state", "RI", "--size", "10", "--seed", "7", "--start")
    assert "waits at the desk" in said

    # when she opens its next call, and keeps what she heard
    page.goto(f"{desk.address}/calls")
    accessible(page)
    page.get_by_role("link", name="Next call").first.click()
    expect(page.get_by_role("heading", name="If they answer, ask")).to_have_count(1)
    accessible(page)
    page.get_by_role("button", name="Keep and go on").click()
    expect(page.get_by_role("alert")).to_have_text("Choose how the call ended.")
    expect(page.get_by_label("right", exact=True).first).to_be_visible()
    asked = page.get_by_label("right", exact=True).all()
    for answer in (page.get_by_label("answered the questions"), *asked):
        answer.check()
    page.get_by_role("button", name="Keep and go on").click()

    # then the next one is there, and the round has come one further
    expect(page.get_by_role("status")).to_have_text("Kept.")
    page.goto(f"{desk.address}/calls")
    expect(page.get_by_text("1 of 10").first).to_be_visible()


def test_a_stranger_cannot_sign_up(desk: Desk, browser: Browser) -> None:
    page = browser.new_context().new_page()
    page.goto(f"{desk.address}/account/signup/")
    expect(page.locator("main input[type=password]")).to_have_count(0)
