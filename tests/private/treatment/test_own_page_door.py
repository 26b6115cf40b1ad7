"""A person's own page: its link and code, what it says before them, and its language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from private.treatment.signed_in_staff import SECRETS, SignedIn, in_care, page, staff
from waypost.treatment.own_page.actions import make_link
from waypost.treatment.own_page.link import LASTS
from waypost.treatment.own_page.models import CannotCome, CheckIn, PersonLink
from waypost.treatment.own_page.queries import announced_absences
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords

pytestmark = pytest.mark.django_db


def test_my_week_opens_with_link_and_code_says_nothing_before_and_closes_when_revoked(
    signed_in: SignedIn,
) -> None:
    client, owner, by = staff(signed_in, "counselor")
    person = in_care(owner, by)
    made = make_link(owner, person=person, by=by, now=datetime.now(UTC))
    phone = Client()
    entrance = f"/my/{made.token}"
    before = page(phone, entrance)
    assert not any(word in before for word in (*SECRETS, "River House", "treatment", "addiction"))
    assert phone.get("/my").status_code == 302 and phone.get("/my")["Location"] == reverse(
        "my_closed"
    )
    assert phone.post(entrance, {"code": "wrong"}).status_code == 403
    assert phone.post(entrance, {"code": f" {made.code[:3]} {made.code[3:]}"}).status_code == 302
    assert "Zeph-Canary" in page(phone, "/my") and "988" in page(phone, "/my")
    refused = phone.post("/my/cannot-come", {"on": "soon", "reason": "my child is ill"})
    assert refused.status_code == 400 and "my child is ill" in refused.content.decode()
    today = datetime.now(UTC).date().isoformat()
    assert (
        phone.post("/my/cannot-come", {"on": today, "reason": "my child is ill"}).status_code == 302
    )
    assert "my child is ill" in page(phone, "/my")
    assert "my child is ill" in page(client, f"/program/people/{person}")
    assert "my child is ill" in page(client, f"/program/today?day={today}")
    made_address = phone.post("/my/calendar").content.decode()
    assert f"{settings.WAYPOST_DESK_URL}/calendar/" in made_address
    assert "finish them" in phone.post("/my/check-in", {"q-1": "poor"}).content.decode()
    assert 'value="poor" checked' in page(phone, "/my/check-in").replace("\n", " ")
    client.post(f"/program/people/{person}/link", {"revoke": "1"})
    assert phone.get("/my").status_code == 302
    assert phone.post(entrance, {"code": made.code}).status_code == 403


def test_five_wrong_codes_lock_the_link_for_a_while(signed_in: SignedIn) -> None:
    _client, owner, by = staff(signed_in, "counselor")
    made = make_link(owner, person=in_care(owner), by=by, now=datetime.now(UTC))
    phone = Client()
    answers = [phone.post(f"/my/{made.token}", {"code": "x"}).content.decode() for _ in range(5)]
    assert all("not right" in text for text in answers)
    locked = phone.post(f"/my/{made.token}", {"code": made.code})
    assert locked.status_code == 403 and "15 minutes" in locked.content.decode()
    assert Client().post("/my/unknown", {"code": "1"}).status_code == 403


def test_a_spanish_speakers_page_is_in_spanish(signed_in: SignedIn) -> None:
    _client, owner, by = staff(signed_in, "counselor")
    person = in_care(owner, words=PersonWords("Zephyrine", language="es"))
    made = make_link(owner, person=person, by=by, now=datetime.now(UTC))
    phone = Client()
    assert "Su código" in phone.get(f"/my/{made.token}?lang=es").content.decode()
    phone.post(f"/my/{made.token}", {"code": made.code})
    text = page(phone, "/my")
    assert 'lang="es"' in text and "Mi semana" in text


def opened(signed_in: SignedIn, made_at: datetime) -> tuple[Client, Client, str, str]:
    """A phone and a tablet on which the same link was opened, its address and its code."""
    _client, owner, by = staff(signed_in, "counselor")
    made = make_link(owner, person=in_care(owner), by=by, now=made_at)
    phone, tablet, entrance = Client(), Client(), f"/my/{made.token}"
    for device in (phone, tablet):
        assert device.post(entrance, {"code": made.code}).status_code == 302
        assert device.get("/my").status_code == 200
    return phone, tablet, entrance, made.code


def test_leaving_on_one_device_leaves_the_other_open_and_another_link_closes_both(
    signed_in: SignedIn,
) -> None:
    phone, tablet, entrance, code = opened(signed_in, datetime.now(UTC))
    phone.post("/my/leave")
    assert phone.get("/my").status_code == 302 and tablet.get("/my").status_code == 200
    row = PersonLink.objects.get()
    make_link(Owner(row.organization), person=row.person_id, by="person:1", now=datetime.now(UTC))
    assert tablet.get("/my").status_code == 302
    assert Client().post(entrance, {"code": code}).status_code == 403


def test_a_link_that_has_expired_opens_nothing_and_closes_what_was_open(
    signed_in: SignedIn,
) -> None:
    phone, _tablet, entrance, code = opened(signed_in, datetime.now(UTC))
    PersonLink.objects.all().update(expires_at=datetime.now(UTC))
    for page_of in ("/my", "/my/plan", "/my/check-in"):
        assert phone.get(page_of).status_code == 302
    assert phone.post("/my/check-in", {"q-1": "poor"}).status_code == 302
    assert not CheckIn.objects.exists()
    answer = Client().post(entrance, {"code": code})
    assert answer.status_code == 403 and "no longer works" in answer.content.decode()
    assert timedelta(days=180) == LASTS


def test_a_day_that_is_over_or_far_is_refused_and_what_names_a_session_changes_nothing(
    signed_in: SignedIn,
) -> None:
    phone, *_ = opened(signed_in, datetime.now(UTC))
    owner = Owner(PersonLink.objects.get().organization)
    today = datetime.now(UTC).date()
    for day in (today - timedelta(days=2), today + timedelta(days=90)):
        sent = {"on": day.isoformat(), "reason": "my child is ill"}
        answer = phone.post("/my/cannot-come", sent)
        assert answer.status_code == 400 and "my child is ill" in answer.content.decode()
    assert not CannotCome.objects.exists()
    for _ in range(2):
        soon = (today + timedelta(days=2)).isoformat()
        phone.post("/my/cannot-come", {"on": soon, "reason": "ill", "session": "ses_of_others"})
    (absence,) = announced_absences(owner, since=today)
    assert absence.session == ""
