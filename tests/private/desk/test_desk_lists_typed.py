"""A button in a row of a list loses nothing that is half typed in the form below the list."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from private.desk.blocked_buttons import Blocked
from waypost.accounts.actions import confirm_owner, found_organization, invite, make_token
from waypost.accounts.listings import Proof
from waypost.accounts.models import (
    Invitation,
    ListingOwner,
    Membership,
    Organization,
    Person,
    ProgramToken,
)
from waypost.accounts.queries import owner_of
from waypost.publishing.reader import Snapshot
from waypost.texting.actions.staff import (
    add_canned_reply,
    add_shift,
    approve_series,
    draft_broadcast,
)
from waypost.texting.models import Broadcast, CannedReply, Shift
from waypost.texting.queries.series import all_series, approved_series
from waypost.texting.queries.staff import canned_replies

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]
STILL_HERE = "is still here, and not saved yet"
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def pressed(client: Client, page: str, button: str, form: dict[str, object]) -> str:
    """What comes back after a button of the page, whose address begins so, with a form half typed."""
    shown = client.get(page).content.decode()
    assert Blocked(shown).names == [], "a row's button must not wait for the form to be whole"
    (address,) = {
        part.split('"')[0] for part in shown.split('formaction="') if part.startswith(button)
    }
    answer = client.post(address, form)
    text = answer.content.decode()
    assert answer.status_code == 200 and STILL_HERE in text, (answer.status_code, text[:500])
    return text


def test_an_invitation_stays_typed_while_another_is_withdrawn_or_somebody_signed_out(
    signed_in: SignedIn,
) -> None:
    client = signed_in()
    operator = Organization.objects.get(name="Operator").pk
    invite(email="old@example.org", role="verifier", organization=operator, by="test", now=NOW)
    number, seat = Invitation.objects.latest("pk").pk, Membership.objects.get().pk
    form = {"email": "new@example", "organization": operator, "role": "verifier"}
    text = pressed(client, "/people", f"/people/invitations/{number}", form)
    assert 'value="new@example"' in text and "<option selected>verifier</option>" in text
    assert "old@example.org" not in text
    refused = client.post(f"/people/roles/{seat}?part=people.row", form)  # the last administrator
    assert refused.status_code == 400 and 'value="new@example"' in refused.content.decode()


def test_a_shift_stays_typed_while_another_is_taken_off(signed_in: SignedIn) -> None:
    client, begin = signed_in("supervisor"), timezone.now() + timedelta(hours=1)
    me = f"person:{Person.objects.get().pk}"
    add_shift(person=me, name="Sam", duty="responder", begin=begin, end=begin + timedelta(hours=8),
              alert_number="", by=me, now=NOW)  # fmt: skip
    number = Shift.objects.get().pk
    form = {"person": me, "duty": "supervisor", "begin": "2026-12-03T09:00", "end": "",
            "zone": "America/Denver", "number": "512-555-0100"}  # fmt: skip
    text = pressed(client, "/texting/roster", f"/texting/roster/{number}", form)
    assert 'value="2026-12-03T09:00"' in text and 'value="America/Denver"' in text
    assert 'value="512-555-0100"' in text and '<option value="supervisor" selected>' in text
    assert Shift.objects.get().withdrawn_at is not None


def test_who_is_confirmed_stays_typed_while_another_is_ended(
    signed_in: SignedIn, snapshot: Snapshot
) -> None:
    client, site = signed_in("editor"), snapshot.current_ids()[0]
    program = found_organization(name="River House", kind="program", by="test", now=NOW)
    confirm_owner(site_id=site, organization=program, proof=Proof.DECISION, reason="we called",
                  by="test", now=NOW)  # fmt: skip
    number = ListingOwner.objects.get().pk
    form = {"site_id": "site_half", "organization": program, "reason": "their <own> site"}
    text = pressed(client, "/owners", f"/owners/{number}/end", form)
    assert 'value="site_half"' in text and 'value="their &lt;own&gt; site"' in text
    assert owner_of(site) == ""


def test_a_token_stays_typed_while_another_is_revoked(signed_in: SignedIn) -> None:
    client = signed_in("administrator", organization="River House", kind="program")
    program = Organization.objects.get(name="River House").pk
    make_token(organization=program, name="old", scopes=("tracks",), days=90, by="test",
               now=datetime.now(UTC))  # fmt: skip
    number = ProgramToken.objects.get().pk
    form = {"organization": program, "name": "Our EHR", "scope": ["openings"], "days": "30"}
    text = pressed(client, "/tokens", f"/tokens/{number}/revoke", form)
    assert 'value="Our EHR"' in text and 'value="30"' in text
    assert 'value="openings" checked' in text and 'value="tracks" checked' not in text
    assert ProgramToken.objects.get().revoked_at is not None


@pytest.fixture
def approved(signed_in: SignedIn) -> str:
    """The id of a series that enough people approved."""
    series = next(s for s in all_series() if s.id == "check-in")
    for person in ("person:98", "person:99"):
        approve_series(series=series, by=person, now=NOW)
    assert series.id in {s.id for s in approved_series()}
    return series.id


def test_a_broadcast_stays_typed_while_another_is_sent(signed_in: SignedIn, approved: str) -> None:
    client = signed_in("supervisor")
    draft_broadcast(series=approved, text_en="Hello.", text_es="Hola.", by="person:98", now=NOW)
    number = Broadcast.objects.get().pk
    form = {"series": approved, "text_en": "Half a <sentence", "text_es": ""}
    text = pressed(client, "/texting/broadcasts", f"/texting/broadcasts/{number}", form)
    assert "Half a &lt;sentence</textarea>" in text
    assert Broadcast.objects.get().sent_at is not None


def test_a_canned_reply_stays_typed_while_another_is_approved(signed_in: SignedIn) -> None:
    client = signed_in("supervisor")
    add_canned_reply(name="Calling", language="en", text="I am calling you.", about_crisis=False,
                     by="person:98", now=NOW)  # fmt: skip
    subject, before = f"canned:{CannedReply.objects.get().pk}", canned_replies()[0].lacking
    form = {"approve": subject, "name": "Soon", "language": "es", "text": "Ya casi", "crisis": "1"}
    text = pressed(client, "/texting/words", "/texting/words/approve", form)
    assert 'value="Soon"' in text and "Ya casi</textarea>" in text
    assert '<option value="es" selected>' in text and 'value="1" checked' in text
    assert canned_replies()[0].lacking == before - 1


def test_a_place_on_the_waiting_list_is_given_up_while_no_referral_is_typed(
    signed_in: SignedIn,
) -> None:
    from private.treatment.signed_in_staff import in_care, staff

    client, owner, _by = staff(signed_in, "intake coordinator")
    person = in_care(owner)
    client.post(f"/program/people/{person}/wait", {"priority": "none", "reason": "evening"})
    shown = client.get("/program/intake").content.decode()
    assert f"/program/people/{person}/wait" in shown and Blocked(shown).names == []
