"""Every role's how-to in a real browser: its pages open for it, and the pictures are taken of them.

`TAKE_PICTURES=1` writes the pictures of ``docs/how-to/program`` again; nobody in them exists.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from browsing import accessible
from desk_running import TAKE
from waypost.accounts.models import Organization
from waypost.cli.demo.story import play
from waypost.treatment.attendance.actions import Kept, keep_roster
from waypost.treatment.attendance.queries import roster, sessions_on
from waypost.treatment.attendance.roster import Presence
from waypost.treatment.intake.actions import join_waiting_list
from waypost.treatment.intake.waiting import Priority
from waypost.treatment.own_page.actions import make_link
from waypost.treatment.records.actions import add_person
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import people_in_care
from waypost.treatment.timetable.queries import people_of_week

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.django_db(transaction=True),
]
PICTURES = Path(__file__).resolve().parents[3] / "docs" / "images" / "program"
PROGRAM = "Example River Recovery"
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 900}


@dataclass(frozen=True)
class Screens:
    """A made-up program in its second week, and a way to its pages as somebody of its staff."""

    browser: Browser
    address: str
    sign_in: Callable[..., Client]
    owner: Owner
    person: str

    @contextmanager
    def page_of(self, role: str, size: dict[str, int] = DESK) -> Iterator[Page]:
        """A page in which this role is signed in; nobody is where no role is named."""
        context = self.browser.new_context(base_url=self.address, viewport=size)  # type: ignore[arg-type]
        if role:
            client = self.sign_in(role, organization=PROGRAM, kind="program")
            name = settings.SESSION_COOKIE_NAME
            value = client.cookies[name].value
            context.add_cookies([{"name": name, "value": value, "url": self.address}])
        yield context.new_page()
        context.close()


@pytest.fixture
def screens(live_server, browser: Browser, signed_in: Callable[..., Client]) -> Screens:
    signed_in("representative", organization=PROGRAM, kind="program")
    owner, now = Owner(Organization.objects.get(name=PROGRAM).pk), datetime.now(UTC)
    play(owner, people=6, weeks=2, seed=3, today=now.date(), groups=6)
    words = PersonWords("Nora Example", phone="609-555-0177", own_words="Evenings, please.")
    waits = add_person(owner, words=words, by="person:1", now=now - timedelta(days=9))
    join_waiting_list(
        owner, person=waits, priority=Priority.PREGNANT, reason="evening track", by="person:1",
        now=now - timedelta(days=9),
    )  # fmt: skip
    return Screens(browser, live_server.url, signed_in, owner, people_of_week(owner)[0].id)


def pictured(page: Page, name: str) -> None:
    """The page has no script and is accessible; its picture is kept where pictures are asked for."""
    expect(page.locator("script")).to_have_count(0)
    accessible(page)
    if os.environ.get(TAKE) == "1":
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png")


SHOTS = {
    "intake coordinator": (("/program/intake", "intake"), ("{record}/consents", "consents")),
    "clinical supervisor": (
        ("/program/due", "due"), ("{record}/plan", "plan"), ("{record}/progress", "progress"),
        ("{record}", "record"),
    ),
    "program director": (("/program/week", "week"), ("/program/reports", "reports")),
    "biller": (("/program/billing?rule=medicare-per-diem", "billing"),),
    "auditor": (("/program/log", "log"),),
    "administrator": (("/people", "colleagues"),),
}  # fmt: skip
"""What each role sees, with the name of its picture."""


def test_each_role_opens_its_pages(screens: Screens) -> None:
    record = f"/program/people/{screens.person}"
    for role, shots in SHOTS.items():
        with screens.page_of(role) as page:
            for address, name in shots:
                page.goto(address.format(record=record))
                expect(page.get_by_role("heading", level=1)).to_be_visible()
                pictured(page, name)


def test_a_counselor_a_provider_and_the_person_see_theirs(screens: Screens) -> None:
    last = datetime.now(UTC).date()
    met = [s for s in sessions_on(screens.owner, last - timedelta(days=14), last) if s.people]
    session, lines = met[-1], roster(screens.owner, met[-1].id)
    kept = {lines[0].person: Kept(Presence.ABSENT)}
    keep_roster(screens.owner, session=session.id, kept=kept, by="person:1", now=session.ends_at)
    with screens.page_of("counselor", PHONE) as page:
        page.goto(f"/program/sessions/{session.id}")
        pictured(page, "roster")
        page.goto(f"/program/today?day={session.day}#to-do")
        expect(page.get_by_role("heading", name="To do")).to_be_visible()
        pictured(page, "to-do")
    with screens.page_of("medical provider") as page:
        page.goto(f"/program/people/{screens.person}")
        expect(page.get_by_text("In an emergency you can open the record")).to_be_visible()
        pictured(page, "closed-record")
        page.get_by_label("What is the emergency?").fill("fell in the hall, nobody else is here")
        page.get_by_role("button", name="Open the record for 24 hours").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text("This record is closed")
        page.goto(f"/program/people/{screens.person}/assessment#withdrawal-check")
        pictured(page, "withdrawal-check")
    called = people_in_care(screens.owner)[screens.person].called
    made = make_link(screens.owner, person=screens.person, by="person:1", now=datetime.now(UTC))
    with screens.page_of("", PHONE) as page:
        page.goto(f"/my/{made.token}")
        page.get_by_label("Your code").fill(made.code)
        page.get_by_role("button", name="Open").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(f"Hello, {called}")
        pictured(page, "my-week")
