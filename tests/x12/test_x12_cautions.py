"""What speaks against plainly active coverage: texts, dates, another plan, something not covered."""

from datetime import date

import pytest

from waypost.values.level_of_care import LevelOfCare
from waypost.x12.accounts import deductible_met, out_of_pocket_left
from waypost.x12.authorization import Authorization
from waypost.x12.in_short import in_short
from waypost.x12.levels import BEHAVIORAL_CARE, care_for
from waypost.x12.payer_texts import (
    doubts_coverage,
    leaves_authorization_open,
    requires_authorization,
    says_not_covered,
)
from waypost.x12.read_271 import parse_271
from waypost.x12.referrals import As
from waypost.x12.situation import Situation
from waypost.x12.summary import summarize
from x12_samples import message

PLAN = "EB*1**30*PR*GOLD PPO"
IOP = care_for(LevelOfCare.IOP)
DAY = date(2026, 3, 1)


def found(*body: str, care=BEHAVIORAL_CARE):
    return summarize(parse_271(message(list(body))), care, DAY)


def short(*body: str) -> str:
    return "\n".join(in_short(parse_271(message(list(body))), DAY))


@pytest.mark.parametrize(
    ("text", "required", "is_open"),
    [
        ("AUTH NOT REQUIRED FOR FIRST 8 VISITS THEN REQUIRED", True, True),
        ("NO AUTH NEEDED EXCEPT IOP AND PHP", True, True),
        ("NO PRIOR AUTHORIZATION REQUIRED OTHER THAN INTENSIVE OUTPATIENT", True, True),
        ("PRECERT NOT REQUIRED OFFICE; REQUIRED FACILITY", True, True),
        ("AUTHORIZATION NOT REQUIRED EXCEPT OUT OF NETWORK", False, True),
        ("NO AUTH NEEDED UP TO 12 VISITS", False, True),
        ("NO AUTH REQUIRED UNLESS ADMITTED", False, True),
        ("NO AUTH REQUIRED. REFERRAL REQUIRED", False, False),
        ("NO AUTH NEEDED FOR OFFICE VISITS", False, False),
        ("NO AUTHORIZATION REQUIRED", False, False),
    ],
)
def test_a_no_with_an_exception_is_no_plain_no(text, required, is_open):
    assert requires_authorization(text) is required
    assert leaves_authorization_open(text) is is_open
    says = found(PLAN, "EB*B**AI***27*40****N*Y", f"MSG*{text}").authorization.says
    expected = Authorization.MENTIONED if is_open else Authorization.NOT_FOR_SOME
    assert says is (Authorization.REQUIRED if required else expected)


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("MEMBER TERMED 01/31/2026", True),
        ("COVERAGE TERMINATED", True),
        ("POLICY CANCELLED", True),
        ("Premium is past due", True),
        ("MEMBER IN GRACE PERIOD", True),
        ("NO LONGER ELIGIBLE", True),
        ("BENEFITS SUSPENDED", True),
        ("NOT YET EFFECTIVE", True),
        ("DISENROLLED", True),
        ("LIMITED BENEFIT PLAN - EMERGENCY SERVICES ONLY", True),
        ("MEDICAID QMB ONLY", True),
        ("FAMILY PLANNING PROGRAM", True),
        ("SHARE OF COST $450", True),
        ("LONG TERM CARE IS A SEPARATE BENEFIT", False),
        ("EMERGENCY ROOM COPAY WAIVED IF ADMITTED", False),
        ("COVERAGE ACTIVE THROUGH YEAR END", False),
        ("INTENSIVE OUTPATIENT", False),
    ],
)
def test_a_text_may_put_active_coverage_in_doubt(text, doubtful):
    assert doubts_coverage(text) is doubtful
    situation = Situation.DOUBTED if doubtful else Situation.ACTIVE
    assert found(PLAN, f"MSG*{text}").coverage.situation is situation
    assert found(f"MSG*{text}", PLAN).coverage.situation is situation


@pytest.mark.parametrize("dates", ["DTP*347*D8*2026", "DTP*291*RD8*20261231-20260101",
                                   "DTP*357*D8*20251301", "DTP*346*D9*20260101"])  # fmt: skip
def test_a_date_that_decides_and_cannot_be_read_leaves_coverage_in_doubt(dates):
    assert found(dates, PLAN).coverage.situation is Situation.DOUBTED
    assert found(PLAN, dates).coverage.situation is Situation.DOUBTED


def test_a_date_that_decides_nothing_may_be_unreadable():
    assert found("DTP*442*D8*2026", PLAN).coverage.situation is Situation.ACTIVE


@pytest.mark.parametrize(
    ("body", "not_covered"),
    [
        (["EB*I**AI"], True),
        (["EB*1**AI", "EB*I**AI"], True),
        (["EB*E**CJ"], True),
        (["EB*I**AI", "MSG*RESIDENTIAL TREATMENT"], True),
        (["EB*I**AI*********N"], False),
        (["EB*I**35"], False),
        (["EB*I**AI", "DTP*292*RD8*20250101-20251231"], False),
        (["EB*1**AI", "MSG*IOP IS NOT A COVERED BENEFIT"], True),
        (["EB*1**AI", "MSG*OUT OF NETWORK NOT COVERED"], False),
        (["EB*1**AI", "MSG*BEHAVIORAL HEALTH IS NOT PROVIDED THROUGH THIS PAYER"], True),
        (["EB*1**AI", "MSG*NO OON BENEFITS"], False),
        (["EB*D**30", "MSG*SUBSTANCE ABUSE TREATMENT EXCLUDED"], True),
        (["EB*D**30", "MSG*DENTAL NOT COVERED"], False),
        (["EB*D**35", "MSG*SUBSTANCE ABUSE NOT COVERED"], False),
    ],
)
def test_what_is_called_not_covered_is_in_the_first_sentence(body, not_covered):
    situation = found(PLAN, *body).coverage.situation
    assert situation is (Situation.CARE_NOT_COVERED if not_covered else Situation.ACTIVE)


def test_another_level_that_is_not_covered_is_not_this_care():
    assert found(PLAN, "EB*I**CI").coverage.situation is Situation.CARE_NOT_COVERED
    assert found(PLAN, "EB*I**CI", care=IOP).coverage.situation is Situation.ACTIVE


def test_texts_on_networks_are_told_from_texts_on_the_care():
    assert says_not_covered("NOT COVERED OUTPATIENT")
    assert not says_not_covered("NON-PAR PROVIDERS ARE NOT COVERED")
    assert says_not_covered("OON NOT COVERED. DETOX NOT COVERED")


LAST_YEAR = "DTP*292*RD8*20250101-20251231"


def test_a_line_that_is_over_is_said_so_and_gives_no_leave():
    said = short(PLAN, "EB*B**AI***27*40****N*Y", LAST_YEAR)
    assert "not on this day, by its dates: from 2025-01-01 to 2025-12-31" in said
    assert "Authorization: not said" in said
    later = short(PLAN, "EB*B**AI***27*40****N*Y", "DTP*348*D8*20270101")
    assert "not on this day, by its dates: from 2027-01-01" in later
    now = short(PLAN, "EB*B**AI***27*40****N*Y", "DTP*292*RD8*20260101-20261231")
    assert "not on this day" not in now


def test_lines_in_force_stand_before_those_that_are_over():
    lines = ["EB*B**AI***27*20", LAST_YEAR, "EB*B**AI***27*40"]
    assert [line.cents for line in found(PLAN, *lines).shares] == [4_000, 2_000]


def test_a_duty_to_ask_first_is_kept_though_its_line_is_over():
    assert found(PLAN, "EB*B**AI***27*40****Y*Y", LAST_YEAR).authorization.says is (
        Authorization.REQUIRED
    )


def test_last_years_deductible_is_nobodys_this_year():
    body = [PLAN, "EB*C*IND*30***23*2000*****Y", LAST_YEAR, "EB*C*IND*30***29*0*****Y", LAST_YEAR,
            "EB*G*IND*30***29*100*****Y", LAST_YEAR]  # fmt: skip
    answer = parse_271(message(body))
    assert deductible_met(answer, IOP, DAY) is None
    assert out_of_pocket_left(answer, DAY) is None
    assert found(*body).accounts == ()
    this = [*body, "EB*C*IND*30***23*2500*****Y", "EB*C*IND*30***29*500*****Y"]
    assert deductible_met(parse_271(message(this)), IOP, DAY) == 200_000


ADVANTAGE = ("LS*2120", "NM1*PRP*2*GOLD INSURER", "PER*IC**TE*5555550123", "LE*2120")


@pytest.mark.parametrize(
    ("plan", "other", "replaced"),
    [
        (["EB*1**30*MA", "EB*1**30*MB"], ["EB*R**30*HN", "REF*18*H9999 001"], True),
        (["EB*1**30*MB"], ["EB*R**30*PR", "REF*18*H9999 001"], True),
        (["EB*1**30*MB"], ["EB*R**30*HN", "DTP*290*RD8*20240101-20251231"], False),
        (["EB*1**30*MB"], ["EB*R**88*HN"], False),
        (["EB*1**30*MB"], ["EB*R**30*C1"], False),
        (["EB*1**30*PR"], ["EB*R**30*PR"], False),
        (["EB*1**30*HN"], [], False),
    ],
)
def test_a_medicare_advantage_plan_pays_in_place_of_original_medicare(plan, other, replaced):
    answer = found(*plan, *other, *(ADVANTAGE if other else ()))
    assert (answer.coverage.situation is Situation.REPLACED) is replaced
    said = short(*plan, *other, *(ADVANTAGE if other else ()))
    assert ("Ask and bill it, not this payer." in said) is replaced
    if replaced:
        assert answer.referrals[0].as_what is As.REPLACES
        assert "pays first" not in said
    if replaced and "REF*18*H9999 001" in other:
        assert "plan number H9999 001" in said


@pytest.mark.parametrize(
    ("body", "situation"),
    [
        (["EB*1**30*MA"], Situation.PART_A_ALONE),
        (["EB*1**30*MA", "EB*1**30*MB"], Situation.ACTIVE),
        (["EB*1**30*MB"], Situation.ACTIVE),
        (["EB*1**30*MC*EMERGENCY SERVICES ONLY"], Situation.DOUBTED),
        (["EB*1**30*MC*STATE MEDICAID"], Situation.ACTIVE),
        (["EB*1**30*MC", "EB*Y*IND*30***34*200"], Situation.DOUBTED),
    ],
)
def test_coverage_of_other_care_alone_is_not_plainly_active(body, situation):
    assert found(*body).coverage.situation is situation


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("EB*D**30********Y", Authorization.REQUIRED),
        ("EB*CB**30********Y", Authorization.REQUIRED),
        ("EB*D**30********N", Authorization.NOT_SAID),
        ("EB*C**30***23*500****Y", Authorization.NOT_SAID),
        ("EB*D**35********Y", Authorization.NOT_SAID),
    ],
)
def test_a_duty_of_the_whole_plan_holds_for_this_care_and_its_leave_does_not(line, says):
    assert found(PLAN, "EB*B**AI***27*40*****Y", line).authorization.says is says
