"""What is picked out of an answer: only what was said, in the order in which it is looked for."""

from datetime import date

import pytest

from waypost.values.level_of_care import LevelOfCare
from waypost.x12.accounts import deductible_met, out_of_pocket_left
from waypost.x12.answer import Rejection
from waypost.x12.authorization import Authorization
from waypost.x12.delivery import allowances, begins_above
from waypost.x12.in_short import MOST, NO_CODE, NOT_NAMED, in_short
from waypost.x12.levels import ASK, BEHAVIORAL, BEHAVIORAL_CARE, care_for, types_for
from waypost.x12.read_271 import parse_271
from waypost.x12.referrals import As, ReferralAbout
from waypost.x12.reject_codes import reason
from waypost.x12.situation import Situation
from waypost.x12.summary import summarize
from x12_samples import message

IOP = care_for(LevelOfCare.IOP)


def read(*body: str):
    return parse_271(message(list(body)))


def summary(*body: str, day: date | None = None):
    return summarize(read(*body), IOP, day)


def test_totals_what_is_left_and_other_services_are_told_apart():
    found = summary(
        "EB*1**30**PPO ONE",
        "EB*C*IND*30***23*2000*****Y",
        "EB*C*IND*30***29*1250.5*****Y",
        "EB*C*IND*35***29*50*****Y",
        "EB*G*FAM*30***29*5100*****N",
    ).accounts
    assert [(one.first.code, one.first.network, one.own) for one in found] == [
        ("C", "Y", False),
        ("G", "N", False),
    ]
    assert found[0].total is not None and found[0].total.cents == 200_000
    assert found[0].left is not None and found[0].left.cents == 125_050
    assert found[1].total is None


def test_two_totals_of_one_kind_are_not_paired_with_a_rest():
    found = summary(
        "EB*1**30",
        "EB*C*IND*30***23*2000*****Y",
        "MSG*TIER 1",
        "EB*C*IND*30***23*4000*****Y",
        "MSG*TIER 2",
        "EB*C*IND*30***29*500*****Y",
    ).accounts
    assert len(found) == 3
    assert all(sum(x is not None for x in (a.total, a.left, a.so_far)) == 1 for a in found)


@pytest.mark.parametrize(
    ("lines", "met"),
    [
        (["EB*C*IND*30***23*2000*****Y", "EB*C*IND*30***29*500*****Y"], 150_000),
        (["EB*C*IND*30***23*2000*****Y"], None),
        (["EB*C*IND*30***29*500*****Y"], None),
        (["EB*C*IND*30***23*99999.99*****Y", "EB*C*IND*30***29*99999.99*****Y"], None),
        (["EB*C*IND*30***23*500*****Y", "EB*C*IND*30***29*900*****Y"], None),
        (["EB*C*FAM*30***23*2000*****Y", "EB*C*FAM*30***29*500*****Y"], None),
        (["EB*C*IND*30***23*2000*****N", "EB*C*IND*30***29*500*****N"], None),
        (["EB*C*IND*30***23*2000*****Y", "EB*C*IND*30***29*500*****Y",
          "EB*C*IND*AI***23*250*****Y"], None),
        (["EB*C*IND*30***23*2000*****Y", "EB*C*IND*30***29*500*****Y",
          "EB*C*IND*30***23*3000*****Y"], None),
    ],
)  # fmt: skip
def test_a_deductible_is_met_only_where_total_and_rest_are_said_once(lines, met):
    assert deductible_met(read("EB*1**30", *lines), IOP) == met


def test_nines_are_no_maximum():
    answer = read("EB*1**30", "EB*G*IND*30***29*999999.99*****Y")
    assert out_of_pocket_left(answer) is None
    assert out_of_pocket_left(read("EB*1**30", "EB*G*IND*30***29*5100*****Y")) == 510_000


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["EB*B**AI***27*40****N*Y", "EB*A**AI*****.2***Y*Y"], Authorization.REQUIRED),
        (["EB*B**AI***27*40****N*Y", "EB*A**AI*****.2***U*Y"], Authorization.UNKNOWN),
        (["EB*B**AI***27*40****N*Y", "EB*A**AI*****.2****Y"], Authorization.NOT_FOR_SOME),
        (["EB*B**AI***27*40*****Y"], Authorization.NOT_SAID),
        (["EB*B**35***27*40****Y*Y"], Authorization.NOT_SAID),
        (["EB*B**AI***27*40****Q*Y"], Authorization.UNKNOWN),
        (["EB*B*****27*40****N*Y*HC:H0015"], Authorization.NOT_REQUIRED),
        (["EB*B*****27*40****N*Y*HC:H0015", "MSG*PRIOR AUTH REQUIRED"], Authorization.REQUIRED),
        (["EB*B*****27*40****N*Y*HC:H0004"], Authorization.NOT_SAID),
        (["EB*B**AI***27*40****N*Y", "MSG*AUTHORIZATION MUST BE OBTAINED"], Authorization.REQUIRED),
        (["EB*D**30", "MSG*PRIOR AUTHORIZATION REQUIRED FOR BEHAVIORAL HEALTH"],
         Authorization.REQUIRED),
        (["EB*D**30", "MSG*PRIOR AUTHORIZATION REQUIRED FOR MRI"], Authorization.NOT_SAID),
        (["EB*D**AI", "MSG*NO PRIOR AUTHORIZATION REQUIRED"], Authorization.MENTIONED),
        (["EB*D**AI", "MSG*AUTH NOT REQUIRED OFFICE; AUTH REQUIRED IOP"], Authorization.REQUIRED),
        (["EB*D**AI", "MSG*PRECERT WAIVED"], Authorization.MENTIONED),
        (["EB*D**AI", "MSG*DOES NOT REQUIRE AUTHORIZATION"], Authorization.MENTIONED),
        (["EB*D**AI", "MSG*CALL FOR PRE-CERTIFICATION"], Authorization.REQUIRED),
        (["EB*D**AI", "MSG*CERTIFIED PROVIDERS ONLY"], Authorization.NOT_SAID),
    ],
)  # fmt: skip
def test_authorization_is_the_most_careful_of_what_is_said(lines, says):
    assert summary("EB*1**30", *lines).authorization.says is says


def test_a_text_before_all_benefits_can_require_authorization():
    found = summary("MSG*PRIOR AUTHORIZATION REQUIRED FOR ALL SERVICES", "EB*1**30^AI")
    assert found.authorization.says is Authorization.REQUIRED


def test_inpatient_lines_are_not_told_of_outpatient_care():
    answer = read("EB*1**30", "EB*I**CI", "EB*B**AI***27*40")
    assert [one.code for one in summarize(answer, IOP).shares] == ["B"]
    residential = summarize(answer, care_for(LevelOfCare.RESIDENTIAL))
    assert [one.code for one in residential.shares] == ["I", "B"]


def test_intensive_outpatient_care_comes_first_and_by_any_name():
    lines = ["EB*B**AI***27*20", "EB*B**AI***27*75", "MSG*IOP", "EB*I**AI", "MSG*RESIDENTIAL"]
    found = summary("EB*1**30", *lines, "EB*B*****27*80*****Y*HC:S9480")
    assert [one.cents for one in found.intensive] == [8_000, 7_500]
    assert found.shares[:2] == found.intensive
    assert found.shares[2].code == "I"
    assert NO_CODE not in in_short(read("EB*1**30", *lines))
    assert NO_CODE in in_short(read("EB*1**30", "EB*B**AI***27*20"))


def test_a_plan_line_that_names_the_care_in_words_is_about_it():
    found = summary("EB*1**30", "EB*B*IND*30***27*60", "MSG*INTENSIVE OUTPATIENT")
    assert [one.cents for one in found.intensive] == [6_000]
    assert found.of_plan == ()


def test_the_plans_own_share_counts_where_the_care_has_none():
    assert [b.basis_points for b in summary("EB*1**30^AI", "EB*A*IND*30*****.2").of_plan] == [2_000]
    assert summary("EB*1**30", "EB*A**30*****.2", "EB*B**AI***27*20").of_plan == ()
    assert [b.code for b in summary("EB*1**30", "EB*B**AI***27*20", "EB*Y**30").of_plan] == ["Y"]


def test_what_does_not_fit_is_counted():
    lines = [f"EB*B**AI***27*{copay}" for copay in range(1, MOST + 4)]
    assert "… and 3 lines more on this care, below." in in_short(read("EB*1**30", *lines))


def test_a_payer_that_repeats_itself_is_told_once():
    assert len(summary(*["EB*B**AI***27*40*****Y"] * 20).shares) == 1


def test_silence_on_this_care_is_no_refusal():
    assert NOT_NAMED in in_short(read("EB*1**30"))
    assert NOT_NAMED not in in_short(read("EB*1**30", "EB*1**AI"))


DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("day", "situation"),
    [
        (date(2025, 12, 31), Situation.NOT_BEGUN),
        (date(2026, 1, 1), Situation.ACTIVE),
        (date(2026, 12, 31), Situation.ACTIVE),
        (date(2027, 1, 1), Situation.ENDED),
    ],
)
def test_the_first_and_the_last_day_are_covered(day, situation):
    found = summary("DTP*291*RD8*20260101-20261231", "EB*1**30", day=day)
    assert found.coverage.situation is situation


@pytest.mark.parametrize(
    ("body", "situation"),
    [
        (["DTP*346*D8*20260101", "DTP*357*D8*20260228", "EB*1**30"], Situation.ENDED),
        (["DTP*291*D8*20260301", "EB*1**30"], Situation.ACTIVE),
        (["DTP*307*RD8*20260101-99991231", "EB*1**30"], Situation.ACTIVE),
        (["DTP*347*D8*20251231", "EB*1**30", "DTP*346*D8*20260101"], Situation.ACTIVE),
        (["EB*1**30", "EB*6**30*PR*", "DTP*291*RD8*20250101-20251231"], Situation.ACTIVE),
        (["EB*1**30*PR*OLD", "DTP*347*D8*20251231", "EB*1**30*PR*NEW"], Situation.PARTLY),
        (["EB*1**30", "EB*5**30"], Situation.PENDING),
        (["EB*1**30", "EB*5**AI"], Situation.PENDING),
        (["EB*1", "EB*6**AI"], Situation.CARE_NOT_ACTIVE),
        (["EB*6", "EB*1**AI"], Situation.PLAN_NOT_ACTIVE),
        (["EB*6**AI"], Situation.CARE_ALONE),
        (["EB*1**35", "EB*6**30"], Situation.INACTIVE),
        (["EB*B**AI***27*40"], Situation.NOT_SAID),
        (["EB*7**30"], Situation.INACTIVE),
        (["EB*2**30^MH"], Situation.ACTIVE),
        (["DTP*343*D8*20260301", "EB*1**30"], Situation.ACTIVE),
        (["DTP*343*D8*20260228", "EB*1**30"], Situation.PREMIUM_UNPAID),
        (["DTP*343*D8*20260228", "EB*6**30"], Situation.INACTIVE),
    ],
)
def test_the_situation_on_the_day(body, situation):
    found = summary(*body, day=DAY).coverage
    assert found.situation is situation
    assert found.active is (situation is Situation.ACTIVE)


def test_a_dependents_own_dates_count_before_the_subscribers():
    text = message(["DTP*291*RD8*20260101-20261231", "HL*4*3*23*0", "NM1*03*1*TESTPERSON*KIM",
                    "DTP*357*D8*20260131", "EB*1**30"])  # fmt: skip
    answer = parse_271(text.replace("HL*3*2*22*0", "HL*3*2*22*1"))
    assert summarize(answer, IOP, DAY).coverage.situation is Situation.ENDED
    without = parse_271(text.replace("DTP*357*D8*20260131~\n", ""))
    assert summarize(without, IOP, DAY).coverage.situation is Situation.ACTIVE


@pytest.mark.parametrize(
    ("line", "role", "as_what", "about"),
    [
        ("EB*U**AI", "VN", As.CARVE_OUT, ReferralAbout.CARE),
        ("EB*U**88", "VN", As.CARVE_OUT, ReferralAbout.OTHER),
        ("EB*U**30", "PR", As.CARVE_OUT, ReferralAbout.PLAN),
        ("EB*1**AI", "PR", As.MANAGES, ReferralAbout.CARE),
        ("EB*1**30", "PR", As.MENTIONED, ReferralAbout.PLAN),
        ("EB*1**30", "Y2", As.MANAGES, ReferralAbout.PLAN),
        ("EB*1**88", "VN", As.MANAGES, ReferralAbout.OTHER),
        ("EB*R**30", "PRP", As.PRIMARY, ReferralAbout.PLAN),
        ("EB*1**30", "PRP", As.PRIMARY, ReferralAbout.PLAN),
        ("EB*R**30", "SEP", As.SECONDARY, ReferralAbout.PLAN),
        ("EB*R**30", "TTP", As.TERTIARY, ReferralAbout.PLAN),
        ("EB*R**30", "P4", As.PRIOR_INSURER, ReferralAbout.PLAN),
        ("EB*R**30", "PR", As.OTHER_INSURER, ReferralAbout.PLAN),
        ("EB*D**AI", "X3", As.REVIEWS, ReferralAbout.CARE),
        ("EB*L", "P3", As.PRIMARY_CARE, ReferralAbout.PLAN),
        ("EB*N**AI", "1P", As.ONLY_PROVIDER, ReferralAbout.CARE),
        ("EB*1**AI", "36", As.MENTIONED, ReferralAbout.CARE),
    ],
)
def test_what_an_entity_is_follows_from_its_line_its_services_and_its_role(
    line, role, as_what, about
):
    (found,) = summary(line, "LS*2120", f"NM1*{role}*2*SOMEBODY", "LE*2120").referrals
    assert (found.as_what, found.about) == (as_what, about)


def test_thresholds_make_tiers():
    answer = read("EB*A**AI*****.5", "HSD***VS**30*30", "EB*A**AI*****.25", "HSD***VS**30*10",
                  "HSD***VS**31*30", "EB*A**AI*****.1", "HSD***VS**31*10")  # fmt: skip
    shares = summarize(answer, IOP).shares
    assert [one.basis_points for one in shares] == [1_000, 2_500, 5_000]
    assert [begins_above(one) for one in shares] == [0, 10, 30]
    (tier,) = allowances(shares[1].deliveries)
    assert (tier.above, tier.up_to, tier.unit) == (10, 30, "VS")


@pytest.mark.parametrize("code", ["72", "51", "42", "62", "95", "04", "ZZ"])
@pytest.mark.parametrize("follow_up", ["C", "N", "P", "R", "S", "W", "X", "Y", "", "Q"])
@pytest.mark.parametrize("loop", ["2000A", "2100A", "2100B", "2100C", "2110C"])
def test_advice_never_contradicts_itself(code, follow_up, loop):
    from waypost.x12.advice import refusal_words

    words = refusal_words(Rejection(loop, code, follow_up, "N"))
    forbids = "Do not" in words
    assert not (forbids and "then ask again" in words)
    assert forbids is (follow_up in ("N", "S", "Y"))
    if reason(code, loop).retry:
        assert "Compare" not in words and "Check" not in words
    if follow_up in ("W", "X"):
        assert "Wait" in words and words.count("again") == 1


@pytest.mark.parametrize(
    ("loop", "code", "words"),
    [
        ("2000A", "41", "whoever carries it"),
        ("2100A", "41", "may not ask this payer"),
        ("2100B", "41", "The program may not ask"),
        ("2000A", "42", "cannot pass it on"),
        ("2100A", "42", "The payer cannot answer"),
        ("2000A", "79", "in the envelope"),
        ("2100A", "79", "The payer's ID"),
        ("2100B", "79", "The program's ID"),
        ("2000A", "04", "(the clearinghouse) takes at once"),
        ("2100A", "04", "than the payer takes at once"),
        ("2100C", "62", "outside the time that the payer answers for"),
        ("2100C", "63", "in the future"),
    ],
)
def test_a_code_means_what_its_loop_makes_it_mean(loop, code, words):
    assert words in reason(code, loop).words


@pytest.mark.parametrize("level", LevelOfCare)
def test_every_level_has_the_types_it_asks_about(level):
    assert set(ASK[level].service_types) <= types_for(level)
    assert {"AI", "MH"} <= types_for(level)
    assert types_for(level) - {"48"} <= BEHAVIORAL
    assert care_for(level).procedures <= BEHAVIORAL_CARE.procedures
