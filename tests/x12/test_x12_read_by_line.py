"""Thirty more answers, each read line by line: what decides is said, and nothing false is."""

import pytest

from waypost.x12.in_short import in_short
from waypost.x12.read_271 import parse_271
from x12_samples import message

PPO = "EB*1**30*PR*CHOICE PPO"

# name: the body of the answer, what must be said in short, what must not
READ = {
    "percent_charges_msg_price": (
        [PPO, "EB*A*IND*AI*****.4***N*Y", "MSG*PERCENT OF BILLED CHARGES MAY APPLY"],
        ["40%", "PERCENT OF BILLED CHARGES MAY APPLY"],
        ["$40"],
    ),
    "iop_excluded_other_active": (
        [PPO, "EB*1**AI", "EB*I***********Y*HC:H0015", "MSG*IOP IS AN EXCLUSION OF THIS GROUP"],
        ["is called not covered", "for H0015"],
        ["Coverage is active"],
    ),
    "three_settings": (
        [
            PPO,
            "EB*B*IND*AI***27*20****N*Y",
            "III*ZZ*11",
            "EB*B*IND*AI***27*90****Y*Y",
            "III*ZZ*22",
            "EB*B*IND*AI***27*250****Y*Y",
            "III*ZZ*21",
        ],
        [
            "$20 per visit, one person, in network, no authorization required, for substance use treatment: where: office",
            "$90",
            "$250",
            "Authorization: required for substance use treatment, on-campus outpatient hospital",
            "says nothing about another setting",
        ],
        [],
    ),
    "coinsurance_10_and_not_covered_by_msg": (
        [
            PPO,
            "EB*A*IND*AI*****.1****Y",
            "MSG*OFFICE",
            "EB*A*IND*AI*****1****Y",
            "MSG*IOP NOT COVERED",
        ],
        ["10%", "“IOP NOT COVERED”", "is called not covered"],
        ["Coverage is active"],
    ),
    "tiers": (
        [
            PPO,
            "EB*B*IND*AI***27*15****N*Y",
            "MSG*TIER 1 PROVIDER",
            "EB*B*IND*AI***27*60****N*Y",
            "MSG*TIER 2 PROVIDER",
        ],
        ["“TIER 1 PROVIDER”", "“TIER 2 PROVIDER”", "$15", "$60"],
        [],
    ),
    "auth_no_but_msg": (
        [PPO, "EB*A*IND*AI*****.2***N*Y", "MSG*PRIOR AUTH REQUIRED FOR IOP AND PHP"],
        ["Authorization: required, says the payer", "go by the text"],
        ["Authorization: not needed"],
    ),
    "auth_no_office_only": (
        [PPO, "EB*B*IND*AI***27*20****N*Y", "III*ZZ*11", "EB*1**AI", "III*ZZ*22"],
        ["office, in network. That says nothing about another setting"],
        [],
    ),
    "part_a_inactive_b_active": (
        ["EB*6**30*MA", "EB*1**30*MB"],
        ["Active on 2026-03-01: Medicare Part B. Not active: Medicare Part A"],
        [],
    ),
    "not_yet": (
        ["DTP*346*D8*20270101", "EB*1**30*PR*NEW PLAN"],
        ["Coverage begins on 2027-01-01; it is not active yet"],
        ["Coverage is active"],
    ),
    "bh_only_line": (
        ["EB*1**MH"],
        ["Nothing is said about the plan as a whole"],
        ["Coverage is active"],
    ),
    "inactive_plan_active_care": (
        ["EB*6**30*PR*OLD", "EB*1**AI"],
        ["The plan itself is not active", "do not rely on it"],
        ["Coverage is active"],
    ),
    "carve_vendor": (
        [
            PPO,
            "EB*U**MH^AI",
            "LS*2120",
            "NM1*VN*2*EXAMPLE BEHAVIORAL*****PI*77",
            "PER*IC**TE*8005550199",
            "LE*2120",
        ],
        ["the payer says to ask “EXAMPLE BEHAVIORAL” (PI 77), 8005550199"],
        [],
    ),
    "pharmacy_vendor": (
        [PPO, "EB*U**88", "LS*2120", "NM1*VN*2*SCRIPT CO*****PI*78", "LE*2120"],
        ["For the pharmacy alone, not for this care"],
        ["the payer says to ask"],
    ),
    "mco_on_active": (
        [
            "EB*1**30*HM*MEDICAID MANAGED",
            "LS*2120",
            "NM1*PR*2*SUNRISE HEALTH PLAN*****PI*90",
            "LE*2120",
        ],
        ["Also named, as payer, for the whole plan: “SUNRISE HEALTH PLAN”"],
        ["other insurance too"],
    ),
    "placeholder_deductible": (
        [PPO, "EB*C*IND*30***23*999999.99*****Y", "EB*G*IND*30***23*99999.99*****Y"],
        ["no limit stated"],
        ["999,999", "99,999"],
    ),
    "own_deductible": (
        [
            PPO,
            "EB*C*IND*30***23*2000*****Y",
            "EB*C*IND*AI***23*500*****Y",
            "EB*C*IND*AI***29*120*****Y",
        ],
        ["$500 per calendar year, $120 left", "it does not say what is left"],
        ["$2,000 left", "$0 left"],
    ),
    "hsd_full": (
        [PPO, "EB*F*IND*AI", "HSD*VS*12*WK*3*34*1"],
        ["12 visits, 3 a week, for 1 month"],
        [],
    ),
    "period_13_unit_99": (
        [PPO, "EB*F*IND*AI***13***99*20", "EB*F*IND*AI***30***VS*10"],
        ["20 used per 24 hours", "beyond 10 visits"],
        [],
    ),
    "ins_types": (
        ["EB*1**30*HN*SENIOR HMO", "EB*1**AI", "EB*B*IND*AI*C1**27*20****N*Y"],
        ["Medicare Advantage, by a health maintenance organization", "commercial insurance"],
        ["Original Medicare"],
    ),
    "msg_split": (
        [
            PPO,
            "EB*1**AI",
            "MSG*FIRST PART OF THE NOTE",
            "MSG*SECOND PART: CALL 8005550111 BEFORE ANY VISIT",
        ],
        ["SECOND PART: CALL 8005550111 BEFORE ANY VISIT"],
        [],
    ),
    "unknown_coverage_V": (
        [PPO, "EB*V**AI"],
        ["cannot process this"],
        [],
    ),
    "non_covered_days_after": (
        [PPO, "EB*1**AI", "EB*I**AI********N*N", "MSG*OUT OF NETWORK NOT COVERED"],
        ["Not covered, out of network"],
        ["not needed, says the payer"],
    ),
    "cannot_process_R": (
        [PPO, "EB*R**30", "LS*2120", "NM1*PR*2*OTHER INSURANCE CO*****PI*10", "LE*2120"],
        ["other insurance too: “OTHER INSURANCE CO”", "which pays first"],
        ["carve"],
    ),
    "limit_lifetime": (
        [PPO, "EB*F*IND*AI***32***VS*60", "EB*F*IND*AI***33***VS*0"],
        ["60 visits in a lifetime", "0 visits left in a lifetime"],
        [],
    ),
    "grace_period": (
        [PPO, "MSG*MEMBER IS IN 90 DAY GRACE PERIOD, CLAIMS MAY BE DENIED", "EB*1**AI"],
        ["leave it in doubt", "90 DAY GRACE PERIOD"],
        ["Coverage is active"],
    ),
    "auth_U": (
        [PPO, "EB*A*IND*AI*****.2***U*Y"],
        ["does not know"],
        ["not needed", "required for"],
    ),
    "not_covered_res_msg": (
        [PPO, "EB*1**AI", "MSG*RESIDENTIAL NOT COVERED"],
        ["RESIDENTIAL NOT COVERED", "is called not covered"],
        ["Coverage is active"],
    ),
    "covered_only_detox": (
        [PPO, "EB*1**AI", "MSG*DETOX ONLY, REHAB SERVICES EXCLUDED"],
        ["REHAB SERVICES EXCLUDED", "is called not covered"],
        ["Coverage is active"],
    ),
    "pended": (
        ["EB*5**30*PR*CHOICE PPO"],
        ["active but pending"],
        ["Coverage is active"],
    ),
    "dis_enrolled_future": (
        ["DTP*347*D8*20260302", PPO, "EB*1**AI"],
        ["By its dates it ends on 2026-03-02"],
        [],
    ),
}


@pytest.mark.parametrize("name", READ)
def test_what_decides_is_said_in_short_and_nothing_false(name: str) -> None:
    body, must, never = READ[name]
    said = "\n".join(in_short(parse_271(message(list(body)))))
    assert [words for words in must if words not in said] == [], said
    assert [words for words in never if words in said] == [], said
