"""The desk of texting: queue, claim, reply, a crisis with two signatures, roster, words, reports."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from private.texting.conversation import service
from waypost.audit.queries import events
from waypost.texting.actions.reading import record_read
from waypost.texting.models import Conversation, CrisisCase, Shift
from waypost.texting.series.reading import all_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_crisis():
    """Somebody wrote that they took all their pills."""
    with service(timezone.now()) as texts:
        phone = texts.phone("+15125550100")
        phone.says("START")
        phone.skips()
        phone.says("I took all my pills <b>")
        yield phone, Conversation.objects.get().pk


def test_the_queue_shows_who_waits_without_their_words(in_crisis, signed_in):
    page = signed_in("responder").get("/texting").content.decode()
    assert "tier-0" in page and "took all my pills" not in page


def test_a_conversation_is_escaped_and_its_reading_recorded_once_a_visit(in_crisis, signed_in):
    _phone, number = in_crisis
    desk = signed_in("responder")
    page = desk.get(f"/texting/{number}").content.decode()
    desk.get(f"/texting/{number}", headers={"X-Part": "1"})
    assert "I took all my pills &lt;b&gt;" in page and "Do not text" not in page
    assert [e.act for e in events(record=f"conversation:{number}")].count(
        "read a conversation"
    ) == 1


def reads(number: int) -> int:
    return sum(e.act.startswith("read a conv") for e in events(record=f"conversation:{number}"))


def test_new_words_on_an_open_page_and_a_refused_reply_are_reads_too(in_crisis, signed_in):
    phone, number = in_crisis
    desk, part = signed_in("responder"), {"X-Part": "1"}
    desk.get(f"/texting/{number}", headers=part)
    assert reads(number) == 1, "a first look is a read, whatever it calls itself"
    phone.says("please hurry")
    for _ in range(2):
        assert "hurry" in desk.get(f"/texting/{number}", headers=part).content.decode()
    assert reads(number) == 2
    refused = signed_in("supervisor").post(f"/texting/{number}/act", {"do": "reply", "text": ""})
    assert "hurry" in refused.content.decode() and reads(number) == 3


def test_two_who_read_the_same_conversation_see_each_other(in_crisis, signed_in):
    _phone, number = in_crisis
    desk, other = signed_in("responder"), signed_in("supervisor")
    assert "is reading this too" not in desk.get(f"/texting/{number}").content.decode()
    assert "Responder is reading this too" in other.get(f"/texting/{number}").content.decode()
    again = desk.get(f"/texting/{number}", headers={"X-Part": "1"}).content.decode()
    assert "Supervisor is reading this too" in again and "Responder is reading" not in again


def test_who_left_minutes_ago_is_not_shown(in_crisis, signed_in):
    _phone, number = in_crisis
    record_read(conversation=number, by="person:99", now=timezone.now() - timedelta(minutes=7))
    assert (
        "is reading this too"
        not in signed_in("responder").get(f"/texting/{number}").content.decode()
    )


def test_a_claim_a_reply_and_a_note(in_crisis, signed_in):
    phone, number = in_crisis
    phone.skips()
    desk, other = signed_in("responder"), signed_in("supervisor")
    act = f"/texting/{number}/act"
    assert desk.post(act, {"do": "claim"}).status_code == 302
    refused = other.post(act, {"do": "reply", "text": "I am here too"})
    assert refused.status_code == 400 and "colleague" in refused.content.decode()
    assert "I am here too" not in phone.texts.network.to(phone.number)
    desk.post(act, {"do": "reply", "text": "I am with you. Did you call 911?"})
    phone.texts.now = timezone.now()
    phone.texts.settle()
    assert "with you" in phone.heard("with you")
    desk.post(act, {"do": "note", "note": "Called back at once."})
    assert "Called back at once." in desk.get(f"/texting/{number}").content.decode()
    assert desk.post(act, {"do": "beat"}).status_code == 204


def test_an_empty_reply_is_refused_and_what_was_typed_stays(in_crisis, signed_in):
    _phone, number = in_crisis
    desk = signed_in("responder")
    desk.post(f"/texting/{number}/act", {"do": "claim"})
    long = "x" * 700
    answer = desk.post(f"/texting/{number}/act", {"do": "reply", "text": long})
    assert answer.status_code == 400 and long in answer.content.decode()


def test_a_case_of_tier_0_closes_with_two_signatures_and_a_reason(in_crisis, signed_in):
    _phone, number = in_crisis
    desk, supervisor = signed_in("responder"), signed_in("supervisor")
    act = f"/texting/{number}/act"
    page = desk.get(f"/texting/{number}").content.decode()
    assert "The ladder" in page and "988" in page and 'id="timers"' in page
    desk.post(act, {"do": "ladder", "step": ["thoughts", "means"]})
    nothing = desk.post(act, {"do": "close case", "end": "with 988", "reason": ""})
    assert nothing.status_code == 400 and "Say why" in nothing.content.decode()
    desk.post(act, {"do": "close case", "end": "with 988", "reason": "On the phone with 988."})
    case = CrisisCase.objects.get()
    assert case.closed_at is None and case.checklist == "thoughts,means"
    signature = str(case.signatures.get(act="close").pk)
    assert desk.post(act, {"do": f"sign:{signature}"}).status_code == 400
    assert "second person" in supervisor.get(f"/texting/{number}").content.decode()
    supervisor.post(act, {"do": f"sign:{signature}"})
    case.refresh_from_db()
    assert case.closed_at is not None and case.disposition == "with 988"


def test_the_roster_is_the_supervisors(signed_in):
    supervisor, responder = signed_in("supervisor"), signed_in("responder")
    page = supervisor.get("/texting/roster").content.decode()
    person = page.split('<option value="person:')[1].split('"')[0]
    begin = timezone.now() + timedelta(hours=1)
    form = {"person": f"person:{person}", "duty": "responder", "zone": "America/Chicago",
            "begin": f"{begin:%Y-%m-%dT%H:%M}", "end": f"{begin + timedelta(hours=8):%Y-%m-%dT%H:%M}"}  # fmt: skip
    assert responder.post("/texting/roster/add", form).status_code == 403
    assert supervisor.post("/texting/roster/add", form).status_code == 302
    bad = supervisor.post("/texting/roster/add", form | {"end": form["begin"]})
    assert bad.status_code == 400 and "must end after it begins" in bad.content.decode()
    supervisor.post(f"/texting/roster/{Shift.objects.get().pk}")
    assert Shift.objects.get().withdrawn_at is not None


def test_words_are_approved_by_name(signed_in):
    desk, other = signed_in("supervisor"), signed_in("editor")
    subject = f"series:{all_series()[0].id}:{all_series()[0].version}"
    assert "approvals are missing" in desk.get("/texting/words").content.decode()
    for client in (desk, other):
        assert client.post("/texting/words/approve", {"approve": subject}).status_code in (302, 403)
    canned = {"name": "Calling", "language": "en", "text": "I’m calling you now.", "crisis": ""}
    desk.post("/texting/words/canned", canned)
    assert "I&#39;m calling you now." in desk.get("/texting/words").content.decode()
    long = desk.post("/texting/words/canned", canned | {"text": "x" * 400})
    assert long.status_code == 400 and "shorten" in long.content.decode()


@pytest.mark.parametrize("path", ["/texting", "/texting/roster", "/texting/words", "/texting/broadcasts",
                                  "/texting/reports", "/texting/words/check-in/1"])  # fmt: skip
def test_every_page_opens_for_a_supervisor_and_not_for_a_verifier(path, signed_in):
    assert signed_in("supervisor").get(path).status_code == 200
    assert signed_in("verifier").get(path).status_code == 403


def test_a_broadcast_takes_two_people(signed_in):
    desk, subject = signed_in("supervisor"), "series:check-in:1"
    for client in (desk, signed_in("editor")):
        client.post("/texting/words/approve", {"approve": subject})
    desk.post(
        "/texting/broadcasts/draft", {"series": "check-in", "text_en": "Hello.", "text_es": "Hola."}
    )
    page = desk.get("/texting/broadcasts").content.decode()
    assert "Another person must read it" in page and "segment" in page
    assert desk.post("/texting/broadcasts/1").status_code == 400
    assert (
        signed_in("supervisor", email="b@x.example").post("/texting/broadcasts/1").status_code
        == 302
    )
