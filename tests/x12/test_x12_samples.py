"""Every sample, classified. Run as a script, this writes the made samples and the table.

python tests/coverage/x12/test_x12_samples.py
"""

from pathlib import Path

import pytest

from waypost.eligibility.port import Reply
from waypost.eligibility.stedi import read_stedi
from waypost.eligibility.wire import Received
from waypost.x12 import codes
from waypost.x12.envelope import BadMessage
from waypost.x12.explain import explain
from waypost.x12.read_271 import parse_271
from waypost.x12.reject_codes import REASONS, Mender
from waypost.x12.standing import Standing, standing

HERE = Path(__file__).parent
SAMPLES = HERE / "samples"
PAGE = HERE.parents[1] / "docs" / "reference" / "x12-samples.md"

# what a person who read each file expects; made samples follow from their code
NOT_JSON_OF_OURS = "not read: The insurer's system sent something that is not an answer."
EXPECTED = {
    "json/pokitdok_eligibility_01": NOT_JSON_OF_OURS,
    "json/pokitdok_eligibility_02": NOT_JSON_OF_OURS,
    "json/pokitdok_eligibility_03": NOT_JSON_OF_OURS,
    "json/pokitdok_eligibility_04": NOT_JSON_OF_OURS,
    "json/stedi_shape_aaa75": "rejected",
    "json/stedi_shape_active": "active",
    "json/stedi_shape_grace_period": "active, pending",
    "public/lfh_demo_270": "not read: The file is X12, but not a 271.",
    "public/lfh_demo_271": "active",
    "public/lfh_dependent-health-benefit-check_270": "not read: The file is X12, but not a 271.",
    "public/lfh_dependent-health-benefit-check_271": "active",
    "public/lfh_subscriber-health-benefit-check-error_271": "rejected, not to be relied on",
    "public/lfh_subscriber-health-benefit-check_270": "not read: The file is X12, but not a 271.",
    "public/lfh_subscriber-health-benefit-check_271": "active",
    "public/pokitdok_ppo.271": "active",
    "public/pokitdok_request.270": "not read: The file is X12, but not a 271.",
    "written/270_sud_iop_subscriber": "not read: The file is X12, but not a 271.",
    "written/271_aaa_2100A_42": "rejected",
    "written/271_aaa_2100A_80": "rejected",
    "written/271_aaa_2100B_51": "rejected",
    "written/271_aaa_2100C_62": "rejected",
    "written/271_aaa_2100C_72": "rejected",
    "written/271_aaa_2100C_75": "rejected",
    "written/271_aaa_2100C_78": "rejected",
    "written/271_carveout_no_bh_amounts": "active",
    "written/271_deductible_zero_and_blank": "active",
    "written/271_inactive": "inactive",
    "written/271_limits_days": "active",
    "written/271_medicare_part_b_sud": "active",
    "written/271_residential_non_covered": "active",
    "written/271_variant_delims_pipe_nl": "active",
}
FROM = {
    "json/pokitdok": "PokitDok API documentation (Apache-2.0)",
    "json/stedi": "written for this product, in the shape of Stedi's JSON",
    "public/lfh": "LinuxForHealth x12 demonstration files (Apache-2.0)",
    "public/pokitdok": "PokitDok API documentation (Apache-2.0)",
    "written": "written for this product",
    "benefits": "made by the script",
    "rejects": "made by the script",
}


def message(body: list[str]) -> str:
    """A whole 271 around the segments below the person's name."""
    blank = " " * 10
    segments = [
        "ST*271*0001*005010X279A1",
        "BHT*0022*11*REQ-1*20260301*1200",
        "HL*1**20*1",
        "NM1*PR*2*EXAMPLE PLAN*****PI*99999",
        "HL*2*1*21*1",
        "NM1*1P*2*EXAMPLE PROGRAM*****XX*1234567893",
        "HL*3*2*22*0",
        "TRN*2*TRACE-1*9EXAMPLE00",
        "NM1*IL*1*TESTPERSON*ALEX****MI*TEST000001",
        *body,
    ]
    head = (
        f"ISA*00*{blank}*00*{blank}*ZZ*{'EXAMPLEPAYER':<15}*ZZ*{'EXAMPLESENDER':<15}"
        "*260301*1200*^*00501*000000001*0*T*:"
    )
    group = "GS*HB*EXAMPLEPAYER*EXAMPLESENDER*20260301*1200*1*X*005010X279A1"
    tail = [f"SE*{len(segments) + 1}*0001", "GE*1*1", "IEA*1*000000001"]
    return "~\n".join([head, group, *segments, *tail]) + "~\n"


def made_samples() -> dict[str, str]:
    """One file for each benefit code and reject code, and one for each other table of codes."""
    made = {}
    for code in codes.BENEFIT:
        figure = {"A": "*****.2", "B": "***27*40", "C": "***23*500", "G": "***29*1500"}
        made[f"benefits/EB01_{code}"] = message([f"EB*{code}*IND*AI{figure.get(code, '')}"])
    tables = {
        "EB02_levels": [f"EB*C*{code}*30***23*500" for code in codes.LEVEL],
        "EB03_services": [f"EB*1**{code}" for code in codes.SERVICE],
        "EB04_insurance": [f"EB*1**30*{code}" for code in codes.INSURANCE],
        "EB06_periods": [f"EB*F**AI***{code}***VS*20" for code in codes.PERIOD],
        "EB09_quantities": [f"EB*F**AI***22***{code}*20" for code in codes.QUANTITY],
        "EB11_authorization": [f"EB*B**AI***27*40****{code}" for code in codes.AUTHORIZATION],
        "EB12_network": [f"EB*B**AI***27*40*****{code}" for code in codes.NETWORK],
        "EB13_procedure": ["EB*A**AI*****.2****Y*HC:H0015"],
        "DTP_dates": ["EB*1**30"] + [f"DTP*{code}*D8*20260101" for code in codes.DATE],
        "III_places": ["EB*1**AI"] + [f"III*ZZ*{code}" for code in codes.PLACE],
        "unknown_codes": ["EB*ZZ*QQQ*Z9^AI*Z8*PLAN*99*40**Q9*3*X*Q", "DTP*999*D8*20260101"],
        "grace_period": ["DTP*343*D8*20260131", "EB*1**30", "EB*5**30"],
        "active_and_inactive": ["EB*1**30", "EB*6**30"],
        "left_over_total": ["EB*1**30", "EB*C*IND*30***23*500*****Y", "EB*C*IND*30***29*900*****Y"],
    }
    made |= {f"benefits/{name}": message(body) for name, body in tables.items()}
    for code, reason in REASONS.items():
        after = "R" if reason.retry else "C"
        made[f"rejects/AAA_{code}"] = message([f"AAA*N**{code}*{after}"])
    made["rejects/AAA_unknown"] = message(["AAA*N**ZZ*Q"])
    made["rejects/AAA_and_active"] = message(["AAA*N**75*C", "EB*1**30"])
    return made


def expected(name: str) -> str:
    """The class of a sample: from the table above, or from its code."""
    if name in EXPECTED:
        return EXPECTED[name]
    if name.startswith("rejects/"):
        return "rejected"
    by_code = dict.fromkeys("1234", "active") | {"5": "active, pending"}
    by_code |= dict.fromkeys("678", "inactive")
    named = {
        "benefits/EB03_services": "active",
        "benefits/EB04_insurance": "active",
        "benefits/DTP_dates": "active",
        "benefits/III_places": "active",
        "benefits/left_over_total": "active",
        "benefits/grace_period": "active, pending",
        "benefits/active_and_inactive": "contradictory",
    }
    return named.get(name, by_code.get(name.removeprefix("benefits/EB01_"), "not said"))


def classified(data: bytes) -> tuple[str, list[str]]:
    """The class of a file, and what is said about it to a reader."""
    if data.startswith(b"{"):
        reply = read_stedi(Received(data, "application/json"))
        if not isinstance(reply, Reply):
            return f"not read: {reply.why}", []
        return standing(reply.answer).value, explain(reply.answer)
    try:
        answer = parse_271(data)
    except BadMessage as error:
        return f"not read: {error}", []
    word = standing(answer).value
    return word + (", not to be relied on" if answer.envelope.faults else ""), explain(answer)


def samples() -> dict[str, bytes]:
    paths = sorted([*SAMPLES.glob("*/*.edi"), *SAMPLES.glob("*/*.json")])
    return {f"{path.parent.name}/{path.stem}": path.read_bytes() for path in paths}


def page() -> str:
    """The table, in Markdown."""
    lines = [
        "# Samples of X12 270 and 271, and how each is read",
        "",
        "Written by `python tests/coverage/x12/test_x12_samples.py`; a test keeps it in step. All",
        "people in the samples are invented. “Says” leaves out the lines that name the payer, the",
        "program and the test mark, and stops after three.",
        "",
        "| sample | from | read as | says |",
        "|---|---|---|---|",
    ]
    for name, data in samples().items():
        word, said = classified(data)
        skip = ("Payer:", "Asked by:", "About:", "This file is marked")
        told = [line.strip() for line in said if not line.startswith(skip)]
        more = [f"… {len(told) - 3} more"] if len(told) > 3 else []
        source = next(text for start, text in FROM.items() if name.startswith(start))
        cell = "<br>".join(told[:3] + more).replace("|", "\\|")
        lines.append(f"| {name} | {source} | {word} | {cell} |")
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", samples())
def test_each_sample_is_classified_as_expected(name):
    assert classified(samples()[name])[0] == expected(name)


def test_the_made_samples_are_as_the_script_makes_them():
    made = {name: text.encode() for name, text in made_samples().items()}
    kept = {name: data for name, data in samples().items() if name.startswith(("bene", "rej"))}
    assert kept == made


def test_the_table_is_in_step():
    assert PAGE.read_text() == page()


@pytest.mark.parametrize("code", codes.BENEFIT)
def test_each_benefit_code_is_explained_in_words(code):
    lines = explain(parse_271(made_samples()[f"benefits/EB01_{code}"]))
    assert lines[-1].startswith(codes.BENEFIT[code])
    assert lines[-1].endswith("for substance use treatment.")


@pytest.mark.parametrize("code", REASONS)
def test_each_reject_code_is_explained_in_words(code):
    answer = parse_271(made_samples()[f"rejects/AAA_{code}"])
    lines = explain(answer)
    assert f"AAA {code}: {REASONS[code].words}" in lines[-1]
    assert REASONS[code].retry is (code in ("42", "80"))
    assert (REASONS[code].mender is Mender.PAYER) is (code in ("42", "80"))


def test_unknown_codes_are_kept_and_shown_as_sent():
    answer = parse_271(made_samples()["benefits/unknown_codes"])
    (benefit,) = answer.benefits
    assert (benefit.code, benefit.coverage_level, benefit.service_types) == (
        "ZZ",
        "QQQ",
        ("Z9", "AI"),
    )
    line = explain(answer)[-2]
    for code in ("ZZ", "QQQ", "Z9", "Z8", "99", "Q9", "X", "Q"):
        assert f"code {code}" in line or f"type {code}" in line
    assert explain(answer)[-1] == "  Date, code 999: 2026-01-01"


def test_an_unknown_reject_code_is_said_to_be_unknown():
    line = explain(parse_271(made_samples()["rejects/AAA_unknown"]))[-1]
    assert line.endswith(
        "AAA ZZ: The payer gives a reason that is not in our table. Follow-up code Q."
    )


def test_the_standing_of_one_service_is_not_the_plans():
    answer = parse_271(message(["EB*1**30", "EB*6**AI"]))
    assert standing(answer) is Standing.CONTRADICTORY
    assert standing(answer, ("30",)) is Standing.ACTIVE
    assert standing(answer, ("AI", "CJ")) is Standing.INACTIVE
    assert standing(answer, ("MH",)) is Standing.NOT_SAID


def write() -> None:
    for name, text in made_samples().items():
        path = SAMPLES / f"{name}.edi"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page())


if __name__ == "__main__":
    write()
