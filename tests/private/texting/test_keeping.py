"""Deleting, retention, new keys, sign-up limits, web chat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import override_settings

from private.texting.conversation import Texts, service
from waypost.audit.models import Event
from waypost.files.keyring import with_new_seal
from waypost.texting.actions.chat import end_chat, say_in_chat, start_chat
from waypost.texting.actions.erasing import erase_by_number
from waypost.texting.actions.keeping import keep_to_retention, seal_again
from waypost.texting.actions.sign_up import BadSignUp, Fault, SignUp, sign_up
from waypost.texting.actions.staff import approve_series
from waypost.texting.actions.stopping import stop_on_page
from waypost.texting.models import (
    ConsentEntry,
    CrisisCase,
    HeardText,
    OutboxRow,
    RetentionRun,
    Subscription,
    Suppression,
    TextContact,
)
from waypost.texting.queries.contacts import contact_by_number, is_suppressed
from waypost.texting.queries.conversation import lines_of
from waypost.texting.queries.sealed import HEARD, digest_of, keyring, opened
from waypost.texting.series.reading import all_series
from waypost.texting.words.replies import ReplyCode

pytestmark = pytest.mark.django_db
NUMBER = "+15125550100"


@pytest.fixture
def texts():
    with service() as running:
        yield running


def test_delete_me_blanks_everything_but_the_digest_after_one_confirmation(texts: Texts):
    phone = texts.phone(NUMBER)
    phone.says("my brother is Jordan")
    phone.skips()
    phone.says("DELETE ME")
    phone.heard(ReplyCode.ERASED)
    texts.settle()
    row = TextContact.objects.get()
    assert (row.number, row.erased_at is not None) == ("", True)
    assert set(HeardText.objects.values_list("text", flat=True)) == {""}
    assert Suppression.objects.get().number_digest == digest_of(NUMBER)
    assert list(ConsentEntry.objects.values_list("act", flat=True)) == ["withdrawn", "erased"]
    assert NUMBER not in repr(list(Event.objects.values_list()))


@pytest.mark.parametrize(("language", "word"), [("en", "DELETE"), ("es", "Borrar.")])
def test_the_page_ends_texts_and_only_the_phone_erases(texts: Texts, language: str, word: str):
    phone, digest = texts.phone(NUMBER), digest_of(NUMBER)
    phone.says("my brother is Jordan")
    TextContact.objects.update(language=language)
    phone.skips()
    stop_on_page(digest=digest, now=texts.now)
    texts.settle()
    asked = phone.heard(ReplyCode.STOPPED_ON_PAGE, word.strip("."))
    assert "jordan" not in asked.lower() and "988" in asked
    assert opened(HeardText.objects.get().text, HEARD) == "my brother is Jordan"
    texts.passes(days=2)
    stop_on_page(digest=digest, now=texts.now)
    texts.settle()
    phone.heard_nothing()
    assert not TextContact.objects.get().erased_at, "silence erases nothing"
    phone.says(word)
    phone.heard(ReplyCode.ERASED)
    texts.settle()
    assert TextContact.objects.get().number == ""
    assert set(HeardText.objects.values_list("text", flat=True)) == {""}


@pytest.mark.parametrize("answer", ["ok", "No", "why?", "YES", "STOP", "gracias"])
def test_no_other_answer_to_the_page_erases(texts: Texts, answer: str):
    phone = texts.phone(NUMBER)
    phone.says("hello there")
    stop_on_page(digest=digest_of(NUMBER), now=texts.now)
    phone.says(answer)
    assert TextContact.objects.get().erased_at is None
    assert is_suppressed(digest_of(NUMBER))
    assert opened(HeardText.objects.order_by("pk")[0].text, HEARD) == "hello there"


def test_the_page_in_an_open_case_gives_help_first_and_keeps_the_case(texts: Texts):
    phone = texts.phone(NUMBER)
    phone.says("i want to die")
    phone.skips()
    stop_on_page(digest=digest_of(NUMBER), now=texts.now)
    texts.settle()
    phone.heard(ReplyCode.STOPPED_IN_DANGER, "988", "911")
    assert CrisisCase.objects.get().closed_at is None


def test_a_number_that_nobody_knows_leaves_no_row(texts: Texts):
    stop_on_page(digest=digest_of("+15125550177"), now=texts.now)
    assert not TextContact.objects.exists() and not OutboxRow.objects.exists()


def test_what_an_open_case_holds_is_kept_until_it_is_settled(texts: Texts):
    phone = texts.phone(NUMBER)
    phone.says("i want to die")
    erase_by_number(digest=digest_of(NUMBER), channel="web", by="person", now=texts.now)
    texts.settle()
    assert opened(HeardText.objects.get().text, HEARD) == "i want to die"
    CrisisCase.objects.update(closed_at=texts.now)
    texts.settle()
    assert HeardText.objects.get().text == "" and TextContact.objects.get().number == ""


def test_retention_blanks_by_age_and_reports_what_it_did(texts: Texts):
    old, new = texts.phone("+15125550101"), texts.phone("+15125550102")
    old.says("an old text")
    held = texts.phone("+15125550103")
    held.says("i want to die")
    texts.now += timedelta(days=89)
    new.says("a new text")
    texts.now += timedelta(days=2)
    report = keep_to_retention(by="Sam", now=texts.now)
    kept = sorted(opened(text, HEARD) for text in HeardText.objects.values_list("text", flat=True))
    assert kept == ["", "a new text", "i want to die"]
    assert report["texts heard blanked"] == 1 and report["numbers blanked"] == 0
    assert RetentionRun.objects.get().report == report
    assert keep_to_retention(by="Sam", now=texts.now)["texts heard blanked"] == 0
    texts.now += timedelta(days=5 * 365)
    assert keep_to_retention(by="Sam", now=texts.now)["numbers blanked"] == 2


def test_a_new_key_seals_everything_again_and_the_old_one_may_go(texts: Texts):
    texts.phone(NUMBER).says("hello there")
    turned = with_new_seal(keyring())
    with override_settings(WAYPOST_KEYRING=turned):
        assert seal_again(most=1) == 1
        while seal_again():
            pass
    from waypost.files.keyring import Keyring

    with override_settings(WAYPOST_KEYRING=Keyring(turned.mark, turned.seals[:1])):
        assert opened(HeardText.objects.get().text, HEARD) == "hello there"
        found = contact_by_number(NUMBER)
        assert found is not None and found.number == NUMBER


@pytest.fixture
def series(texts: Texts):
    known = all_series()[0]
    for by in ("Ana", "Ben"):
        approve_series(series=known, by=by, now=texts.now)
    return known


def wish(number: str, series, **more: object) -> SignUp:
    return SignUp(number=number, series=series.id, **more)  # type: ignore[arg-type]


def test_a_sign_up_sends_one_neutral_text_and_never_a_second(texts: Texts, series):
    phone = texts.phone(NUMBER)
    for day in range(4):
        sign_up(wish=wish("(512) 555-0100", series), address=f"192.0.2.{day}", now=texts.now)
        texts.passes(days=1)
    words = phone.heard(ReplyCode.OPT_IN)
    assert not any(
        word in words.lower() for word in ("recovery", "drug", "alcohol", "addict", "988")
    )
    assert Subscription.objects.get().state == "pending"
    phone.says("yes")
    phone.heard(ReplyCode.WELCOME)
    assert Subscription.objects.get().state == "active"


def test_a_stopped_number_is_not_texted_by_a_sign_up(texts: Texts, series):
    phone = texts.phone(NUMBER)
    phone.says("STOP")
    phone.skips()
    sign_up(wish=wish(NUMBER, series), address="192.0.2.1", now=texts.now)
    texts.settle()
    phone.heard_nothing()


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("hello", Fault.NUMBER),
        ("555-0100", Fault.NUMBER),
        ("+44 20 7946 0000", Fault.COUNTRY),
        ("+1 876 555 0100", Fault.COUNTRY),
        ("512-555-0100 x12", Fault.NUMBER),
        ("800 555 0199", Fault.NUMBER),
        ("1-900-555-1234", Fault.NUMBER),
        ("911", Fault.NUMBER),
        ("", Fault.NUMBER),
        ("+1 500 555 0006", Fault.NUMBER),  # our own
    ],
)
def test_numbers_that_are_not_served(texts: Texts, series, number: str, fault: Fault):
    with pytest.raises(BadSignUp) as refused:
        sign_up(wish=wish(number, series), address="192.0.2.1", now=texts.now)
    assert refused.value.fault in (fault, Fault.NUMBER)
    assert not TextContact.objects.exists()


def test_the_simulators_telephone_may_sign_up_where_no_carrier_is(texts: Texts, series):
    sign_up(wish=wish("+15005550199", series), address="192.0.2.1", now=texts.now)
    texts.settle()
    texts.phone("+15005550199").heard(ReplyCode.OPT_IN)


@pytest.mark.parametrize("how", ["one address", "neighbors"])
def test_pumping_is_stopped_by_address_and_by_block_of_numbers(texts: Texts, series, how: str):
    taken = 0
    for n in range(12):
        number = (
            f"+1512{300 + n * 7}0{100 + n}" if how == "one address" else f"+1512555{100 + n:04d}"
        )
        address = "192.0.2.1" if how == "one address" else f"192.0.2.{n}"
        try:
            sign_up(wish=wish(number, series), address=address, now=texts.now)
            taken += 1
        except BadSignUp as refused:
            assert refused.fault is Fault.TOO_MANY
    assert taken == 5


def test_a_child_is_not_put_into_a_series(texts: Texts, series):
    with pytest.raises(BadSignUp) as refused:
        sign_up(wish=wish(NUMBER, series, age_band="under 13"), address="a", now=texts.now)
    assert refused.value.fault is Fault.AGE
    assert not TextContact.objects.exists() and not OutboxRow.objects.exists()


def test_a_chat_has_the_same_engine_and_can_be_ended(texts: Texts):
    token = start_chat(language="es", address="192.0.2.1", now=texts.now)
    assert say_in_chat(token=token, text="quiero morir", now=texts.now, once="form-1")
    assert say_in_chat(token=token, text="quiero morir", now=texts.now, once="form-1") == 0
    texts.settle()
    contact = contact_by_number(f"web:{token}")
    assert contact is not None and contact_by_number("web:another") is None
    lines = lines_of(contact.id)
    assert [line.by for line in lines] == ["", "service"]
    assert "988" in lines[1].text and CrisisCase.objects.count() == 1
    end_chat(token=token, now=texts.now)
    ended = contact_by_number(f"web:{token}")
    assert ended is not None and ended.erased
    assert CrisisCase.objects.get().closed_at is None
    assert not texts.network.texts


def test_two_machines_do_not_talk_for_ever(texts: Texts):
    phone = texts.phone(NUMBER)
    for n in range(30):
        phone.says("HELP" if n % 2 else "CRAVE")
        texts.now += timedelta(seconds=11)
    assert len(phone.inbox) <= 6
