"""Sign-up, web chat and "stop or delete", as somebody without a session meets them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from waypost.texting.actions.staff import add_shift, approve_series
from waypost.texting.carriers.simulator import Faults
from waypost.texting.carriers.simulator_faults import read_faults
from waypost.texting.models import HeardText, OutboxRow, Subscription, TextContact
from waypost.texting.queries.contacts import contact_by_number
from waypost.texting.queries.sealed import HEARD, opened
from waypost.texting.series.reading import all_series
from waypost.texting.series.series import named
from waypost.texting.tasks.starting import faults_file, new_worker

pytestmark = pytest.mark.django_db
FORM = {"number": "(512) 555-0100", "series": "check-in", "age": "18+", "discreet": "1", "agree": "1",
        "first_name": "Ana", "time": "1140", "zip": "78701"}  # fmt: skip


@pytest.fixture
def visitor():
    series = named(all_series(), "check-in")
    for who in ("person:1", "person:2"):
        approve_series(series=series, by=who, now=timezone.now())
    return Client()


def test_a_sign_up_sends_one_text_and_sets_no_cookie(visitor):
    answer = visitor.post("/texts", FORM)
    contact = contact_by_number("+15125550100")
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert (contact.first_name, contact.minute, contact.language) == ("Ana", 1140, "en")
    assert OutboxRow.objects.count() == 1 and Subscription.objects.count() == 1
    visitor.post("/texts", FORM)
    assert OutboxRow.objects.count() == 1, "a number is asked once"


def test_the_spanish_page_signs_up_in_spanish(visitor):
    assert 'lang="es"' in visitor.get("/es/texts").content.decode()
    visitor.post("/es/texts", FORM)
    assert contact_by_number("+15125550100").language == "es"


@pytest.mark.parametrize(
    ("change", "said"),
    [({"number": "911"}, "ten digits"), ({"number": "+44 20 7946 0958"}, "numbers of"), ({"series": "x"}, "what the texts"),
     ({"age": "under 13"}, "988"), ({"agree": ""}, "agree"), ({"time": "60"}, "9 AM to 7:30 PM"), ({"time": "480"}, "9 AM to 7:30 PM")],
)  # fmt: skip
def test_a_mistake_keeps_what_was_typed_and_says_what_would_be_right(visitor, change, said):
    answer = visitor.post("/texts", FORM | change)
    page = answer.content.decode()
    assert answer.status_code == 400 and said in page and 'value="Ana"' in page
    assert not OutboxRow.objects.exists()


def test_a_form_from_another_site_and_a_robot_send_nothing(visitor):
    assert (
        visitor.post("/texts", FORM, headers={"Origin": "https://evil.example"}).status_code == 400
    )
    assert visitor.post("/texts", FORM | {"website": "spam"}).status_code == 200
    assert not TextContact.objects.exists()


@pytest.mark.parametrize(
    "path", ["/texts", "/texts/chat", "/texts/stop", "/es/texts", "/es/texts/chat"]
)
def test_every_page_shows_988_and_911_and_no_promise_that_the_roster_does_not_hold(visitor, path):
    page = visitor.get(path).content.decode()
    assert 'href="tel:911"' in page and 'href="tel:988"' in page and "data-leave" in page
    assert "24/7" not in page and "counselor" not in page.lower()


def test_where_nothing_can_be_signed_up_for_no_form_asks_for_a_number():
    page = Client().get("/texts").content.decode()
    assert "nothing to sign up for" in page and 'name="number"' not in page
    assert "Nobody is on the roster" in page and "A person answers" not in page


def test_24_7_appears_once_the_roster_covers_the_week(visitor):
    begin = timezone.now()
    for day in range(8):
        add_shift(person="person:1", name="Ana", duty="responder", by="test", now=begin,
                  begin=begin + timezone.timedelta(days=day - 0.1), end=begin + timezone.timedelta(days=day + 0.9))  # fmt: skip
    assert "24/7" in visitor.get("/texts").content.decode()


def test_a_chat_from_its_first_words_to_its_end(visitor):
    started = visitor.post("/texts/chat/start")
    cookie = started.cookies["waypost-chat"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", "")
    said = visitor.post("/texts/chat/say", {"text": "<b>hello</b>", "once": "a1"})
    visitor.post("/texts/chat/say", {"text": "<b>hello</b>", "once": "a1"})
    page = visitor.get("/texts/chat").content.decode()
    assert said.status_code == 302 and page.count("&lt;b&gt;hello&lt;/b&gt;") == 1
    visitor.post("/texts/chat/end")
    assert "hello" not in visitor.get("/texts/chat").content.decode()
    assert TextContact.objects.get().erased_at is not None


def test_a_chat_that_is_gone_keeps_what_was_typed():
    answer = Client().post("/texts/chat/say", {"text": "still here"})
    assert answer.status_code == 400 and "still here" in answer.content.decode()


@pytest.mark.parametrize("token", ["x", "a" * 32, "../../etc", "é" * 30])
def test_a_forged_cookie_opens_nothing(token):
    client = Client()
    client.cookies["waypost-chat"] = token
    page = client.get("/texts/chat").content.decode()
    assert "Start a chat" in page


def test_stop_on_the_web_needs_no_sign_in_and_does_not_tell_who_is_known(visitor):
    visitor.post("/texts", FORM)
    known = visitor.post("/texts/stop", {"number": "512-555-0100"}).content.decode()
    unknown = visitor.post("/texts/stop", {"number": "512-555-0199"}).content.decode()
    assert known == unknown and "Done" in known
    contact = contact_by_number("+15125550100")
    assert contact.suppressed and not contact.erased and contact.first_name == "Ana"
    assert OutboxRow.objects.count() == 2, "the question for YES, and one confirmation"
    assert visitor.post("/texts/stop", {"number": "nobody"}).status_code == 400
    assert isinstance(contact.made_at, datetime)


def test_the_made_up_telephone_has_faults_to_choose_that_every_worker_reads(
    visitor, settings, tmp_path
):
    settings.PRIVATE = replace(settings.PRIVATE, folder=tmp_path)
    assert read_faults(faults_file()) == Faults()
    form = {"do": "faults", "delay": "2", "lost": "25", "doubled": "100", "silent": "900"}
    assert visitor.post("/texts/phone", form | {"refused": "x"}).status_code == 302
    assert read_faults(faults_file()) == Faults(delay=2.0, lost=0.25, doubled=1.0)
    page = visitor.get("/es/texts/phone").content.decode()
    assert page.count(" selected") == 6 and '<option value="25" selected' in page
    assert new_worker().carriers["simulator"].follows() == read_faults(faults_file())
    visitor.post("/texts/phone", {"text": "hello there"})
    assert HeardText.objects.count() == 1, "twice under one id is one text"
    visitor.post("/texts/phone", {"do": "faults", "shuffled": "100", "doubled": "100"})
    visitor.post("/texts/phone", {"text": "one two three"})
    heard = [opened(row.text, HEARD) for row in HeardText.objects.order_by("pk")]
    assert heard == ["hello there", "three", "one two"]


def test_a_made_up_telephone_only_with_the_simulator_and_never_a_real_number(visitor, settings):
    visitor.post("/texts/phone", {"text": "hello <i>", "number": "+15005550123"})
    assert "hello &lt;i&gt;" in visitor.get("/texts/phone?number=%2B15005550123").content.decode()
    visitor.post("/texts", FORM)
    page = visitor.get("/texts/phone?number=%2B15125550100").content.decode()
    assert "+15005550199" in page and "YES" not in page
    account = replace(settings.WAYPOST_TEXTING.accounts[0], kind="twilio", secrets=("x",))
    settings.WAYPOST_TEXTING = replace(settings.WAYPOST_TEXTING, accounts=(account,))
    assert visitor.get("/texts/phone").status_code == 404
