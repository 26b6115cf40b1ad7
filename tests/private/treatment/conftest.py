"""A made-up program's week, and its staff, made once for a module that asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from waypost.accounts.models import Organization
from waypost.cli.demo.story import Story, play
from waypost.desk.program.days import page as page_of_days
from waypost.desk.program.days import tests_page as page_of_tests
from waypost.treatment.records.owner import Owner

TODAY = date(2026, 12, 4)
GROUPS = 6
ROLES = ("counselor", "clinical supervisor", "program director", "biller")
NEW = "director of a new program"
"""Of another program, which has entered nothing yet."""


@dataclass(frozen=True)
class MadeUpWeek:
    """A program's first week: its owner, what the story came to, the sessions of its staff."""

    owner: Owner
    story: Story
    cookies: dict[str, str]


@pytest.fixture(scope="module")
def made_up_week(django_db_setup: None, django_db_blocker: pytest.FixtureDef,
                 sign_in: Callable[..., Client]) -> Iterator[MadeUpWeek]:  # fmt: skip
    """Six people in their first week; what a test changes of it is rolled back after the test."""
    with django_db_blocker.unblock(), transaction.atomic():
        clients = {role: sign_in(role, organization="River", kind="program") for role in ROLES}
        clients[NEW] = sign_in("program director", organization="Lake", kind="program")
        owner = Owner(Organization.objects.get(name="River").pk)
        story = play(owner, people=6, weeks=1, seed=3, today=TODAY, groups=GROUPS)
        name = settings.SESSION_COOKIE_NAME
        cookies = {role: client.cookies[name].value for role, client in clients.items()}
        yield MadeUpWeek(owner, story, cookies)
        transaction.set_rollback(True)


@pytest.fixture
def program(made_up_week: MadeUpWeek, db: None) -> Owner:
    """The program of that week."""
    return made_up_week.owner


@pytest.fixture
def staff(made_up_week: MadeUpWeek, db: None) -> Callable[[str], Client]:
    """A browser in which the program's counselor, or whoever else is named, is signed in."""

    def browser_of(role: str) -> Client:
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = made_up_week.cookies[role]
        return client

    return browser_of


@pytest.fixture
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the pages of days it is the evening of that week's Friday: its sessions can be kept."""
    evening = datetime(TODAY.year, TODAY.month, TODAY.day, 23, tzinfo=UTC)
    clock = SimpleNamespace(now=lambda: evening, localdate=lambda: TODAY)
    for page in (page_of_days, page_of_tests):
        monkeypatch.setattr(page, "timezone", clock)
