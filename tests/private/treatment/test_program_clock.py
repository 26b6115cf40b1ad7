"""A program's pages keep the days of its own wall: an evening group meets when it is tomorrow in UTC."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.utils import timezone

from waypost.accounts.models import Organization
from waypost.design.words import date_text, day_here, moment_text
from waypost.treatment.own_page.actions import make_link
from waypost.treatment.records.actions import add_person, open_new_episode
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import episodes
from waypost.treatment.wall.models import SetupVersion
from waypost.treatment.wall.queries import zone_of

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
EVENING = datetime(2026, 12, 2, 0, 30, tzinfo=UTC)
"""Half past seven in the evening of December 1 in New York."""
RIVER = {"organization": "River House", "kind": "program"}


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the evening in New York, and tomorrow in UTC."""
    monkeypatch.setattr(timezone, "now", lambda: EVENING)


@pytest.fixture
def in_river(signed_in: SignedIn) -> tuple[Client, Owner, str]:
    """A supervisor's browser, the program, and somebody whose stay is planned."""
    client = signed_in("clinical supervisor", **RIVER)
    owner = Owner(Organization.objects.get(name="River House").pk)
    person = add_person(owner, words=PersonWords("Ann Example"), by="person:1", now=EVENING)
    open_new_episode(owner, person=person, level="intensive-outpatient", by="person:1", now=EVENING)
    return client, owner, person


def test_what_is_done_in_the_evening_is_done_today(
    evening: None, in_river: tuple[Client, Owner, str]
) -> None:
    client, owner, person = in_river
    consents = client.get(f"/program/people/{person}/consents").content.decode()
    assert 'value="2026-12-01"' in consents and "2026-12-02" not in consents
    client.post(f"/program/people/{person}/episode")
    assert episodes(owner, person=person)[0].started_on == date(2026, 12, 1)
    people = client.get("/program/people").content.decode()
    assert "December 1, 2026" in people and "December 2" not in people
    log = client.get("/program/log").content.decode()
    assert "December 1, 2026, 7:30\u00a0pm EST" in log and "UTC" not in log


def test_somebody_can_say_in_the_evening_that_they_cannot_come_tonight(
    evening: None, in_river: tuple[Client, Owner, str]
) -> None:
    _client, owner, person = in_river
    made, phone = make_link(owner, person=person, by="person:1", now=EVENING), Client()
    phone.post(f"/my/{made.token}", {"code": made.code})
    assert 'min="2026-12-01"' in phone.get("/my").content.decode()
    said = phone.post("/my/cannot-come", {"on": "2026-12-01", "reason": "sick"})
    assert said.status_code == 302


def test_the_clock_is_that_of_the_setup_and_ends_with_the_answer(
    evening: None, in_river: tuple[Client, Owner, str]
) -> None:
    client, owner, person = in_river
    SetupVersion.objects.owned_by(owner).create(
        version=1, setup={"zone": "Pacific/Auckland"}, at=EVENING, by="person:1"
    )
    assert zone_of(owner).key == "Pacific/Auckland"
    page = client.get(f"/program/people/{person}/consents").content.decode()
    assert 'value="2026-12-02"' in page
    assert timezone.get_current_timezone_name() == "UTC"


def test_a_moment_of_utc_is_worded_on_the_clock_of_the_page() -> None:
    assert date_text(EVENING) == "December 2, 2026"
    with timezone.override("America/Chicago"):
        assert date_text(EVENING) == "December 1, 2026"
        assert day_here(EVENING) == date(2026, 12, 1)
        assert moment_text(EVENING) == "December 1, 2026, 6:30\u00a0pm CST"
        here = EVENING.astimezone(timezone.get_fixed_timezone(600))
        assert date_text(here) == "December 2, 2026", "a moment with its own clock keeps it"
