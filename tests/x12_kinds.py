"""Kinds of answers that payers send, each as the segments below the person's name.

Each is made after what public companion guides and clearinghouses describe; the people are
invented. `python tests/x12_samples.py` writes them as files, so that the table shows them.
"""

PPO = "EB*1**30*PR*EXAMPLE PPO"

KINDS: dict[str, list[str]] = {
    # settings: three copays of one service type, told apart by texts and places
    "three_copays_by_setting": [
        PPO, "EB*B*IND*AI***27*20****N*Y", "MSG*OFFICE VISIT", "III*ZZ*11",
        "EB*B*IND*AI***27*75****Y*Y", "MSG*INTENSIVE OUTPATIENT PROGRAM",
        "EB*B*IND*AI***27*150****Y*Y", "MSG*PARTIAL HOSPITALIZATION", "III*ZZ*52",
    ],
    "covered_and_not_covered_by_text": [
        PPO, "EB*A*IND*AI*****.1****Y", "MSG*OUTPATIENT",
        "EB*I**AI", "MSG*RESIDENTIAL TREATMENT IS NOT A COVERED BENEFIT",
    ],
    "tiers_by_period_code": [
        PPO, "EB*A*IND*AI***31**.1*VS*10**Y", "EB*A*IND*AI***30**.4*VS*10**Y",
    ],
    "networks_apart": [
        PPO, "EB*B*IND*AI***27*30****N*Y", "EB*A*IND*AI*****.4***Y*N", "EB*A*IND*AI*****.5****W",
    ],
    # authorization
    "text_beats_code": [
        PPO, "EB*A*IND*AI*****.2***N*Y", "MSG*PRECERTIFICATION REQUIRED FOR IOP",
    ],
    "text_speaks_of_authorization": [
        PPO, "EB*A*IND*AI*****.2****Y", "MSG*SEE PORTAL FOR PRIOR AUTHORIZATION RULES",
    ],
    "no_authorization_by_text": [
        PPO, "EB*B*IND*AI***27*30*****Y", "MSG*NO PRIOR AUTHORIZATION REQUIRED FOR OFFICE VISITS",
    ],
    "authorization_unknown": [PPO, "EB*A*IND*AI*****.2***U*Y"],
    "procedure_needs_none": [PPO, "EB*B*IND****27*50****N*Y*HC:H0015"],
    "authorization_for_another_service": [
        PPO, "EB*1**AI", "EB*A*IND*62*****.2***Y*Y", "MSG*PRIOR AUTHORIZATION REQUIRED FOR MRI",
    ],
    # standing on the day (2026-03-01)
    "not_yet_begun": ["DTP*346*D8*20260401", PPO, "EB*1**AI"],
    "inactive_with_earlier_period": [
        "EB*1**30*PR*EXAMPLE PPO", "DTP*291*RD8*20250101-20251231", "EB*6**30",
    ],
    "enrolled_again": [
        "EB*6**30", "DTP*347*D8*20251231", "EB*1**30*PR*EXAMPLE PPO", "DTP*346*D8*20260101",
    ],
    "part_a_inactive_part_b_active": ["EB*6**30*MA", "EB*1**30*MB", "EB*1**AI*MB"],
    "behavioral_line_alone": ["EB*1**MH^AI", "EB*B*IND*AI***27*20*****Y"],
    "dental_line_alone": ["EB*1**35"],
    "care_inactive_under_active_plan": [PPO, "EB*6**MH^AI"],
    "plan_inactive": ["EB*6**30"],
    "premium_paid_to_last_month": ["DTP*343*D8*20260131", PPO],
    "benefit_ended": [PPO, "EB*1**AI", "DTP*349*D8*20260115"],
    "active_and_inactive": ["EB*1**30", "EB*6**30"],
    "pending": ["EB*5**30*PR*EXAMPLE PPO"],
    # who else is named
    "pharmacy_vendor": [
        PPO, "EB*1**AI", "EB*U**88", "LS*2120", "NM1*VN*2*RX VENDOR INC*****PI*610014",
        "PER*IC**TE*5555550177", "LE*2120",
    ],
    "behavioral_carve_out_and_pharmacy": [
        PPO, "EB*U**MH^AI", "LS*2120", "NM1*VN*2*BEHAVIORAL COMPANY", "PER*IC**TE*5555550188",
        "LE*2120", "EB*1**88", "LS*2120", "NM1*VN*2*RX VENDOR INC", "LE*2120",
    ],
    "managed_care_organization": [
        "EB*1**30*MC*STATE MEDICAID", "LS*2120", "NM1*Y2*2*HEALTH PLAN MCO",
        "PER*IC**TE*5555550166", "LE*2120", "EB*1**AI*HM", "LS*2120", "NM1*Y2*2*BEHAVIORAL MCO",
        "PER*IC**TE*5555550155", "LE*2120",
    ],
    "secondary_payer": [
        PPO, "EB*R**30*MP", "LS*2120", "NM1*SEP*2*MEDICARE*****PI*CMS", "LE*2120",
    ],
    "other_payer_ended": [
        PPO, "EB*R**30*C1*OLD PLAN", "DTP*290*RD8*20240101-20251231", "LS*2120",
        "NM1*PR*2*OLD INSURER", "LE*2120",
    ],
    "other_payer_without_entity": [PPO, "EB*R**30*MA"],
    "primary_care_provider": [
        PPO, "EB*L", "LS*2120", "NM1*P3*1*WELBY*MARCUS****XX*1234567893", "LE*2120", "EB*1**AI",
    ],
    "utilization_review": [
        PPO, "EB*D**AI", "LS*2120", "NM1*X3*2*REVIEW COMPANY", "PER*IC**TE*5555550133", "LE*2120",
    ],
    "restricted_to_one_provider": [
        PPO, "EB*N**AI", "LS*2120", "NM1*1P*2*ONE CLINIC*****XX*1234567893", "LE*2120",
    ],
    # deductibles and limits
    "own_deductible_beside_the_plans": [
        PPO, "EB*C*IND*30***23*2000*****Y", "EB*C*IND*30***29*500*****Y",
        "EB*C*IND*AI***23*250*****Y", "EB*C*IND*AI***29*250*****Y",
    ],
    "placeholders": [
        PPO, "EB*C*IND*30***23*0*****Y", "EB*G*IND*30***23*999999.99*****Y",
        "EB*G*IND*30***29*999999.99*****Y", "EB*F*IND*AI***23***VS*999**Y",
        "EB*G*FAM*30***23*99999.99*****Y",
    ],
    "used_so_far": [
        PPO, "EB*C*IND*30***23*1000*****Y", "EB*C*IND*30***24*400*****Y",
        "EB*C*IND*30***29*600*****Y",
    ],
    "limits_in_full": [
        PPO, "EB*F*IND*AI*********Y", "HSD*VS*12*WK*3*34*1", "EB*F*IND*AI*********Y",
        "HSD*DY*60***23*2", "EB*F*IND*AI*********Y", "HSD*HS*3***7*1*A*D",
        "EB*F*IND*AI*********Y", "HSD*VS*20***29",
    ],
    "unlimited": [PPO, "EB*H*IND*AI*********Y"],
    "spend_down": ["EB*1**30*MC", "EB*Y*IND*30***34*200"],
    "medicare_advantage": ["EB*1**30*HN*GOLD PLUS HMO", "EB*A*IND*AI*HN****.2***Y*Y"],
    # refusals
    "two_reasons": ["AAA*N**71*C", "AAA*N**73*C"],
    "refused_and_answered": ["AAA*N**75*C", PPO],
    "correct_but_do_not_ask_again": ["AAA*N**72*N"],
    "payer_down_but_correct": ["AAA*N**42*C"],
    "service_refused": [PPO, "EB*1**AI", "EB*V**BB", "AAA*N**53*C"],
    # what speaks against plainly active coverage
    "text_says_ended": [PPO, "MSG*MEMBER TERMED 01/31/2026"],
    "end_date_not_readable": ["DTP*347*D8*2026", PPO],
    "care_not_covered_by_code": [PPO, "EB*1**MH", "EB*I**AI"],
    "advantage_in_place_of_medicare": [
        "EB*1**30*MA", "EB*1**30*MB", "EB*R**30*HN", "REF*18*H9999 001", "LS*2120",
        "NM1*PRP*2*ADVANTAGE INSURER", "PER*IC**TE*5555550122", "LE*2120",
    ],
    "lines_that_are_over": [
        PPO, "EB*B*IND*AI***27*20****N*Y", "DTP*292*RD8*20250101-20251231",
        "EB*B*IND*AI***27*45*****Y", "EB*C*IND*30***29*0*****Y", "DTP*292*RD8*20250101-20251231",
    ],
    "exception_to_a_no": [
        PPO, "EB*B*IND*AI***27*40****N*Y", "MSG*NO AUTH NEEDED EXCEPT IOP AND PHP",
    ],
    # how files are written
    "coinsurance_sent_as_money": [PPO, "EB*A*IND*AI***27*20*****Y"],
    "other_separators_than_named": [
        PPO, "EB*B*IND*AI|MH***27*30*****Y", "EB*B*IND****27*75****Y*Y*HC>H0015",
    ],
    "codes_in_small_letters": [PPO, "EB*b*ind*ai***27*40****y*y"],
    "frequency_without_a_number": [PPO, "EB*F*IND*AI********Y", "HSD*VS*12*WK"],
    "text_fills_the_guide": [PPO, "EB*D**AI", "MSG*" + "LONG TEXT " * 26 + "CUTS"],
    "empty_repeats": ["EB*1**30^^MH^"],
}  # fmt: skip
