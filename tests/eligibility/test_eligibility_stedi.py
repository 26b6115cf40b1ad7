"""Stedi's JSON in both its shapes: what hangs on a benefit is kept, errors keep their reasons."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from waypost.eligibility import stedi_words
from waypost.eligibility.stedi import read_stedi
from waypost.eligibility.stedi_plans import plan_segments
from waypost.eligibility.wire import Received
from waypost.x12 import codes, segment_codes
from waypost.x12.notes import Note

SAMPLES = Path(__file__).parents[1] / "x12" / "samples" / "json"


def read(name: str):
    return read_stedi(Received((SAMPLES / f"{name}.json").read_bytes(), "application/json")).answer


def read_body(body: dict):
    return read_stedi(Received(json.dumps(body).encode(), "application/json"))


def test_procedure_place_delivery_entities_and_dates_of_the_flat_shape_are_kept():
    answer = read("stedi_flat_full")
    _active, copay, limit, vendor, other = answer.benefits
    assert copay.procedure == ("HC", "H0015", "HF")
    assert copay.settings[0].code == "57"
    delivery = limit.deliveries[0]
    assert (delivery.quantity, delivery.per, delivery.unit) == (Decimal(12), "3", "WK")
    assert vendor.entities[0].role == "VN"
    assert vendor.entities[0].contacts[0].ways == (("TE", "5555550111"),)
    assert other.entities[0].private
    assert other.dates[0].qualifier == "290"
    assert {reference.qualifier for reference in other.references} == {"1W", "6P"}
    assert answer.payer.contacts[0].name == "MEMBER SERVICES"
    assert answer.subscriber.references[0].text == "EXAMPLE EMPLOYER"
    assert answer.notes == ()


def test_the_newer_shape_is_read_like_a_271():
    answer = read("stedi_plans")
    assert answer.benefits[0].code == "1"
    by_code = {benefit.code: benefit for benefit in answer.benefits}
    assert by_code["B"].procedure == ("HC", "H0015")
    assert (by_code["B"].cents, by_code["B"].authorization, by_code["B"].network) == (
        7_500,
        "Y",
        "Y",
    )
    assert by_code["F"].quantity == Decimal(30)
    assert by_code["U"].service_types == ("88",)
    assert answer.subscriber.dates[0].qualifier == "346"
    assert answer.subscriber.birth_date is not None
    assert answer.notes == ()


ERROR = {"code": "72", "followupAction": "Please Correct and Resubmit"}


@pytest.mark.parametrize(
    ("where", "loop"),
    [
        ({"errors": [ERROR]}, ""),
        ({"payer": {"aaaErrors": [ERROR]}}, "2100A"),
        ({"provider": {"aaaErrors": [ERROR]}}, "2100B"),
        ({"subscriber": {"aaaErrors": [ERROR]}}, "2100C"),
        ({"dependents": [{"aaaErrors": [ERROR]}]}, "2100D"),
        ({"benefitsInformation": [{"code": "V", "aaaErrors": [ERROR]}]}, "2110C"),
        ({"errors": [ERROR | {"location": "Loop 2100B"}]}, "2100B"),
        ({"errors": [ERROR | {"location": "ENVELOPE"}]}, "2000A"),
        ({"errors": [ERROR], "subscriber": {"aaaErrors": [ERROR]}}, "2100C"),
    ],
    ids=[
        "top",
        "payer",
        "provider",
        "subscriber",
        "dependent",
        "benefit",
        "place",
        "newer",
        "both",
    ],
)
def test_an_error_at_any_level_keeps_its_reason_once(where, loop):
    (rejection,) = read_body({"benefitsInformation": []} | where).answer.rejections
    assert (rejection.loop, rejection.code, rejection.follow_up) == (loop, "72", "C")


def test_a_word_that_is_not_in_the_tables_stays_to_be_seen():
    plan = {"benefits": {"newKind": [{"timePeriod": "FORTNIGHT", "amount": "5"}]}}
    (segments,) = plan_segments(plan)
    assert segments[0][1] == "newKind"
    assert segments[0][6] == "FORTNIGHT"


def test_what_the_service_calls_invalid_is_kept_with_its_reason():
    invalid = {"benefits": {"coPayment": [{"invalidReasons": [{"code": "MISSING_AMOUNT"}]}]}}
    answer = read_body({"plans": [{"benefits": {"invalidEntries": invalid}}]}).answer
    assert answer.benefits[0].code == "B"
    assert answer.benefits[0].messages == ("The service calls this line invalid: MISSING_AMOUNT",)


def test_money_and_percent_are_as_strict_as_in_x12():
    plan = {"benefits": {"coInsurance": [{"percent": "20"}], "coPayment": [{"amount": "$5"}]}}
    answer = read_body({"plans": [plan]}).answer
    assert {note for note, _ in answer.notes} == {Note.PERCENT_OVER_ONE, Note.AMOUNT}


def test_every_code_of_the_newer_shape_has_words():
    assert set(stedi_words.PERIODS.values()) == set(codes.PERIOD)
    assert set(stedi_words.LEVELS.values()) == set(codes.LEVEL)
    assert set(stedi_words.INSURANCE.values()) <= set(codes.INSURANCE)
    assert set(stedi_words.QUANTITIES.values()) <= set(codes.QUANTITY)
    assert set(stedi_words.REFERENCES.values()) <= set(segment_codes.REFERENCE)


ACTIVE = {"code": "1", "serviceTypeCodes": ["30"], "planCoverage": "GOLD"}
COPAY = {"code": "B", "benefitAmount": "40", "serviceTypeCodes": ["AI"]}


@pytest.mark.parametrize(
    ("said", "benefits", "codes_read"),
    [
        ("6", [COPAY], ["6", "B"]),
        ("6", [ACTIVE, COPAY], ["6", "1", "B"]),
        ("1", [ACTIVE, COPAY], ["1", "B"]),
        ("", [ACTIVE], ["1"]),
    ],
)
def test_the_status_of_the_plan_is_kept_where_no_benefit_repeats_it(said, benefits, codes_read):
    status = [{"statusCode": said, "planDetails": "GOLD", "serviceTypeCodes": ["30"]}]
    answer = read_body({"planStatus": status, "benefitsInformation": benefits}).answer
    assert [benefit.code for benefit in answer.benefits] == codes_read


@pytest.mark.parametrize("name", ["aaaErrors", "AAAErrors", "errors"])
def test_an_error_is_known_by_any_of_its_lists_names(name):
    body = {"provider": {name: [{"code": "50"}]}, "benefitsInformation": []}
    assert [(r.loop, r.code) for r in read_body(body).answer.rejections] == [("2100B", "50")]
