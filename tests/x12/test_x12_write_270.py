"""Writing 270s: the guide's shape, and nothing that the guide does not allow."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from waypost.values.level_of_care import LevelOfCare
from waypost.values.numbers import is_npi
from waypost.x12.levels import ASK
from waypost.x12.question import InquiryPerson, Party, Question270
from waypost.x12.write_270 import BadInquiry, build_270

SAMPLE = Path(__file__).parent / "samples" / "written" / "270_sud_iop_subscriber.edi"
PERSON = InquiryPerson("TESTPERSON", "ALEX", date(1990, 1, 1), "TEST000001")
QUESTION = Question270(
    sender=Party("SYNTHDIRECTORY"),
    receiver=Party("SYNTHPAYER"),
    payer_name="EXAMPLE HEALTH PLAN",
    payer_id="99999",
    provider_name="EXAMPLE RECOVERY CENTER",
    provider_npi="1234567893",
    provider_taxonomy="261QR0405X",
    subscriber=PERSON,
    service_date=date(2026, 3, 1),
    service_types=("30", "MH", "AI", "A8", "A7"),
    asked_at=datetime(2026, 3, 1, 12, 0),
    control_number=101,
    trace="TRACE-0001",
    originator="9SYNTHDIR0",
    usage="T",
)


def test_the_question_is_the_sample_byte_for_byte_but_for_its_reference():
    sample = SAMPLE.read_text().replace("\n", "").replace("REQ-0001", "TRACE-0001")
    assert build_270(QUESTION) == sample


def test_isa_has_its_fixed_width():
    first = build_270(QUESTION).split("~")[0]
    assert len(first) == 105
    assert [len(field) for field in first.split("*")[1:]] == [
        2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1,
    ]  # fmt: skip


def test_a_dependent_follows_the_subscriber_and_carries_the_trace():
    child = InquiryPerson("TESTPERSON", "SAM", date(2012, 2, 3), relationship="19")
    lines = build_270(replace(QUESTION, dependent=child)).split("~")
    level = lines.index("HL*3*2*22*1")
    assert lines[level + 1] == "NM1*IL*1*TESTPERSON*ALEX****MI*TEST000001"
    assert lines[level + 3 : level + 8] == [
        "HL*4*3*23*0",
        "TRN*1*TRACE-0001*9SYNTHDIR0",
        "NM1*03*1*TESTPERSON*SAM",
        "DMG*D8*20120203",
        "INS*N*19",
    ]
    assert f"SE*{len(lines) - 5}*0001" in lines  # ISA, GS, GE, IEA and the empty end


def test_a_procedure_is_asked_about_instead_of_a_service_type():
    lines = build_270(replace(QUESTION, procedure="H0015")).split("~")
    assert "EQ**HC:H0015" in lines
    assert not any(line.startswith("EQ*30") for line in lines)


@pytest.mark.parametrize("level", LevelOfCare)
def test_each_level_of_care_can_be_asked_about(level):
    ask = ASK[level]
    assert f"EQ*{'^'.join(ask.service_types)}~" in build_270(
        replace(QUESTION, service_types=ask.service_types)
    )
    for code in ask.procedures:
        assert f"EQ**HC:{code}~" in build_270(replace(QUESTION, procedure=code))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"sender": Party("A" * 16)}, "sender"),
        ({"receiver": Party("")}, "receiver"),
        ({"receiver": Party("A", "Z")}, "receiver"),
        ({"payer_name": "A~B"}, "payer_name"),
        ({"payer_id": "9*9"}, "payer_id"),
        ({"provider_name": "A" * 61}, "provider_name"),
        ({"provider_npi": "1234567890"}, "provider_npi"),
        ({"provider_npi": "١٢٣٤٥٦٧٨٩٣"}, "provider_npi"),
        ({"provider_taxonomy": "261Q"}, "provider_taxonomy"),
        ({"subscriber": replace(PERSON, last_name="")}, "subscriber"),
        ({"subscriber": replace(PERSON, first_name="A\nB")}, "subscriber"),
        ({"subscriber": replace(PERSON, last_name="MUÑOZ")}, "subscriber"),
        ({"subscriber": replace(PERSON, member_id="A^B")}, "subscriber"),
        ({"subscriber": replace(PERSON, member_id=" A")}, "subscriber"),
        ({"dependent": replace(PERSON, relationship="77")}, "dependent"),
        ({"trace": ""}, "trace"),
        ({"originator": "SHORT"}, "originator"),
        ({"control_number": 0}, "control_number"),
        ({"control_number": 1_000_000_000}, "control_number"),
        ({"usage": "X"}, "usage"),
        ({"procedure": "0015"}, "procedure"),
        ({"service_types": ()}, "service_types"),
        ({"service_types": ("ai",)}, "service_types"),
        ({"service_types": ("AI",) * 100}, "service_types"),
    ],
)
def test_what_cannot_be_sent_is_named_by_its_field_alone(changes, field):
    with pytest.raises(BadInquiry) as caught:
        build_270(replace(QUESTION, **changes))
    assert caught.value.field == field
    assert str(caught.value) == f"The question cannot be sent: {field} is missing or wrong."


@pytest.mark.parametrize("number", ["1234567893", "1912301953", "1003000126"])
def test_a_real_npi_passes_luhn(number):
    assert is_npi(number)
    assert not any(is_npi(number[:-1] + digit) for digit in "0123456789" if digit != number[-1])


def test_a_person_does_not_print():
    assert repr(PERSON) == str(PERSON) == "Person(redacted)"
    assert "TESTPERSON" not in repr(QUESTION)
