"""An emergency is looked at by somebody else than who opened the record, and the log says so."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone

from private.treatment.signed_in_staff import SignedIn, in_care, staff
from waypost.accounts.models import Person
from waypost.audit.models import Event
from waypost.treatment.consents.actions import break_glass
from waypost.treatment.consents.log import EmergencySeen, LoggedTime
from waypost.treatment.consents.models import EmergencyAccess
from waypost.treatment.consents.queries import program_log
from waypost.treatment.records.owner import Owner
from waypost.treatment.who_may import CLINICIANS, RecordStanding

pytestmark = pytest.mark.django_db
FINDING = "asked her; the ward had called"


def opened(owner: Owner, by: str) -> str:
    """A record that ``by`` opened in an emergency; the emergency's id."""
    standing = RecordStanding(frozenset(CLINICIANS))
    reason, now = "found unwell at the door", timezone.now()
    break_glass(owner, person=in_care(owner), standing=standing, reason=reason, by=by, now=now)
    return EmergencyAccess.objects.latest("at").pk


def seen(owner: Owner) -> EmergencySeen:
    (emergency,) = program_log(owner, LoggedTime()).emergencies
    return emergency


@pytest.mark.parametrize("role", ["clinical supervisor", "program director", "auditor"])
def test_somebody_who_answers_for_the_records_looks_at_an_emergency_once(
    signed_in: SignedIn, role: str
) -> None:
    client, owner, by = staff(signed_in, role)
    number = opened(owner, "person:77")
    page = client.get("/program/log").content.decode()
    assert "Not yet" in page and f"finding-{number}" in page
    for finding in (FINDING, "something else entirely"):
        answer = client.post(f"/program/log/{number}", {f"finding-{number}": finding})
        assert answer.status_code == 302
    emergency = seen(owner)
    assert (emergency.finding, emergency.reviewed_by) == (FINDING, by)
    page = client.get("/program/log").content.decode()
    assert FINDING in page and "Not yet" not in page and f"finding-{number}" not in page
    assert "ward" not in repr(list(EmergencyAccess.objects.values())) + repr(
        list(Event.objects.values())
    )
    assert Event.objects.filter(act="emergency reviewed", actor=by).count() == 1
    content = client.get("/program/log?format=csv").content.decode("utf-8-sig")
    acts = {row[1]: row[6] for row in csv.reader(io.StringIO(content)) if len(row) > 6}
    assert acts["looked at the emergency"] == FINDING
    assert acts["opened in an emergency"] == "found unwell at the door"


def test_whoever_opened_the_record_does_not_look_at_it_themselves(signed_in: SignedIn) -> None:
    client, owner, by = staff(signed_in, "clinical supervisor")
    number = opened(owner, by)
    page = client.get("/program/log").content.decode()
    assert "Not yet" in page and f"finding-{number}" not in page
    answer = client.post(f"/program/log/{number}", {f"finding-{number}": FINDING})
    assert answer.status_code == 400 and "somebody else looks" in answer.content.decode()
    assert seen(owner).reviewed_at is None


def test_a_finding_that_is_none_comes_back_as_it_was_typed(signed_in: SignedIn) -> None:
    client, owner, _by = staff(signed_in, "auditor")
    number = opened(owner, "person:77")
    for typed, sentence in (("", "Write what you found"), ("fine", "Write what you found"),
                            ("word " * 120, "at most 500")):  # fmt: skip
        answer = client.post(f"/program/log/{number}", {f"finding-{number}": typed})
        text = answer.content.decode()
        assert answer.status_code == 400 and sentence in text and typed.strip() in text
    assert seen(owner).reviewed_at is None


def test_nobody_else_looks_at_an_emergency(signed_in: SignedIn) -> None:
    _client, owner, _by = staff(signed_in, "auditor")
    number = opened(owner, "person:77")
    others: list[Client] = [
        staff(signed_in, role)[0] for role in ("counselor", "biller", "intake coordinator")
    ]
    others.append(staff(signed_in, "program director", "Hill House")[0])
    for client in others:
        answer = client.post(f"/program/log/{number}", {f"finding-{number}": FINDING})
        assert answer.status_code in (403, 404)
    assert seen(owner).reviewed_at is None and Person.objects.count() == 5
