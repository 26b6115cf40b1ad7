"""What is picked out of an answer: only what was said, in the order in which it is looked for."""

import pytest

from waypost.values.level_of_care import LevelOfCare
from waypost.x12.envelope import BadMessage
from waypost.x12.in_short import AUTHORIZATION, MEND, NO_CODE, STANDING, in_short
from waypost.x12.levels import ASK, BEHAVIORAL, types_for
from waypost.x12.read_271 import parse_271
from waypost.x12.reject_codes import Mender
from waypost.x12.standing import Standing
from waypost.x12.summary import summarize
from x12.test_x12_samples import message, samples

IOP = types_for(LevelOfCare.IOP)


def read(*body: str):
    return parse_271(message(list(body)))


def test_what_is_left_is_told_apart_from_totals_and_from_other_services():
    summary = summarize(
        read(
            "EB*1**30**PPO ONE",
            "EB*C*IND*30***23*2000*****Y",
            "EB*C*IND*30***29*1250.5*****Y",
            "EB*C*IND*35***29*50*****Y",
            "EB*G*FAM*30***29*5100*****N",
        ),
        IOP,
    )
    assert [(one.code, one.cents, one.network) for one in summary.left] == [
        ("C", 125_050, "Y"),
        ("G", 510_000, "N"),
    ]
    assert summary.plan is Standing.ACTIVE
    assert summary.named == ()


@pytest.mark.parametrize(
    ("lines", "authorization"),
    [
        (["EB*B**AI***27*40****N*Y", "EB*A**AI*****.2***Y*Y"], "Y"),
        (["EB*B**AI***27*40****N*Y", "EB*A**AI*****.2***U*Y"], "U"),
        (["EB*B**AI***27*40****N*Y", "EB*A**AI*****.2****Y"], "N"),
        (["EB*B**AI***27*40*****Y"], ""),
        (["EB*B**35***27*40****Y*Y"], ""),
        (["EB*B**AI***27*40****Q*Y"], ""),
    ],
)
def test_a_blank_authorization_is_never_a_no(lines, authorization):
    summary = summarize(read("EB*1**30", *lines), IOP)
    assert summary.authorization == authorization
    words = in_short(read("EB*1**30", *lines))
    assert (AUTHORIZATION[authorization] in words) is bool(summary.named)


def test_care_may_stand_otherwise_than_the_plan():
    answer = read("EB*1**30", "EB*6**AI")
    summary = summarize(answer, IOP)
    assert (summary.plan, summary.care) == (Standing.ACTIVE, Standing.INACTIVE)
    assert f"For this care: {STANDING[Standing.INACTIVE]}" in in_short(answer)


def test_inpatient_lines_are_not_told_of_outpatient_care():
    answer = read("EB*1**30", "EB*I**CI", "EB*B**AI***27*40")
    assert [one.code for one in summarize(answer, IOP).shares] == ["B"]
    residential = summarize(answer, types_for(LevelOfCare.RESIDENTIAL))
    assert [one.code for one in residential.shares] == ["I", "B"]


def test_whom_the_payer_refers_to_comes_first():
    answer = parse_271(samples()["written/271_carveout_no_bh_amounts"])
    assert in_short(answer)[1] == "The payer refers to “EXAMPLE CARVE OUT BH”, 5555550123."


@pytest.mark.parametrize(
    ("code", "mender"),
    [("72", Mender.PERSON), ("51", Mender.PROGRAM), ("42", Mender.PAYER), ("79", Mender.OPERATOR)],
)
def test_a_refusal_says_who_can_mend_it(code, mender):
    assert in_short(read(f"AAA*N**{code}*C")) == [STANDING[Standing.REJECTED], MEND[mender]]


def test_silence_on_this_care_is_no_refusal():
    assert "That is no refusal: call." in in_short(read("EB*1**30"))[-1]
    assert in_short(read("EB*1**30", "EB*1**AI"))[-1] == NO_CODE


def test_a_payer_that_repeats_itself_is_told_once():
    answer = read(*["EB*B**AI***27*40*****Y"] * 20)
    assert len(summarize(answer, IOP).shares) == 1


@pytest.mark.parametrize("level", LevelOfCare)
def test_every_level_has_the_types_it_asks_about(level):
    assert set(ASK[level].service_types) <= types_for(level)
    assert {"AI", "MH"} <= types_for(level)
    assert types_for(level) - {"48"} <= BEHAVIORAL


@pytest.mark.parametrize("name", [n for n in samples() if "271" in n or "EB" in n])
def test_every_sample_has_a_word_in_short_and_names_nobody(name):
    try:
        answer = parse_271(samples()[name])
    except BadMessage:
        return
    lines = in_short(answer)
    assert lines
    assert all(line.isprintable() and len(line) < 600 for line in lines)
    if answer.person is not None and answer.person.id:
        assert answer.person.id not in "\n".join(lines)
