"""Nonsense at the desk of texts gets a sentence, and what was typed to somebody is never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from private.texting.conversation import service
from waypost.audit.queries import events
from waypost.desk.texting.words import state_words
from waypost.texting.actions.staff import add_canned_reply, approve_canned_reply
from waypost.texting.lanes import Dropped, RowState
from waypost.texting.models import Conversation, Shift
from waypost.texting.queries.conversation import conversation_shown
from waypost.texting.roster import ShiftDuty
from waypost.texting.standing import OptInStanding, SubscriptionState, WhyEnded

pytestmark = pytest.mark.django_db
STILL_HERE = "is still here, and not saved yet"
NONSENSE = ("", "abc", "²", "9" * 30, "-1", "1.5")


@pytest.fixture
def number() -> int:
    """The number of a conversation with an open case."""
    with service(timezone.now()) as texts:
        phone = texts.phone("+15125550100")
        phone.says("START")
        phone.says("I took all my pills")
        return Conversation.objects.get().pk


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_numbers_that_are_none_are_refused_and_break_nothing(number, signed_in, nonsense):
    desk = signed_in("supervisor")
    act = f"/texting/{number}/act"
    assert desk.post(act, {"do": f"sign:{nonsense}"}).status_code == 400
    assert desk.post(act, {"do": "tier", "tier": nonsense, "reason": "x"}).status_code == 400
    assert desk.post(act, {"do": "hand over", "to": f"person:{nonsense}"}).status_code == 400
    approve = {"approve": f"canned:{nonsense}"}
    assert desk.post("/texting/words/approve", approve).status_code == 400
    read = desk.post("/texting/reports/sample", {"number": nonsense or "x", "tier": "0"})
    assert read.status_code == 302


@pytest.mark.parametrize("person", ["", "person:999", "person:" + "9" * 30, "somebody"])
def test_only_who_answers_stands_on_the_roster_and_twice_is_once(signed_in, person):
    desk = signed_in("supervisor")
    shift = {
        "duty": "responder", "zone": "America/Chicago",
        "begin": "2026-12-01T09:00", "end": "2026-12-01T17:00",
    }  # fmt: skip
    answer = desk.post("/texting/roster/add", shift | {"person": person})
    assert answer.status_code == 400 and "who answers texts" in answer.content.decode()
    page = desk.get("/texting/roster").content.decode()
    me = page.split('<option value="')[1].partition('"')[0]
    for _ in range(2):
        assert desk.post("/texting/roster/add", shift | {"person": me}).status_code == 302
    assert Shift.objects.count() == 1


@pytest.mark.parametrize("begin", ["0001-01-01T00:00", "9999-12-31T23:59", "soon"])
def test_times_at_the_ends_of_the_calendar_get_a_sentence(signed_in, begin):
    desk = signed_in("supervisor")
    me = desk.get("/texting/roster").content.decode().split('<option value="')[1].partition('"')[0]
    shift = {"person": me, "duty": "responder", "zone": "America/Chicago", "begin": begin}
    assert desk.post("/texting/roster/add", shift | {"end": "2026-12-01T17:00"}).status_code == 400


def test_a_reply_that_came_too_late_is_still_on_the_page(number, signed_in):
    desk, other = signed_in("responder"), signed_in("supervisor")
    act = f"/texting/{number}/act"
    desk.post(act, {"do": "claim"})
    later = timezone.now() - timedelta(minutes=5)  # the laptop slept: its claim is over
    Conversation.objects.filter(pk=number).update(claimed_until=later)
    other.post(act, {"do": "claim"})
    refused = desk.post(act, {"do": "reply", "text": "I am here with you"})
    assert refused.status_code == 400 and "I am here with you" in refused.content.decode()
    other.post(act, {"do": "release"})
    again = desk.post(act, {"do": "claim", "text": "I am here with you"})
    page = again.content.decode()
    assert again.status_code == 200 and 'value="reply"' in page and "I am here with you" in page


HALF = {"text": "I am <here", "note": "calls her sister", "to": "", "disposition": "", "end": "with 988",
        "reason": "half a rea", "step": ["thoughts"]}  # fmt: skip
KEPT = ("I am &lt;here</textarea>", "calls her sister</textarea>", "half a rea</textarea>",
        '<option value="with 988" selected>', 'value="thoughts" checked')  # fmt: skip


def reads(number: int) -> int:
    return sum(e.act.startswith("read a conv") for e in events(record=f"conversation:{number}"))


def sent(number: int) -> list[str]:
    """What people answered in a conversation, as it stands on its page."""
    shown = conversation_shown(number)
    assert shown is not None
    return [line.text for line in shown.lines if line.by.startswith("person:")]


@pytest.mark.parametrize(
    ("do", "part", "own"),
    [
        ("reply", "reply", 0),
        ("note", "note", 1),
        ("ladder", "ladder", 4),
        ("nothing", "none", None),
        ("canned", "canned", None),
    ],
)
def test_a_button_of_a_conversation_keeps_what_is_typed_in_the_others(
    number, signed_in, do, part, own
):
    desk, act = signed_in("responder"), f"/texting/{number}/act"
    desk.post(act, {"do": "claim"})
    if do == "canned":
        canned = add_canned_reply(name="Here", language="en", text="I am reading.",
                                  about_crisis=False, by="person:98", now=timezone.now())  # fmt: skip
        for person in ("person:98", "person:99"):
            approve_canned_reply(number=canned, by=person, now=timezone.now())
        do = f"canned:{canned}"
    page = desk.get(f"/texting/{number}").content.decode()
    assert f'value="{do}"' in page and f"?part=talk.{part}" in page
    before = reads(number)
    answer = desk.post(f"{act}?part=talk.{part}", HALF | {"do": do})
    text = " ".join(answer.content.decode().split())
    assert answer.status_code == 200 and STILL_HERE in text
    assert [kept in text for kept in KEPT if KEPT.index(kept) != own] == [True] * (
        4 + (own is None)
    )
    assert reads(number) == before + 1, "the page that was only compared is not a read"
    wanted = {"reply": ["I am <here"], "canned": ["I am reading."]}.get(part, [])
    assert sent(number) == wanted, "nothing else is sent"
    if own is not None and part != "ladder":
        assert KEPT[own] not in text, "what was kept is no longer in its form"


def test_a_reply_that_is_pressed_twice_or_loaded_again_goes_out_once(number, signed_in):
    desk, act = signed_in("responder"), f"/texting/{number}/act?part=talk.reply"
    desk.post(act, {"do": "claim"})
    for presses in (2, 1):  # twice from one page, then the same words from a new one
        page = desk.get(f"/texting/{number}").content.decode()
        once = page.split('name="once" value="')[1].partition('"')[0]
        for _press in range(presses):
            desk.post(act, HALF | {"do": "reply", "text": "I am here.", "once": once})
    assert sent(number) == ["I am here."] * 2
    once_more = {"do": "reply", "text": "And now?", "once": once}
    desk.post(act, HALF | once_more)
    assert sent(number)[-1] == "And now?", "other words from one page are another reply"


def test_a_reply_that_is_typed_stays_where_a_colleague_took_over(number, signed_in):
    desk, other = signed_in("responder"), signed_in("supervisor")
    act = f"/texting/{number}/act"
    desk.post(act, {"do": "claim"})
    later = timezone.now() - timedelta(minutes=5)
    Conversation.objects.filter(pk=number).update(claimed_until=later)
    other.post(act, {"do": "claim"})
    noted = desk.post(f"{act}?part=talk.note", HALF | {"do": "note"})
    text = noted.content.decode()
    assert "not sent yet" in text and KEPT[0] in text and KEPT[2] in text
    assert KEPT[1] not in text and "calls her sister" in text, "the note is kept"
    assert sent(number) == []


def test_canned_words_go_out_only_while_they_are_approved(number, signed_in):
    desk, act = signed_in("responder"), f"/texting/{number}/act"
    desk.post(act, {"do": "claim"})
    canned = add_canned_reply(name="Here", language="en", text="I am reading.", about_crisis=False,
                              by="person:98", now=timezone.now())  # fmt: skip
    for which in (canned, "", "x", 999):
        refused = desk.post(act, {"do": f"canned:{which}"})
        assert refused.status_code == 400 and "no such canned reply" in refused.content.decode()
    assert sent(number) == []


def test_a_refused_end_of_a_case_keeps_what_was_chosen(number, signed_in):
    choice = {"do": "close case", "end": "with 988", "reason": ""}
    page = signed_in("supervisor").post(f"/texting/{number}/act", choice).content.decode()
    assert '<option value="with 988" selected>' in page


def test_a_tier_0_case_says_that_it_waits_for_a_second_signature(number, signed_in):
    desk, act = signed_in("responder"), f"/texting/{number}/act"
    end = {"do": "close case", "end": "with 988", "reason": "They are on the line with 988."}
    desk.post(act, end)
    page = desk.get(f"/texting/{number}").content.decode()
    assert "Waiting for a second signature." in page and "Sign as the second person" not in page
    assert "Ended: With 988. They are on the line" in " ".join(page.split())
    assert 'href="#case"' in page and 'id="case"' in page


def test_a_broadcast_goes_to_an_approved_series_alone(signed_in):
    desk = signed_in("editor")
    words = {"series": "", "text_en": "Hello from us.", "text_es": "Hola."}
    assert "No series is approved yet" in desk.get("/texting/broadcasts").content.decode()
    for series in ("", "no-such"):
        answer = desk.post("/texting/broadcasts/draft", words | {"series": series})
        page = answer.content.decode()
        assert answer.status_code == 400 and "Choose a series" in page and "Hello from us." in page


def test_who_approved_is_told_what_is_missing_and_a_sample_of_nothing_says_so(signed_in):
    desk = signed_in("supervisor")
    subject = desk.get("/texting/words").content.decode().split('name="approve" value="')[1]
    subject = subject.partition('"')[0]
    desk.post("/texting/words/approve", {"approve": subject})
    assert "another person must as well" in desk.get("/texting/words").content.decode()
    drawn = desk.post("/texting/reports/sample", {}, follow=True).content.decode()
    assert "Nothing was drawn" in drawn


def test_no_state_of_a_text_is_shown_as_a_code():
    codes = [*RowState, *Dropped, *OptInStanding, *SubscriptionState, *WhyEnded, *ShiftDuty]
    with translation.override("es"):
        same = {str(code) for code in codes if state_words(code) == code}
    assert same == {"supervisor"}  # the Spanish word too
    assert state_words("failed: 30003").endswith(": 30003")
