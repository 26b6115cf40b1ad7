"""Before and after the question: consent, opt-in, the breaker, and whose answer it is."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from waypost.eligibility.ask import AskStage
from waypost.eligibility.breaker import FAILURES, REST, Breaker
from waypost.eligibility.inquiry import question_270
from waypost.eligibility.loopback_answers import answer_271, asked_in_270, rejection_271
from waypost.eligibility.outcome import (
    Answered,
    Missing,
    OutcomeWhy,
    Rejected,
    Unavailable,
    Unsupported,
)
from waypost.eligibility.port import Deadline
from waypost.eligibility.same_person import is_ours
from waypost.eligibility.stedi import read_stedi
from waypost.eligibility.wire import Received
from waypost.eligibility.x12_reply import read_reply
from waypost.x12.question import InquiryPerson
from waypost.x12.reject_codes import Mender, reason
from waypost.x12.write_270 import build_270


class Source:
    """An adapter that says what it is told and counts."""

    name = "told"

    def __init__(self, *replies):
        self.replies = list(replies)
        self.sent = 0

    def serves(self, payer_id):
        return payer_id == "LOOP1"

    def send(self, inquiry, deadline):
        self.sent += 1
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@pytest.fixture
def text(inquiry, ends):
    return answer_271(asked_in_270(build_270(question_270(inquiry, ends))))


@pytest.fixture
def source(text):
    return Source(read_reply(text))


def test_without_consent_nothing_is_sent(world, source, inquiry):
    assert world.ask(source, inquiry, None) == Unsupported(Missing.CONSENT)
    assert source.sent == 0
    assert world.stages == []


def test_consent_given_after_the_question_is_none(world, source, inquiry, consent):
    late = replace(consent, given_at=inquiry.asked_at + timedelta(seconds=1))
    assert world.ask(source, inquiry, late) == Unsupported(Missing.CONSENT)
    unnamed = replace(consent, text_version="")
    assert world.ask(source, inquiry, unnamed) == Unsupported(Missing.CONSENT)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [({"opted_in_at": None}, Missing.OPT_IN), ({"npi": "1234567890"}, Missing.NPI)],
)
def test_a_program_must_have_opted_in_with_its_npi(world, source, inquiry, changes, missing):
    asked = replace(inquiry, program=replace(inquiry.program, **changes))
    assert world.ask(source, asked) == Unsupported(missing)
    assert source.sent == 0


def test_a_payer_that_is_not_served_is_not_asked(world, source, inquiry):
    asked = replace(inquiry, payer=replace(inquiry.payer, id="ELSEWHERE"))
    assert world.ask(source, asked) == Unsupported(Missing.PAYER)


def test_progress_is_told(world, source, inquiry):
    assert isinstance(world.ask(source, inquiry), Answered)
    assert world.stages == [AskStage.ASKING, AskStage.CHECKING, AskStage.DONE]


def test_after_five_failures_a_payer_rests_and_then_is_tried_once(world, inquiry, text):
    down = Source(Unavailable(OutcomeWhy.NO_ANSWER))
    for _ in range(FAILURES):
        assert world.ask(down, inquiry) == Unavailable(OutcomeWhy.NO_ANSWER)
    assert world.ask(down, inquiry) == Unavailable(OutcomeWhy.RESTING, 60)
    assert down.sent == FAILURES
    world.time += REST
    assert world.ask(down, inquiry) == Unavailable(OutcomeWhy.NO_ANSWER)
    assert world.ask(down, inquiry).why is OutcomeWhy.RESTING
    world.time += REST
    assert isinstance(world.ask(Source(read_reply(text)), inquiry), Answered)
    assert world.ask(down, inquiry) == Unavailable(OutcomeWhy.NO_ANSWER)


def test_while_one_tries_others_wait_and_payers_do_not_share_a_breaker():
    breaker = Breaker()
    for _ in range(FAILURES):
        breaker.failed("A", 0.0)
    assert breaker.rest_left("A", 10.0) == REST - 10.0
    assert breaker.rest_left("A", REST) == 0.0
    assert breaker.rest_left("A", REST) == REST
    assert breaker.rest_left("B", 10.0) == 0.0


def test_a_refusal_does_not_count_as_a_failure(world, inquiry, ends):
    asked = asked_in_270(build_270(question_270(inquiry, ends)))
    refuses = Source(read_reply(rejection_271(asked, "75", "C")))
    for _ in range(FAILURES + 2):
        assert isinstance(world.ask(refuses, inquiry), Rejected)


def test_no_second_try_when_there_is_no_time_left(world, inquiry, ends):
    asked = asked_in_270(build_270(question_270(inquiry, ends)))
    slow = Source(read_reply(rejection_271(asked, "42", "R")))
    send = slow.send

    def take_19_5_seconds(one, deadline):
        world.time += 19.5
        return send(one, deadline)

    slow.send = take_19_5_seconds
    assert world.ask(slow, inquiry) == Unavailable(OutcomeWhy.PAYER_DOWN)
    assert slow.sent == 1


def test_when_the_payer_forbids_asking_again_nobody_does(world, inquiry, ends):
    asked = asked_in_270(build_270(question_270(inquiry, ends)))
    never = Source(read_reply(rejection_271(asked, "42", "N")))
    got = world.ask(never, inquiry)
    assert isinstance(got, Rejected)
    assert reason(got.reasons[0].code).mender is Mender.PAYER
    assert never.sent == 1


def test_a_deadline_never_goes_below_zero():
    assert Deadline(5.0, lambda: 9.0).left == 0.0
    assert Deadline(9.0, lambda: 5.0).left == 4.0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("CANARYID77Q31", "CANARYID77Q32"),
        ("QUIXOTEZZ", "QUIXOTE"),
        ("DULCINEAQQ", ""),
        ("19871123", "19871124"),
        ("TRACE-7781", "TRACE-7782"),
        ("TRN*2*TRACE-7781", "TRN*1*TRACE-7781"),
        ("~HL*3*2*22*0~", "~HL*3*1*22*0~"),
        ("SE*20*0001", "SE*19*0001"),
        ("GE*1*1", "GE*1*2"),
    ],
)
def test_one_difference_is_enough_to_throw_an_answer_away(inquiry, text, old, new):
    assert is_ours(inquiry, read_reply(text))
    assert old in text
    assert not is_ours(inquiry, read_reply(text.replace(old, new)))


def test_the_payers_own_271_in_stedis_json_is_read_and_proven_by_the_control_number(inquiry, text):
    theirs = text.replace("TRACE-7781", "THEIR-OWN-TRACE")

    def reply(control):
        body = json.dumps({"controlNumber": control, "x12": theirs, "benefitsInformation": []})
        return read_stedi(Received(body.encode(), "application/json"))

    assert len(reply("000004711").answer.benefits) == 6
    assert is_ours(inquiry, reply("000004711"))
    assert not is_ours(inquiry, reply("000004712"))
    assert not is_ours(inquiry, reply(""))
    assert not is_ours(inquiry, replace(reply("000004711"), direct=True))


def test_case_and_a_missing_birth_date_are_no_difference(inquiry, text):
    assert is_ours(inquiry, read_reply(text.replace("QUIXOTEZZ", "Quixotezz")))
    silent = text.replace("DMG*D8*19871123~", "").replace("SE*20", "SE*19")
    assert is_ours(inquiry, read_reply(silent))


def test_a_dependents_answer_must_be_the_dependents(inquiry, text):
    child = InquiryPerson("QUIXOTEZZ", "SANCHO", date(2010, 5, 6), relationship="19")
    asked = replace(inquiry, dependent=child)
    trace, person, _ = (text[text.index("TRN*") :]).split("~")[:3]
    level = "HL*3*2*22*1~" + person + "~HL*4*3*23*0~" + trace
    theirs = text.replace(f"HL*3*2*22*0~{trace}~{person}", level + "~NM1*03*1*QUIXOTEZZ*SANCHO")
    theirs = theirs.replace("19871123", "20100506").replace("SE*20", "SE*22")
    assert is_ours(asked, read_reply(theirs))
    assert not is_ours(asked, read_reply(theirs.replace("SANCHO", "PANZA")))
    assert not is_ours(asked, read_reply(text))
    assert not is_ours(inquiry, read_reply(theirs))
