"""Whole conversations: opting in and out, keywords, a person, and danger before everything."""

from __future__ import annotations

from datetime import timedelta

import pytest

from private.texting.conversation import service
from waypost.texting.lanes import RowState
from waypost.texting.models import (
    ConsentEntry,
    Conversation,
    CrisisCase,
    HeardText,
    OutboxRow,
    Suppression,
    TextContact,
    Timer,
)
from waypost.texting.words.replies import ReplyCode

pytestmark = pytest.mark.django_db


def test_yes_counts_only_while_it_was_asked():
    with service() as texts:
        phone = texts.phone()
        phone.says("YES")
        assert TextContact.objects.get().state == "new"
        phone.skips()
        phone.says("START")
        phone.heard("YES", "STOP")
        phone.says("yes")
        phone.heard(ReplyCode.WELCOME)
        assert TextContact.objects.get().state == "in"
        assert list(ConsentEntry.objects.values_list("act", flat=True)) == ["asked", "given"]


def test_stop_is_confirmed_once_and_nothing_follows():
    with service() as texts:
        phone = texts.phone()
        phone.says("START")
        phone.says("YES")
        phone.skips()
        phone.says("STOP")
        phone.heard(ReplyCode.STOPPED, "988")
        phone.says("stop")
        phone.says("CRAVE")
        phone.heard_nothing()
        assert Suppression.objects.get().why == "stop"


def test_start_lifts_a_stop():
    with service() as texts:
        phone = texts.phone()
        phone.says("STOP")
        phone.skips()
        phone.says("START")
        phone.heard(ReplyCode.WELCOME)
        assert not Suppression.objects.exists()
        assert ConsentEntry.objects.last().act == "rejoined"


def test_a_danger_is_answered_within_ten_seconds_and_timers_run():
    with service() as texts:
        phone = texts.phone()
        phone.says("he is turning blue not breathing")
        phone.heard("988", "911", ReplyCode.OVERDOSE)
        case = CrisisCase.objects.get()
        assert (case.tier, case.exits) == (0, "overdose")
        assert Timer.objects.filter(case=case).count() == 4
        sent = OutboxRow.objects.get()
        assert sent.sent_at - HeardText.objects.get().at < timedelta(seconds=10)


def test_stop_and_a_danger_in_one_text_do_both():
    with service() as texts:
        phone = texts.phone()
        phone.says("i want to die")
        phone.skips()
        phone.says("STOP")
        phone.heard(ReplyCode.STOPPED_IN_DANGER, "988")
        case = CrisisCase.objects.get()
        assert case.do_not_text and case.closed_at is None


def test_a_webhook_sent_again_changes_nothing():
    with service() as texts:
        phone = texts.phone()
        assert phone.says("HELP", "SM1")
        phone.heard(ReplyCode.HELP)
        assert phone.says("HELP", "SM1") == 0
        phone.heard_nothing()
        assert HeardText.objects.count() == 1


def test_the_same_text_under_two_ids_is_acted_on_once():
    with service() as texts:
        phone = texts.phone()
        phone.says("HELP")
        phone.says("HELP")
        phone.heard(ReplyCode.HELP)
        assert HeardText.objects.count() == 2


def test_what_is_no_keyword_goes_to_a_person_and_says_when():
    with service() as texts:
        phone = texts.phone()
        phone.says("my brother will not talk to me")
        phone.heard(ReplyCode.PERSON_LATER)
        assert Conversation.objects.get().waiting_since == texts.now
        phone.says("are you there")
        phone.heard_nothing()


def test_nothing_that_a_person_wrote_is_stored_in_clear():
    with service() as texts:
        phone = texts.phone("+15125550177")
        phone.says("my brother is Jordan")
        rows = [
            str(row)
            for table in (HeardText, TextContact, OutboxRow)
            for row in table.objects.values()
        ]
        assert rows and not any("Jordan" in row or "5550177" in row for row in rows)
        assert OutboxRow.objects.get().state == RowState.SENT
