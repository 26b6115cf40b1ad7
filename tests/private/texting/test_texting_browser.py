"""Journeys in a real browser: signing up, a chat without JavaScript, a crisis at the desk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import accessible
from data_folder import link_snapshot
from running import answer_of, held_port, logged, until

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
SEED = """
from django.test import Client
from django.utils import timezone
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from waypost.accounts.actions import accept_invitation, found_organization, invite
from waypost.accounts.models import Person
from waypost.texting.actions.staff import approve_series
from waypost.texting.series.reading import all_series
now = timezone.now()
org = found_organization(name="Operator", kind="operator", by="test", now=now)
token = invite(email="sue@example.org", role="supervisor", organization=org, by="test", now=now)
person = Person.objects.get(pk=accept_invitation(token=token, name="Sue", password="correct horse 9!", now=now))
TOTP.activate(person, generate_totp_secret())
RecoveryCodes.activate(person)
for series in all_series():
    for who in ("person:1", "person:2"):
        approve_series(series=series, by=who, now=now)
client = Client()
client.force_login(person)
print(client.cookies["waypost-desk"].value)
"""


@pytest.fixture(scope="module")
def desk(data_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A running private process with a supervisor signed in: its address and her session."""
    folder = tmp_path_factory.mktemp("texting")
    link_snapshot(folder)
    with held_port() as port:
        address = f"http://localhost:{port}"
        env = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        env |= {"WAYPOST_DATA_DIR": str(folder), "WAYPOST_PRIVATE_BASE_URL": address}
        words = [sys.executable, "-m", "waypost.config.command", "desk", "--port", str(port)]
        with logged(words, folder / "log", env) as server:
            answer_of(f"{address}/texts", server, folder / "log")
            seed = [sys.executable, "-c", f"import django; django.setup()\n{SEED}"]
            private = env | {"DJANGO_SETTINGS_MODULE": "waypost.config.private_settings"}
            done = subprocess.run(
                seed, env=private, capture_output=True, text=True, check=False, timeout=120
            )
            assert done.returncode == 0, done.stderr
            yield address, done.stdout.split()[-1]


def on_the_phone(page: Page, address: str, number: int, text: str, answer: str) -> None:
    """Say something on a made-up telephone, and wait for the answer."""
    page.goto(f"{address}/texts/phone?number=%2B1500555{number:04}")
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".theirs").last).to_contain_text(answer, timeout=30_000)


@pytest.mark.parametrize("width", [360, 1280])
def test_somebody_signs_up_and_loses_nothing_on_a_mistake(
    desk: tuple[str, str], browser: Browser, width: int
) -> None:
    # given somebody on the sign-up page
    page = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    page.goto(f"{desk[0]}/texts")
    accessible(page)
    # when the number is none
    page.get_by_label("Mobile number").fill("911")
    page.get_by_label("First name").fill("Ana")
    page.get_by_label("Check-ins").check()
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Send the first text").click()
    # then the page says what would be right, and keeps the rest
    expect(page.get_by_role("alert")).to_contain_text("ten digits")
    expect(page.get_by_label("First name")).to_have_value("Ana")
    # when it is a number
    page.get_by_label("Mobile number").fill(f"512 555 01{width % 90:02}")
    page.get_by_role("button", name="Send the first text").click()
    # then one text is on its way
    expect(page.get_by_role("heading", name="Look at your phone")).to_be_visible()
    accessible(page)


def test_a_chat_without_javascript(desk: tuple[str, str], browser: Browser) -> None:
    # given a browser without JavaScript
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{desk[0]}/texts/chat")
    # when a chat is begun and a ZIP written
    page.get_by_role("button", name="Start a chat").click()
    expect(page.get_by_label("Your words")).to_be_visible()
    page.get_by_label("Your words").fill("need detox near 60614")
    page.get_by_role("button", name="Send").click()
    # then a refresh brings three programs, and the only cookie is the chat's own
    expect(page.get_by_text("need detox near 60614")).to_be_visible()

    def answered() -> bool:
        page.goto(f"{desk[0]}/texts/chat")  # what the link "Refresh" does
        return page.locator(".theirs").count() > 0

    until(answered, "the answer")
    expect(page.locator(".theirs").last).to_contain_text("1 ")
    assert [cookie["name"] for cookie in context.cookies()] == ["waypost-chat"]
    # when it is ended
    page.get_by_role("button", name="End this chat").click()
    # then nothing of it is left
    expect(page.get_by_role("button", name="Start a chat")).to_be_visible()
    expect(page.get_by_text("60614")).to_have_count(0)
    assert context.cookies() == []


def workers_of(address: str) -> list[int]:
    """The processes that handle the texts of the desk with this address."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words, given = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        except OSError:  # it has ended, or is not ours
            continue
        ours = f"WAYPOST_PRIVATE_BASE_URL={address}".encode() in given.split(b"\0")
        if ours and b"waypost.texting.tasks.process" in words.split(b"\0"):
            found.append(int(process.name))
    return found


def test_a_worker_that_is_killed_is_replaced_and_answers(
    desk: tuple[str, str], browser: Browser
) -> None:
    # given a chat, and the worker that handles its texts
    page = browser.new_page()
    page.goto(f"{desk[0]}/texts/chat")
    page.get_by_role("button", name="Start a chat").click()
    expect(page.get_by_label("Your words")).to_be_visible()
    (worker,) = until(lambda: workers_of(desk[0]), "worker")
    # when the worker is killed, and a text is sent afterwards
    os.kill(worker, signal.SIGKILL)
    until(lambda: worker not in workers_of(desk[0]), "end of the worker")
    page.get_by_label("Your words").fill("need detox near 60614")
    page.get_by_role("button", name="Send").click()

    # then another worker takes its place and answers
    def answered() -> bool:
        page.goto(f"{desk[0]}/texts/chat")
        return page.locator(".theirs").count() > 0

    until(answered, "answer")
    expect(page.locator(".theirs").first).to_contain_text("1 ")
    assert len(workers_of(desk[0])) == 1
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_crisis_from_the_phone_to_the_desk(
    desk: tuple[str, str], browser: Browser, width: int
) -> None:
    address, session = desk
    # given somebody who texts that they took all their pills
    phone = browser.new_context(viewport={"width": width, "height": 800}).new_page()
    on_the_phone(phone, address, width, "I took all my pills", "911")
    # when a supervisor opens the queue
    context = browser.new_context(viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "waypost-desk", "value": session, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/texting")
    accessible(page)
    page.get_by_role("row").filter(has_text="0 · danger now").get_by_role("link").first.click()
    # then the crisis view stands beside the words
    expect(page.get_by_role("heading", name="Crisis case")).to_be_visible()
    accessible(page)
    # when she answers, and the person looks at the phone
    claim = page.get_by_role("button", name="Answer this conversation")
    if claim.count():
        claim.click()
    expect(page.get_by_label("Your reply")).to_be_visible()
    page.get_by_label("Your reply").fill(f"I am here with you. {width}")
    page.get_by_role("button", name="Send", exact=True).click()
    # then the words arrive without a reload, and no timer runs
    expect(phone.locator(".theirs").last).to_contain_text(f"with you. {width}", timeout=30_000)
    expect(page.locator("#timers")).to_contain_text("no timer runs")
