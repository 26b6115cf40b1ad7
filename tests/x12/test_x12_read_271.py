"""Reading 271s: what the samples say, field by field."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from waypost.x12.answer import AnswerFault
from waypost.x12.envelope import BadMessage, MessageProblem
from waypost.x12.notes import Note
from waypost.x12.parts import Period
from waypost.x12.read_271 import parse_271
from waypost.x12.read_benefit import MOST, Dialect, Memory

SAMPLES = Path(__file__).parent / "samples"


def read(name: str):
    return parse_271((SAMPLES / name).read_bytes())


def test_odd_delimiters_are_taken_from_isa():
    answer = read("written/271_variant_delims_pipe_nl.edi")
    assert len(answer.benefits) == 16
    assert answer.notes == ()
    assert answer.envelope.faults == ()
    iop = answer.benefits[12]
    assert iop.messages == ("INTENSIVE OUTPATIENT AND PARTIAL HOSPITALIZATION",)
    assert iop.service_types == ("AI", "A8")
    assert iop.basis_points == 2_000
    assert (iop.authorization, iop.network) == ("Y", "Y")
    office = answer.benefits[11]
    assert office.cents == 4_000
    assert office.settings[0].code == "11"
    assert answer.benefits[4].cents == 325_050


def test_the_person_the_payer_and_the_control_numbers():
    answer = read("written/271_limits_days.edi")
    person = answer.subscriber
    assert person is not None
    assert answer.person is person
    assert (person.last_name, person.first_name, person.id) == ("TESTPERSON", "ALEX", "TEST000001")
    assert person.birth_date == date(1990, 1, 1)
    assert person.traces == (("2", "TRACE-0001", "9SYNTHDIR0"),)
    assert person.dates[0].period == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert answer.payer is not None
    assert answer.payer.id == "99999"
    assert answer.payer.contacts[0].ways == (("TE", "5555550100"), ("UR", "www.example.org"))
    assert answer.provider is not None
    assert answer.provider.id == "1234567893"
    assert answer.envelope.interchange_control == "000000101"
    assert answer.envelope.guide == "005010X279A1"


def test_limits_keep_their_unit_quantity_and_period():
    total, left = read("written/271_limits_days.edi").benefits[1:]
    assert (total.quantity_code, total.quantity, total.period) == ("DY", Decimal(30), "22")
    assert total.deliveries[0].quantity == Decimal(30)
    assert (left.quantity, left.period) == (Decimal(12), "29")


def test_a_dependent_is_who_the_benefits_are_for():
    answer = read("public/lfh_dependent-health-benefit-check_271.edi")
    assert answer.dependent is not None
    assert answer.person is answer.dependent
    assert answer.dependent.first_name == "MARY"
    assert {benefit.loop for benefit in answer.benefits} == {"2110D"}
    assert answer.benefits[1].entities[0].role == "P3"


def test_a_carve_out_names_whom_to_call():
    carved = read("written/271_carveout_no_bh_amounts.edi").benefits[2]
    assert carved.code == "U"
    entity = carved.entities[0]
    assert (entity.name, entity.contacts[0].ways) == (
        "EXAMPLE CARVE OUT BH",
        (("TE", "5555550123"),),
    )
    assert carved.messages == ("BEHAVIORAL HEALTH ADMINISTERED BY ANOTHER ENTITY",)


def test_zero_blank_and_twenty_are_three_things():
    answer = read("written/271_deductible_zero_and_blank.edi")
    zero, zero_left, free, blank, twenty = answer.benefits[1:]
    assert (zero.cents, zero_left.cents) == (0, 0)
    assert free.basis_points == 0
    assert (blank.cents, blank.basis_points) == (None, None)
    assert (twenty.basis_points, twenty.sent_percent) == (None, "20")
    assert answer.notes == ((Note.PERCENT_OVER_ONE, 21),)


@pytest.mark.parametrize("code", ["62", "72", "75", "78"])
def test_a_refusal_keeps_its_loop_and_follow_up(code):
    (rejection,) = read(f"written/271_aaa_2100C_{code}.edi").rejections
    assert (rejection.loop, rejection.code, rejection.follow_up) == ("2100C", code, "C")


def test_an_envelope_that_does_not_add_up_is_a_fault():
    answer = read("public/lfh_subscriber-health-benefit-check-error_271.edi")
    assert answer.envelope.faults == (AnswerFault.TRANSACTION_CONTROL,)


def test_a_question_is_not_an_answer():
    with pytest.raises(BadMessage) as caught:
        read("public/lfh_demo_270.edi")
    assert caught.value.problem is MessageProblem.NOT_271


def test_the_day_asked_is_the_date_of_service_or_the_day_of_the_answer():
    answer = read("written/271_limits_days.edi")
    assert answer.envelope.created == answer.day_asked == date(2026, 3, 1)
    text = (SAMPLES / "written" / "271_limits_days.edi").read_text()
    served = text.replace("DTP*291*RD8", "DTP*472*D8*20260405~\nDTP*291*RD8")
    assert parse_271(served).day_asked == date(2026, 4, 5)


def test_only_short_segments_that_are_nobodys_own_are_remembered():
    memory = Memory(Dialect("*", "^", ":", "2110C"))
    assert memory["EB*1**30"] is memory["EB*1**30"]
    left = memory["EB*C*IND*30***29*1250.5*****Y"]
    assert left[0].cents == 125_050
    memory["EB*1**30*" + "X" * 200]
    assert list(memory) == ["EB*1**30"]
    for number in range(MOST + 5):
        memory[f"EB*C*IND*30***23*{number}"]
    assert len(memory) <= MOST
