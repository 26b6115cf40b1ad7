"""The desk's pages of people in care: what each shows, refuses, logs, and never lets out."""

from __future__ import annotations

import csv
import logging
from html.parser import HTMLParser

import pytest
from django.contrib.sessions.models import Session

from private.treatment.signed_in_staff import NOW, SECRETS, SignedIn, in_care, page, staff
from waypost.accounts.roles import PERMISSIONS, OrganizationKind, Role
from waypost.audit.models import Event
from waypost.desk.program.urls import ONE, urlpatterns
from waypost.treatment.consents.models import Disclosure, RecordRead, SignedConsent
from waypost.treatment.consents.notices import NOTICE, SHORT
from waypost.treatment.intake.dimensions import Dimension
from waypost.treatment.intake.models import AssessmentPart, Screening
from waypost.treatment.plans.models import PlanVersion
from waypost.treatment.records.actions import open_new_episode
from waypost.treatment.records.models import EpisodeOfCare, PersonInCare

pytestmark = pytest.mark.django_db


PARTS = [
    "",
    "/details",
    "/consents",
    "/notes",
    "/export",
    "/pre-screen",
    "/assessment",
    "/plan",
    "/plan/versions",
    "/link",
]


def test_every_part_opens_for_a_supervisor_is_logged_and_holds_no_person_in_its_address(
    signed_in: SignedIn,
) -> None:
    client, owner, by = staff(signed_in, "clinical supervisor")
    person = in_care(owner)
    for part in PARTS:
        text = page(client, f"/program/people/{person}{part}")
        assert "Zeph-Canary" in text
        assert not any(secret in address for secret in SECRETS for address in addresses(text))
    assert RecordRead.objects.filter(person=person, by=by).count() == len(PARTS)
    assert Event.objects.filter(record=person, act__startswith="read ").count() == len(PARTS)
    for address in ("/program/people", "/program/intake", "/program/due", "/program/log"):
        page(client, address)


class Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in ("href", "action", "src")]


def addresses(text: str) -> list[str]:
    parser = Addresses()
    parser.feed(text)
    return parser.found


@pytest.mark.parametrize("role", sorted(r for k, r in PERMISSIONS if k is OrganizationKind.PROGRAM))
def test_another_programs_record_and_one_that_never_was_get_the_same_answer(
    role: Role, signed_in: SignedIn
) -> None:
    _hill, hill, _by = staff(signed_in, "clinical supervisor", "Hill House")
    theirs = in_care(hill)
    client, _owner, _mine = staff(signed_in, role)
    parts = [
        str(p.pattern).removeprefix(ONE) for p in urlpatterns if str(p.pattern).startswith(ONE)
    ]
    assert len(parts) >= 18
    for part in parts:
        answers = set()
        for person in (theirs, "pic_0000000000000000"):
            for method in (client.get, client.post):
                response = method(f"/program/people/{person}{part}")
                assert response.status_code in (403, 404, 405), part
                answers.add((method.__name__, response.status_code, len(response.content)))
        assert len(answers) == 2, part  # the same for both, by each method
    assert RecordRead.objects.count() == 0 and PersonInCare.objects.count() == 1


def test_who_is_not_on_the_team_finds_the_record_closed_and_opens_it_with_a_reason(
    signed_in: SignedIn,
) -> None:
    client, owner, by = staff(signed_in, "counselor")
    person = in_care(owner)
    refused = client.get(f"/program/people/{person}")
    assert refused.status_code == 403 and "Zeph" not in refused.content.decode()
    assert "Zeph" not in page(client, "/program/people")
    assert client.post(f"/program/people/{person}/emergency", {"reason": ""}).status_code == 403
    opened = client.post(f"/program/people/{person}/emergency", {"reason": "found unwell outside"})
    assert opened.status_code == 302 and "Zeph-Canary" in page(client, opened["Location"])
    assert RecordRead.objects.get(person=person, by=by).emergency
    supervisor, *_ = staff(signed_in, "clinical supervisor")
    log = page(supervisor, "/program/log")
    assert "in an emergency" in log and "found unwell outside" in log, "and the reason is shown"
    theirs = page(supervisor, f"/program/log?record={person}")
    assert "found unwell outside" in theirs and "every record" in theirs
    assert "found unwell" not in page(supervisor, "/program/log?record=pic_0000000000000000")
    assert "found unwell" not in page(supervisor, "/program/log?to=2020-01-01")
    name = page(supervisor, "/program/log?record=Zeph-Canary")
    assert "Zeph-Canary" not in name, "an address takes no name"


def test_the_log_as_a_file_has_all_of_it_with_the_notice(signed_in: SignedIn) -> None:
    client, owner, _by = staff(signed_in, "counselor")
    person = in_care(owner)
    client.post(f"/program/people/{person}/emergency", {"reason": "=found unwell"})
    client.get(f"/program/people/{person}")
    auditor, *_ = staff(signed_in, "auditor")
    file = auditor.get("/program/log?format=csv")
    assert file["Content-Disposition"].endswith('"log.csv"')
    lines = list(csv.reader(file.content.decode().splitlines()))
    assert [line[1] for line in lines[1:-1]] == ["read in an emergency", "opened in an emergency"]
    assert lines[2][2] == person and lines[2][6] == "'=found unwell", "no formula"
    assert lines[-1] == [SHORT]


def test_a_referral_with_faults_comes_back_with_everything_typed(signed_in: SignedIn) -> None:
    client, _owner, _by = staff(signed_in, "intake coordinator")
    typed = {
        "name": "",
        "phone": "512-555-0199",
        "born_on": "soon",
        "reason": "canary reason",
        "sheet": "https://x.example/find",
    }
    refused = client.post("/program/intake", typed)
    text = refused.content.decode()
    assert refused.status_code == 400 and 'value="512-555-0199"' in text and "canary reason" in text
    assert text.count('role="alert"') == 1 and "call sheet" in text and "birth date" in text
    good = typed | {"name": "Zephyrine", "born_on": "1990-04-02", "sheet": ""}
    taken = client.post("/program/intake", good)
    assert taken.status_code == 302 and taken["Location"].endswith("/pre-screen")
    person = PersonInCare.objects.get().pk
    client.post(f"/program/people/{person}/wait", {"priority": "pregnant", "reason": "evening"})
    listed = page(client, "/program/intake")
    assert "Zephyrine" in listed and "Pregnant" in listed
    client.post(f"/program/people/{person}/wait", {f"left-{person}": "admitted"})
    assert "Zephyrine" not in page(client, "/program/intake")


def test_a_pre_screen_is_saved_at_each_step_and_danger_stands_first(signed_in: SignedIn) -> None:
    client, owner, _by = staff(signed_in, "intake coordinator")
    address = f"/program/people/{in_care(owner)}/pre-screen"
    assert (
        client.post(
            address, {"read": "0", "who": "other-adult", "now": ["none", "bogus"]}
        ).status_code
        == 302
    )
    assert 'value="none" checked' in page(client, address).replace(
        "\n", " "
    ) and "bogus" not in page(client, address)
    client.post(address, {"read": "1", "who": "other-adult", "now": "seizure"})
    text = page(client, address)
    assert (
        text.index('role="alert"') < text.index('<form method="post" action="/program')
        and "911" in text
    )
    stale = client.post(address, {"read": "1", "who": "other-older", "now": "none"})
    again = stale.content.decode()
    assert (
        stale.status_code == 409
        and 'value="other-older" checked' in again.replace("\n", " ")
        and 'name="read" value="2"' in again
    )
    assert Screening.objects.count() == 2


def test_two_browsers_lose_no_word_of_an_assessment_and_a_clinician_signs_it(
    signed_in: SignedIn,
) -> None:
    client, owner, by = staff(signed_in, "counselor")
    person = in_care(owner, by)
    address = f"/program/people/{person}/assessment"
    page(client, address)
    part = {"part": "body", "read": "0", "text": "written by the first", "concern": "none"}
    assert client.post(address, part).status_code == 302
    refused = client.post(address, part | {"text": "written by the second"})
    text = refused.content.decode()
    assert (
        refused.status_code == 409
        and "written by the first" in text
        and "written by the second" in text
    )
    assert client.post(address, {"part": "soul", "read": "0"}).status_code == 400
    for dimension in Dimension:
        read = "1" if dimension == "body" else "0"
        client.post(
            address, {"part": dimension.value, "read": read, "text": "talked", "concern": "none"}
        )
    number = AssessmentPart.objects.latest("at").assessment_id
    sign = {"number": number, "level": "iop", "reasons": ""}
    assert client.post(f"{address}/sign", sign).status_code == 400
    signed = client.post(f"{address}/sign", sign | {"reasons": "steady home and no withdrawal"})
    assert signed.status_code == 302 and EpisodeOfCare.objects.get().level == "iop"
    late = client.post(address, part | {"number": number, "read": "2", "text": "late words"})
    assert late.status_code == 400 and "late words" in late.content.decode()


def test_a_plan_is_saved_signed_and_its_versions_show_what_changed(signed_in: SignedIn) -> None:
    client, owner, by = staff(signed_in, "counselor")
    person = in_care(owner, by)
    address = f"/program/people/{person}/plan"
    line = {"problem-0": "Drinking", "goal-0": "Days without", "objective-0": "Name three", "intervention-0": "Group",
            "who-0": "Zeph", "by_when-0": "2027-01-15", "state-0": "open"}  # fmt: skip
    words = {
        "read": "0",
        "own_words": "mornings",
        "hours": "9",
        "days": "3",
        "kinds": "process, skills",
        **line,
    }
    assert client.post(address, words).status_code == 302
    assert client.post(address, words | {"read": "1", "hours": "12"}).status_code == 302
    stale = client.post(address, words | {"read": "1", "own_words": "typed by me"})
    assert (
        stale.status_code == 409
        and "typed by me" in stale.content.decode()
        and "12" in stale.content.decode()
    )
    newest = PlanVersion.objects.latest("version").pk
    for who in ("person", "team"):
        assert (
            client.post(f"{address}/sign", {"plan": newest, "name": "Name", who: "1"}).status_code
            == 302
        )
    versions = page(client, f"{address}/versions")
    assert "<del>9</del>" in versions and "<ins>12</ins>" in versions
    added = client.post(address, words | {"act": "template", "chosen": "opioids", "who-0": "Lee"})
    text = added.content.decode()
    assert added.status_code == 200 and "naloxone" in text and 'value="Lee"' in text
    assert PlanVersion.objects.latest("version").pk == newest, "nothing is saved by adding lines"
    open_new_episode(owner, person=person, level="iop", by=by, now=NOW, starts_on=NOW.date())
    client.post(f"{address}/milestone", {"state": "NE", "payer": "medicare"})
    assert "Nebraska" in page(client, address)


def test_records_leave_on_a_consent_with_the_notice_and_are_in_the_log(signed_in: SignedIn) -> None:
    client, owner, _by = staff(signed_in, "clinical supervisor")
    person = in_care(owner)
    consents, export = (f"/program/people/{person}/{part}" for part in ("consents", "export"))
    typed = {"kind": "one purpose", "patient": "Zephyrine", "discloser": "River House", "what": "dates", "recipient": "Dr. Ada",
             "purpose": "care", "revocation": "by word", "signature": "", "expiry": "date", "expires_on": "2999-01-01",
             "signed_on": "2020-01-01"}  # fmt: skip
    refused = client.post(consents, typed)
    assert (
        refused.status_code == 400
        and 'value="Dr. Ada"' not in refused.content.decode()
        and "Dr. Ada" in refused.content.decode()
    )
    assert client.post(consents, typed | {"signature": "Zephyrine"}).status_code == 302
    consent = SignedConsent.objects.get().pk
    asked = {
        "basis": consent,
        "recipient": "Dr. Ada",
        "what": "all",
        "purpose": "care",
        "form": "json",
    }
    assert (
        client.post(export, asked | {"basis": ""}).status_code == 400
        and Disclosure.objects.count() == 0
    )
    for form in ("json", "fhir", "pdf"):
        sent = client.post(export, asked | {"form": form})
        assert sent.status_code == 200 and sent["Cache-Control"] == "private, no-store"
        assert "Zeph" not in sent["Content-Disposition"]
        if form == "json":
            assert NOTICE in sent.json()["notice"]
    assert Disclosure.objects.count() == 3 and "Dr. Ada" in page(client, "/program/log")
    assert client.post(f"/program/consents/{consent}/revoke").status_code == 302
    assert client.post(export, asked).status_code == 400 and Disclosure.objects.count() == 3
    hill, *_ = staff(signed_in, "clinical supervisor", "Hill House")
    assert hill.post(f"/program/consents/{consent}/revoke").status_code == 404


def test_planted_words_are_in_no_log_event_session_or_error_page(
    signed_in: SignedIn, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    client, owner, by = staff(signed_in, "counselor")
    client.raise_request_exception = False
    person = in_care(owner, by)
    for part in PARTS:
        client.get(f"/program/people/{person}{part}")
    client.post(
        f"/program/people/{person}/details", {"name": "Zephyrine", "born_on": "1990-04-02x"}
    )
    monkeypatch.setattr("waypost.desk.program.plans.page.save_plan", lambda *a, **k: 1 / 0)
    broken = client.post(
        f"/program/people/{person}/plan", {"own_words": "canary-own-words", "read": "0"}
    )
    assert broken.status_code == 500
    missing = client.get("/program/people/pic_none")
    sessions = [session.get_decoded() for session in Session.objects.all()]
    out = [
        caplog.text,
        broken.content.decode(),
        missing.content.decode(),
        repr(sessions),
        repr(list(Event.objects.values())),
    ]
    assert len(Event.objects.all()) > 5 and "ZeroDivisionError" in caplog.text
    for secret in SECRETS:
        assert not any(secret in text for text in out), secret
