"""Codes and figures that stand where others belong: read where that is sure, and always noted."""

import pytest

from waypost.x12.codes import BENEFIT
from waypost.x12.explain import explain
from waypost.x12.in_short import NOT_NAMED, NOT_NAMED_AT_ALL, in_short
from waypost.x12.notes import MATTERS, Note
from waypost.x12.read_271 import parse_271
from waypost.x12.staff_words import NOTE
from x12_samples import message

PLAN = "EB*1**30*PR*GOLD PPO"


def read(*body: str):
    return parse_271(message([PLAN, *body]))


def short(*body: str) -> str:
    return "\n".join(in_short(read(*body)))


def notes(*body: str) -> set[Note]:
    return {note for note, _place in read(*body).notes}


@pytest.mark.parametrize("sign", [">", "|", ";", "/", " ", "\\"])
def test_a_procedure_divided_by_another_sign_keeps_its_line(sign):
    said = short(f"EB*B*IND****27*75****Y*Y*HC{sign}H0015{sign}HF")
    assert "$75 per visit" in said
    assert "for H0015 HF (intensive outpatient treatment" in said
    assert "Authorization: required for H0015" in said
    assert NOTE[Note.WRONG_SEPARATOR] in said


@pytest.mark.parametrize("sign", [",", "|", ">", ":", ";", " "])
def test_service_types_divided_by_another_sign_keep_their_line(sign):
    benefit = read(f"EB*B*IND*AI{sign}MH***27*40*****Y").benefits[1]
    assert benefit.service_types == ("AI", "MH")
    assert "$40 per visit" in short(f"EB*B*IND*AI{sign}MH***27*40*****Y")
    assert NOT_NAMED not in short(f"EB*B*IND*AI{sign}MH***27*40*****Y")


def test_codes_in_small_letters_are_the_same_codes():
    small = read("EB*b*ind*ai**Name*27*40****n*y").benefits[1]
    large = read("EB*B*IND*AI**Name*27*40****N*Y").benefits[1]
    assert small == large
    assert small.plan_name == "Name"
    assert notes("EB*b*ind*ai***27*40") == {Note.SMALL_LETTERS}


@pytest.mark.parametrize(
    "line",
    [
        "EB*ZQ**AI", "EB***AI***27*40", "EB*B*QQQ*AI***27*40", "EB*B**Z9***27*40",
        "EB*B**AI*Z8**27*40", "EB*B**AI***77*40", "EB*F**AI***23***Q9*3",
        "EB*B**AI***27*40****X*Y", "EB*B**AI***27*40*****Q",
    ],
)  # fmt: skip
def test_a_code_that_is_in_no_list_is_noted_with_its_place(line):
    assert (Note.UNKNOWN_CODE, 13) in read(line).notes
    assert NOTE[Note.UNKNOWN_CODE] in short(line)


@pytest.mark.parametrize(
    "hung",
    ["HSD*Q9*3", "HSD*VS*3*QQ*2", "HSD*VS*3***99*1", "DTP*999*D8*20260101", "III*ZZ*A9"],
)
def test_an_unknown_code_that_hangs_on_a_line_is_noted(hung):
    assert (Note.UNKNOWN_CODE, 14) in read("EB*B**AI***27*40", hung).notes


@pytest.mark.parametrize("code", BENEFIT)
def test_known_codes_carry_no_note(code):
    assert notes(f"EB*{code}*IND*AI*PR**27") == set()


@pytest.mark.parametrize("amount", ["20", "20.00", "99999", "0"])
def test_a_coinsurance_sent_as_money_is_neither_20_dollars_nor_20_percent(amount):
    said = short(f"EB*A*IND*AI***27*{amount}*****Y", "MSG*INTENSIVE OUTPATIENT")
    assert f"Coinsurance, “{amount}” as money where a percentage belongs" in said
    assert "$" not in said
    assert "%" not in said
    assert NOTE[Note.WRONG_FIGURE] in said


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("EB*A*IND*AI***27*20", True),
        ("EB*A*IND*AI***27**.2", False),
        ("EB*A*IND*AI***27*0*.2", False),
        ("EB*B*IND*AI***27**.2", True),
        ("EB*B*IND*AI***27*20", False),
        ("EB*C*IND*30***23**.2", True),
        ("EB*G*IND*30***23*500", False),
        ("EB*F*IND*AI***23***VS*20", False),
    ],
)
def test_which_figure_belongs_to_which_kind(line, wrong):
    assert (Note.WRONG_FIGURE in notes(line)) is wrong


@pytest.mark.parametrize(
    ("hsd", "words", "noted"),
    [
        ("HSD*VS*12*WK", "12 visits, by the week (how many a week is not said)", True),
        ("HSD*VS*12**3*34*1", "12 visits, 3 at a time (the time is not said), for 1 month", True),
        ("HSD*VS*12*WK*3*34*1", "12 visits, 3 a week, for 1 month", False),
        ("HSD*HS*9*HR*3", "9 hours, 3 a hour", False),
        ("HSD***VS**30*10", "visit 11 and after", False),
        ("HSD*VS*12", "12 visits", False),
    ],
)
def test_a_frequency_without_its_number_or_its_unit_is_noted(hsd, words, noted):
    body = ("EB*F*IND*AI********Y", hsd)
    assert f"for substance use treatment: {words}." in short(*body)
    assert (Note.FREQUENCY in notes(*body)) is noted


@pytest.mark.parametrize(
    "body",
    [
        ["EB*6**30"],
        ["DTP*347*D8*20260131", PLAN],
        ["DTP*346*D8*20260401", PLAN],
        [PLAN, "DTP*291*RD8*20250101-20251231", "EB*6**30"],
    ],
)
def test_after_a_plan_that_is_not_active_silence_is_not_called_no_refusal(body):
    said = in_short(parse_271(message(body)))
    assert NOT_NAMED_AT_ALL in said
    assert NOT_NAMED not in said


def test_the_notes_that_change_a_meaning_are_in_the_short_answer_too():
    assert {Note.WRONG_SEPARATOR, Note.UNKNOWN_CODE, Note.WRONG_FIGURE, Note.FREQUENCY} <= MATTERS
    full = explain(read("EB*A*IND*AI***27*20"))
    assert full[0] == f"Note on segment 13: {NOTE[Note.WRONG_FIGURE]}"
