"""A program's people and a person in care, in a real browser, at both widths, without JavaScript."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from browsing import accessible
from waypost.accounts.models import Organization, Person
from waypost.treatment.own_page.actions import make_link
from waypost.treatment.plans.actions import save_plan
from waypost.treatment.plans.plan import AskedWeek, PlanLine, PlanWords
from waypost.treatment.records.actions import add_person, join_team
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
SHOTS = os.environ.get("WAYPOST_SHOTS", "")
LINE = PlanLine("Drinking", "Days without", "Name three situations", "Group", "Zeph", "2027-01-15")
PLAN = PlanWords("I want my mornings back.", (LINE,), AskedWeek(9, 3, ("process",)))


@pytest.fixture(params=[360, 1280])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def opened(live_server, browser: Browser, width: int) -> Iterator[Callable[[Client | None], Page]]:
    """A page of a browser in which this client's person is signed in."""
    contexts = []

    def open_page(client: Client | None) -> Page:
        size = {"width": width, "height": 800}
        context = browser.new_context(base_url=live_server.url, viewport=size)
        contexts.append(context)
        if client is not None:
            value = client.cookies[settings.SESSION_COOKIE_NAME].value
            cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}
            context.add_cookies([cookie])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


def then_the_page_is_accessible(page: Page, name: str = "") -> None:
    """Its rules hold and it has no script; a picture is kept where one was asked for."""
    if SHOTS and name:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        wide = (page.viewport_size or {"width": 0})["width"]
        page.screenshot(path=f"{SHOTS}/{name}-{wide}.png", full_page=True)
    expect(page.locator("script")).to_have_count(0)
    accessible(page)


def counselor(signed_in: Callable[..., Client]) -> tuple[Client, Owner, str]:
    client = signed_in("counselor", organization="River House", kind="program")
    owner = Owner(Organization.objects.get().pk)
    by = f"person:{Person.objects.get().pk}"
    words = PersonWords("Zephyrine Doe", "Zeph", address="Austin TX 78701")
    person = add_person(owner, words=words, by=by, now=datetime.now(UTC))
    join_team(owner, person=person, staff=by, role="counselor", by=by, now=datetime.now(UTC))
    return client, owner, person


def test_from_a_referral_to_the_waiting_list(
    signed_in: Callable[..., Client], opened: Callable[[Client], Page]
) -> None:
    # given an intake coordinator
    page = opened(signed_in("intake coordinator", organization="River House", kind="program"))
    page.goto("/program/intake")
    then_the_page_is_accessible(page, "intake")

    # when somebody is referred, and a danger is named in the pre-screen
    page.get_by_label("Name", exact=True).fill("Zephyrine Doe")
    page.get_by_label("Why", exact=True).fill("drinks alone")
    page.get_by_role("button", name="Take the referral").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zephyrine Doe")
    page.get_by_label("Someone else, 18 to 65").check()
    page.get_by_label("A seizure, now or today").check()
    page.get_by_role("button", name="Save and go on").click()

    # then what to do stands first, and the answer is kept
    expect(page.get_by_role("alert")).to_contain_text("911")
    expect(page.get_by_label("A seizure, now or today")).to_be_checked()
    then_the_page_is_accessible(page, "pre-screen")

    # and nobody waits at home with it
    page.get_by_label("Waits for").fill("evening track")
    page.get_by_role("button", name="Put on the waiting list").click()
    expect(page.get_by_role("alert").first).to_contain_text("calls for help at once")

    # and once it is over and answered again, the person is put on the list with a reason
    page.get_by_label("A seizure, now or today").uncheck()
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_label("A seizure, now or today")).not_to_be_checked()
    page.get_by_label("Waits for").fill("evening track")
    page.get_by_role("button", name="Put on the waiting list").click()
    expect(page.get_by_role("table")).to_contain_text("evening track")
    then_the_page_is_accessible(page, "waiting")


def test_from_an_assessment_to_a_signed_plan(
    signed_in: Callable[..., Client], opened: Callable[[Client], Page]
) -> None:
    # given a counselor and a person on whose team they are
    client, _owner, person = counselor(signed_in)
    page = opened(client)
    page.goto(f"/program/people/{person}/assessment")
    then_the_page_is_accessible(page, "assessment")

    # when each dimension is written and the level is signed
    for code in ("withdrawal", "body", "mind", "use", "home", "wishes"):
        form = page.locator(f"section#{code}")
        form.locator("textarea").fill("talked about it")
        form.locator("select").select_option("none")
        form.get_by_role("button", name="Save", exact=True).click()
        expect(page.locator(f"section#{code} textarea")).to_have_value("talked about it")
    page.locator("#level").select_option("iop")
    page.get_by_label("Reasons").fill("steady home, no withdrawal")
    page.get_by_role("button", name="Sign the level").click()
    expect(page.get_by_role("status")).to_contain_text("Signed")
    then_the_page_is_accessible(page, "record")

    # and a plan is written, saved and signed by both
    page.get_by_role("link", name="Plan", exact=True).click()
    page.locator("#own_words").fill("I want my mornings back.")
    first = {"problem": "Drinking", "goal": "Days without", "objective": "Name three",
             "intervention": "Group", "who": "Zeph", "by_when": "2027-01-15"}  # fmt: skip
    for name, value in first.items():
        page.locator(f"#{name}-0").fill(value)
    page.get_by_role("button", name="Save a new version").click()
    then_the_page_is_accessible(page, "plan")
    for button in ("The person signs here", "I sign for the team"):
        page.get_by_label("Name", exact=True).fill("Zephyrine Doe")
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("status")).to_have_text("Signed.")

    # then the record says so
    page.get_by_role("link", name="Record", exact=True).click()
    expect(page.get_by_text("signed by both")).to_be_visible()
    for part, name in (
        ("consents", "consents"),
        ("export", "export"),
        ("notes", "notes"),
        ("link", "link"),
    ):
        page.goto(f"/program/people/{person}/{part}")
        then_the_page_is_accessible(page, name)


def test_a_person_opens_their_week_and_says_that_they_cannot_come(
    signed_in: Callable[..., Client], opened: Callable[[Client | None], Page]
) -> None:
    # given a link and a code
    _client, owner, person = counselor(signed_in)
    now = datetime.now(UTC)
    save_plan(owner, person=person, words=PLAN, read_version=0, by="person:1", now=now)
    made = make_link(owner, person=person, by="person:1", now=now)
    page = opened(None)
    page.goto(f"/my/{made.token}")
    then_the_page_is_accessible(page, "entrance")

    # when the code is typed, the plan is read and signed
    page.get_by_label("Your code").fill(made.code)
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, Zeph")
    page.get_by_role("link", name="A plan is waiting for you").click()
    page.get_by_label("Sign with your name").fill("Zephyrine Doe")
    then_the_page_is_accessible(page, "my-plan")
    page.get_by_role("button", name="I agree").click()
    page.get_by_role("link", name="My week").click()

    # then they can say that they cannot come, and check in
    page.get_by_label("Day").fill(now.date().isoformat())
    page.get_by_label("Why").fill("my child is ill")
    page.get_by_role("button", name="Tell them").click()
    expect(page.get_by_text("my child is ill")).to_be_visible()
    then_the_page_is_accessible(page, "my-week")
    page.get_by_role("link", name="Check-in").click()
    page.get_by_label("Fair").check()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("Thank you")
    then_the_page_is_accessible(page, "check-in")
    page.get_by_role("button", name="Close").click()
    page.goto("/my")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page is closed")
