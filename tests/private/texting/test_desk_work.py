"""What staff do: the queue, claims, replies, notes, the roster, approvals, broadcasts, reports."""

from __future__ import annotations

from datetime import timedelta

import pytest

from private.texting.conversation import Texts, service
from waypost.audit.models import Event
from waypost.texting.actions.blind_reading import draw_sample, judge
from waypost.texting.actions.conversations import (
    CannotReply,
    NotYours,
    add_note,
    claim,
    close,
    hand_over,
    keep_claim,
    release,
    reply_as_person,
)
from waypost.texting.actions.reading import record_read
from waypost.texting.actions.staff import (
    CannotSave,
    add_canned_reply,
    add_shift,
    approve_canned_reply,
    draft_broadcast,
    finish_follow_up,
    send_broadcast,
    withdraw_shift,
)
from waypost.texting.crisis.tiers import Tier
from waypost.texting.models import (
    BlindReading,
    ColleagueNote,
    FollowUp,
    HeardText,
    Subscription,
    TextContact,
)
from waypost.texting.queries.contacts import contact_by_number
from waypost.texting.queries.conversation import conversation_shown
from waypost.texting.queries.queue import alerts_for, follow_ups, waiting
from waypost.texting.queries.reports import next_to_read, report
from waypost.texting.queries.roster import answers_around_the_clock, next_answer, somebody_answers
from waypost.texting.queries.staff import broadcast_preview, canned_replies

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts():
    with service() as running:
        yield running


def queued(texts: Texts, number: str = "+15125550100", words: str = "my brother needs help") -> int:
    texts.phone(number).says(words)
    return waiting(texts.now)[-1].id


def test_the_queue_is_by_tier_then_by_waiting_time(texts: Texts):
    queued(texts, "+15125550101", "first question")
    texts.now += timedelta(minutes=1)
    queued(texts, "+15125550102", "second question")
    texts.now += timedelta(minutes=1)
    queued(texts, "+15125550103", "i want to die")
    items = waiting(texts.now)
    numbers = [contact_by_number(f"+1512555010{n}").id for n in (3, 1, 2)]
    assert [item.contact for item in items] == numbers
    assert items[0].tier is Tier.HIGH and items[0].case is not None


def test_a_claim_is_one_persons_until_its_heartbeat_stops(texts: Texts):
    number = queued(texts)
    claim(number=number, by="Ana", now=texts.now)
    with pytest.raises(NotYours, match="colleague"):
        claim(number=number, by="Ben", now=texts.now)
    with pytest.raises(NotYours):
        reply_as_person(number=number, text="hi", by="Ben", now=texts.now)
    texts.now += timedelta(seconds=50)
    assert keep_claim(number=number, by="Ana", now=texts.now)
    texts.now += timedelta(seconds=50)
    assert waiting(texts.now)[0].claimed_by == "Ana"
    texts.now += timedelta(seconds=20)
    assert waiting(texts.now)[0].claimed_by == ""
    claim(number=number, by="Ben", now=texts.now)
    assert not keep_claim(number=number, by="Ana", now=texts.now)
    release(number=number, by="Ben", now=texts.now)
    claim(number=number, by="Ana", now=texts.now)


def test_a_hand_over_comes_first_in_the_others_queue(texts: Texts):
    queued(texts, "+15125550101", "first question")
    texts.now += timedelta(minutes=1)
    number = queued(texts, "+15125550102", "second question")
    claim(number=number, by="Ana", now=texts.now)
    hand_over(number=number, to="Ben", by="Ana", now=texts.now)
    assert waiting(texts.now, "Ben")[0].id == number
    assert waiting(texts.now, "Ana")[0].id != number


def test_a_reply_reaches_the_phone_and_ends_the_wait(texts: Texts):
    number = queued(texts)
    phone = texts.phone()
    phone.skips()
    reply_as_person(number=number, text="  Hello, I am Ana.\x00 ", by="person:1", now=texts.now)
    texts.settle()
    phone.heard("Hello, I am Ana.")
    assert waiting(texts.now)[0].waiting_since is None
    shown = conversation_shown(number)
    assert shown is not None
    assert [line.by for line in shown.lines] == ["", "service", "person:1"]
    close(number=number, disposition="helped", by="person:1", now=texts.now)
    assert waiting(texts.now) == []


@pytest.mark.parametrize("words", ["", "   ", "x" * 641])
def test_a_reply_that_cannot_be_sent_says_why(texts: Texts, words: str):
    with pytest.raises(CannotReply, match="length of a reply"):
        reply_as_person(number=queued(texts), text=words, by="Ana", now=texts.now)


def test_nobody_writes_to_a_person_who_stopped_unless_they_wrote_since(texts: Texts):
    number = queued(texts)
    phone = texts.phone()
    texts.now += timedelta(seconds=1)
    phone.says("STOP")
    with pytest.raises(CannotReply, match="no more texts"):
        reply_as_person(number=number, text="are you there", by="Ana", now=texts.now)
    phone.skips()
    texts.now += timedelta(seconds=20)
    phone.says("wait, can I ask something")
    phone.heard_nothing()
    reply_as_person(number=number, text="Yes, go on.", by="Ana", now=texts.now)
    texts.settle()
    phone.heard("Yes, go on.")


def test_every_act_and_every_read_is_in_the_audit_without_words(texts: Texts):
    number = queued(texts)
    add_note(number=number, text="Brother is Jordan.", by="Ana", now=texts.now)
    record_read(conversation=number, by="Ana", now=texts.now, reason="break glass")
    acts = list(Event.objects.filter(record=f"conversation:{number}").values_list("act", flat=True))
    assert acts == ["wrote a note", "read a conversation: break glass"]
    assert (
        "Jordan" not in repr(list(Event.objects.values_list())) + ColleagueNote.objects.get().text
    )


def test_around_the_clock_is_said_only_where_the_roster_has_no_gap(texts: Texts):
    begin = texts.now
    for day in range(8):
        start = begin + timedelta(hours=24 * day)
        add_shift(
            person="p",
            name="P",
            duty="responder",
            begin=start,
            end=start + timedelta(hours=24),
            by="Sam",
            now=begin,
        )
    assert answers_around_the_clock(texts.now) and somebody_answers(texts.now)
    from waypost.texting.models import Shift

    withdraw_shift(number=Shift.objects.order_by("from_at")[2].pk, by="Sam", now=texts.now)
    assert not answers_around_the_clock(texts.now)
    later = begin + timedelta(days=2, hours=1)
    assert not somebody_answers(later) and next_answer(later) == begin + timedelta(days=3)
    with pytest.raises(CannotSave, match="length of a shift"):
        add_shift(
            person="p", name="P", duty="responder", begin=begin, end=begin, by="Sam", now=begin
        )


def test_canned_replies_need_one_signature_and_about_a_crisis_two(texts: Texts):
    number = add_canned_reply(
        name="Hello", language="en", text="Hello.", about_crisis=True, by="Ana", now=texts.now
    )
    assert canned_replies("en")[0].lacking == 2
    assert approve_canned_reply(number=number, by="Ana", now=texts.now) == 1
    assert approve_canned_reply(number=number, by="Ana", now=texts.now) == 1
    assert approve_canned_reply(number=number, by="Ben", now=texts.now) == 0
    add_canned_reply(
        name="Hello", language="en", text="Hi.", about_crisis=False, by="Ana", now=texts.now
    )
    assert [(c.text, c.lacking) for c in canned_replies()] == [("Hi.", 1)]
    with pytest.raises(CannotSave, match="two segments"):
        add_canned_reply(
            name="Long", language="en", text="x" * 400, about_crisis=False, by="Ana", now=texts.now
        )


def test_a_broadcast_is_previewed_and_sent_by_another_person_once(texts: Texts):
    for number in range(3):
        phone = texts.phone(f"+1512555010{number}")
        phone.says("hello")
        row = TextContact.objects.last()
        TextContact.objects.filter(pk=row.pk).update(
            state="in", language="es" if number == 0 else "en"
        )
        Subscription.objects.create(
            contact=row, series="skills", version=1, state="active", made_at=texts.now
        )
    number = draft_broadcast(
        series="skills", text_en="Closed Monday.", text_es="Lunes cerrado.", by="Ana", now=texts.now
    )
    preview = broadcast_preview(number, texts.now)
    assert preview is not None
    assert (preview.people, preview.in_spanish, preview.segments) == (3, 1, 3)
    with pytest.raises(CannotSave, match="another person"):
        send_broadcast(number=number, by="Ana", now=texts.now)
    assert send_broadcast(number=number, by="Ben", now=texts.now) == 3
    with pytest.raises(CannotSave, match="already"):
        send_broadcast(number=number, by="Ben", now=texts.now)
    texts.settle()
    assert texts.phone("+15125550100").inbox[-1] == "Lunes cerrado."
    assert texts.phone("+15125550101").inbox[-1] == "Closed Monday."


def test_a_task_is_done_once_with_how_it_went(texts: Texts):
    queued(texts)
    task = FollowUp.objects.create(
        contact=TextContact.objects.get(),
        kind="check-in silent",
        cause="c",
        made_at=texts.now,
        due_at=texts.now,
    )
    assert follow_ups(texts.now + timedelta(hours=1))[0].late
    with pytest.raises(CannotSave):
        finish_follow_up(number=task.pk, outcome=" ", by="Ana", now=texts.now)
    finish_follow_up(number=task.pk, outcome="called", by="Ana", now=texts.now)
    assert follow_ups(texts.now) == []


def test_a_sample_is_read_blind_and_gives_a_miss_rate_with_its_interval(texts: Texts):
    phone = texts.phone()
    phone.says("hello")
    first = HeardText.objects.get()
    HeardText.objects.bulk_create(
        HeardText(
            account="a",
            carrier_id=f"S{n}",
            contact=first.contact,
            text=first.text,
            at=texts.now,
            handled_at=texts.now,
            handled_as="person",
            tier=3,
        )
        for n in range(400)
    )
    drawn = draw_sample(by="Sam", now=texts.now + timedelta(hours=1))
    assert 8 <= drawn <= 40 and draw_sample(by="Sam", now=texts.now + timedelta(hours=1)) == 0
    to_read = next_to_read("Ana")
    assert to_read is not None and to_read.text == "hello"
    judge(number=to_read.id, tier=Tier.HIGH, by="Ana", now=texts.now)
    for row in BlindReading.objects.filter(read_at=None):
        judge(number=row.pk, tier=Tier.NONE, by="Ana", now=texts.now)
    figures = report(texts.now - timedelta(days=1), texts.now + timedelta(days=1))
    assert (figures.missed.count, figures.missed.of) == (1, drawn)
    assert 0 < figures.missed.low < 1 / drawn < figures.missed.high < 1


def test_the_report_counts_answers_by_tier_and_opt_outs(texts: Texts):
    phone = texts.phone()
    phone.says("i want to die")
    texts.now += timedelta(seconds=90)
    assert alerts_for("operator") == []
    reply_as_person(number=waiting(texts.now)[0].id, text="I am here.", by="Ana", now=texts.now)
    texts.phone("+15125550109").says("STOP")
    figures = report(texts.now - timedelta(days=1), texts.now + timedelta(days=1))
    high = figures.tiers[1]
    assert (high.cases, high.answered, high.median, high.automatic_median) == (1, 1, 90.0, 0.0)
    assert figures.opt_outs == 1


@pytest.mark.parametrize(
    ("words", "finding"),
    [
        ("Keep the pills away.", "“pills”"),
        ("Our therapy helps.", "“therapy”"),
        ("We promise you it works.", "“promise you”"),
        ("When it feels hopeless, wait.", "“hopeless”"),
        ("He is an addict.", "“addict”"),
    ],
)
def test_what_a_series_may_not_say_nobody_sends_to_many(texts: Texts, words: str, finding: str):
    with pytest.raises(CannotSave, match=finding):
        draft_broadcast(series="skills", text_en=words, text_es="Hola.", by="Ana", now=texts.now)
    with pytest.raises(CannotSave, match=finding):
        add_canned_reply(
            name="N", language="en", text=words, about_crisis=False, by="Ana", now=texts.now
        )
