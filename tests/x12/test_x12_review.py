"""What a reviewer found that an answer in short dropped, said falsely or said of a person."""

import pytest

from waypost.x12.explain import explain
from waypost.x12.in_short import NAMED_BY_TEXT, NOT_NAMED, in_short
from waypost.x12.payer_texts import (
    leaves_authorization_open,
    mentions_authorization,
    names_behavioral_care,
    requires_authorization,
)
from waypost.x12.read_271 import parse_271
from waypost.x12.reject_codes import reason
from x12_samples import message

PLAN = "EB*1**30*PR*GOLD PPO"
COPAY = "EB*B*IND*AI***27*40****N*Y"


def short(*body: str) -> str:
    return "\n".join(in_short(parse_271(message(list(body)))))


def full(*body: str) -> str:
    return "\n".join(explain(parse_271(message(list(body)))))


@pytest.mark.parametrize(
    "text", ["IOP NOT COVERED", "BEHAVIORAL HEALTH IS RUN BY ACME 800-555-0100"]
)
def test_a_text_on_the_line_that_calls_the_care_active_is_said(text):
    said = short(PLAN, "EB*1**MH^AI", f"MSG*{text}")
    assert said.count(f"“{text}”") == 1


@pytest.mark.parametrize("code", ["D", "CB", "E", "X", "W"])
def test_a_text_on_the_care_said_of_the_whole_plan_is_said(code):
    said = short(PLAN, f"EB*{code}**30", "MSG*MH/SA CARVED OUT TO ACME CALL 8005550100")
    assert said.count("“MH/SA CARVED OUT TO ACME CALL 8005550100”") == 1
    assert NAMED_BY_TEXT in said
    assert NOT_NAMED not in said


def test_a_text_on_something_else_of_the_plan_stays_out():
    said = short(PLAN, "EB*D**30", "MSG*DENTAL CARE IS RUN BY TOOTH CO")
    assert "TOOTH" not in said
    assert NOT_NAMED in said


def test_a_benefit_code_that_nobody_knows_is_kept():
    assert "Benefit code Z9, for substance use treatment." in short(PLAN, "EB*Z9**AI")


@pytest.mark.parametrize(
    ("text", "required", "mentioned"),
    [
        ("BENEFITS REDUCED 50 PCT IF NOT PREAUTHORIZED", True, True),
        ("PA MUST BE OBTAINED", True, True),
        ("NOT COVERED WITHOUT APPROVAL", True, True),
        ("AUTH RQD", True, True),
        ("NOTIFY PLAN PRIOR TO ADMISSION", False, True),
        ("NO AUTH NEEDED FOR FIRST 12 VISITS", False, True),
        ("PA RESIDENTS ONLY", False, False),
    ],
)
def test_what_texts_say_of_authorization(text, required, mentioned):
    assert requires_authorization(text) is required
    assert mentions_authorization(text) is mentioned


def test_no_code_is_believed_over_a_text_that_leaves_authorization_open():
    said = short(PLAN, COPAY, "MSG*NOTIFY PLAN PRIOR TO ADMISSION")
    assert "Authorization: the payer speaks of it" in said
    assert "Authorization: not needed" not in said
    assert leaves_authorization_open("NO AUTH NEEDED. NOTIFICATION WITHIN 48 HOURS")
    assert not leaves_authorization_open("NO AUTH NEEDED FOR OFFICE VISITS")


def test_a_code_that_requires_beside_a_text_that_does_not_is_no_quote_of_the_payer():
    said = short(PLAN, COPAY.replace("*N*Y", "*Y*Y"), "MSG*NO AUTH NEEDED FOR FIRST 12 VISITS")
    assert "required by the code for substance use treatment" in said
    assert "the text may limit it: call." in said
    assert "required, says the payer" not in said


def test_not_needed_for_a_procedure_names_the_line_that_says_required():
    required = "MSG*PRIOR AUTH REQUIRED FOR ALL SERVICES"
    procedure = "EB*B*IND****27*40****N*Y*HC:H0015"
    assert "Another line says that it is required: call." in short(PLAN, required, procedure)
    assert "Another line" not in short(PLAN, procedure)


def test_a_procedure_in_small_letters_is_the_same():
    assert "for H0015 (intensive" in short(PLAN, "EB*B*IND****27*75****Y*Y*HC:h0015")


OTHER_INSURED = (
    PLAN,
    "EB*R**30*C1*OTHER",
    "REF*1W*M77712",
    "LS*2120",
    "NM1*PRP*2*CIGNA*****PI*62308",
    "LE*2120",
    "LS*2120",
    "NM1*IL*1*ROE*JANE****MI*Z99912",
    "LE*2120",
    "MSG*Policy of Jane Q Roe, ID z99912, M77712",
    "EB*D**AI",
    "MSG*TESTPERSON, ALEX AND Alex B. Testperson TEST000001",
    "EB*C*IND*30***23*1000*****Y",
    "MSG*FOR ALEX TESTPERSON",
)


@pytest.mark.parametrize("written", [short, full])
def test_no_text_carries_the_name_or_number_of_anybody_insured(written):
    said = written(*OTHER_INSURED).upper()
    assert not [word for word in ("ROE", "Z99912", "M77712", "ALEX", "TEST000001") if word in said]
    assert "[A PERSON]" in said


def test_a_refusal_with_a_text_names_nobody():
    said = short("AAA*N**75*C", "MSG*ALEX TESTPERSON NOT ON FILE")
    assert "ALEX" not in said


def test_the_other_insured_is_no_second_insurer():
    said = short(*OTHER_INSURED)
    assert "Another insurer pays first: “CIGNA” (PI 62308)" in said
    assert "which pays first" not in said


def test_a_managed_care_organization_on_an_active_line_of_medicaid_is_to_be_asked():
    entity = ("LS*2120", "NM1*PR*2*SUNNY HEALTH PLAN*****PI*MCO1", "LE*2120")
    said = short("EB*1**30*MC*STATE MEDICAID", *entity)
    assert "Run for this payer by another company: the whole plan. Ask “SUNNY HEALTH PLAN”" in said
    assert "Also named, as payer" in short(PLAN, *entity)
    itself = ("LS*2120", "NM1*PR*2*Example Plan", "LE*2120")
    assert "Run for this payer" not in short("EB*1**30*MC*STATE MEDICAID", *itself)


def test_inactive_now_and_a_line_that_begins_later_are_both_said():
    said = short(
        "EB*6**30*PR*GOLD", "DTP*349*D8*20260228", "EB*1**30*PR*SILVER", "DTP*348*D8*20260401"
    )
    assert "It ended on 2026-02-28. A line says that coverage begins on 2026-04-01." in said


def test_a_total_with_and_a_rest_without_the_kind_of_insurance_are_one_account():
    said = short(PLAN, "EB*C*IND*30*PR**23*3000*****Y", "EB*C*IND*30***29*500*****Y")
    assert "$3,000 per calendar year, $500 left." in said
    apart = short(
        PLAN,
        "EB*C*IND*30*MA**23*3000*****Y",
        "EB*C*IND*30*MB**23*257*****Y",
        "EB*C*IND*30***29*500*****Y",
    )
    assert "$500 left, " not in apart
    assert apart.count("it does not say what is left") == 2


def test_a_count_of_periods_without_a_period_is_said_so():
    said = short(PLAN, "EB*F*IND*AI", "HSD*VS*36*WK*3**12")
    assert "36 visits, 3 a week, for 12 periods whose length is not said." in said
    weeks = short(PLAN, "EB*F*IND*AI", "HSD*VS*36*WK*3*35*12")
    assert "36 visits, 3 a week, for 12 weeks." in weeks


@pytest.mark.parametrize("tail", [" " * 500, "\r\n\x1a", "\x00\x00"])
def test_what_pads_a_file_behind_its_end_is_no_cut(tail):
    sent = message([PLAN])
    padded = sent + (tail if isinstance(sent, str) else tail.encode())
    assert "Coverage is active" in "\n".join(in_short(parse_271(padded)))


def test_a_date_of_service_that_is_not_right_is_no_matter_of_the_members_card():
    assert reason("57", "2100C").mend == "Ask about today"


def test_care_in_short_hand_is_recognized():
    assert all(map(names_behavioral_care, ("FOR MH CALL ACME", "BH VENDOR", "DETOX", "CARVE-OUT")))
    assert not names_behavioral_care("DENTAL AND VISION")
