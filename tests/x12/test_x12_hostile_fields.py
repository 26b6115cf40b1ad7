"""Fields and texts that want to do harm or look like something else: money, dates, codes, notes."""

from datetime import date

import pytest

from waypost.x12.explain import explain
from waypost.x12.notes import Note
from waypost.x12.parts import Period
from waypost.x12.read_271 import parse_271
from waypost.x12.staff_words import NOTE
from x12_hostile import EB, GOOD, recounted, with_body


@pytest.mark.parametrize(
    "amount",
    [
        "-5",
        "+5",
        "NaN",
        "Infinity",
        "1E9999",
        "9" * 400,
        "$2,000.00",
        "2,000",
        "٥٠",
        "1.005",
        ".",
        "0x10",
        "1_000",
        "1e3",
        "９",
    ],
)
def test_money_that_is_not_plain_is_not_read(amount):
    answer = parse_271(with_body(f"EB*B**AI***27*{amount}~"))
    (benefit,) = answer.benefits
    assert (benefit.cents, benefit.sent_amount) == (None, amount)
    assert answer.notes == ((Note.AMOUNT, 12),)
    assert f"“{amount}” as an amount, not readable" in explain(answer)[-1]


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        ("0", 0),
        ("40", 4_000),
        ("40.5", 4_050),
        ("40.50", 4_050),
        (".5", 50),
        ("40.500", 4_050),
        ("007", 700),
        ("999999999.99", 99_999_999_999),
        ("5.", 500),
    ],
)
def test_plain_money_is_read_to_the_cent(amount, cents):
    (benefit,) = parse_271(with_body(f"EB*B**AI***27*{amount}~")).benefits
    assert benefit.cents == cents


@pytest.mark.parametrize(
    ("percent", "points", "note"),
    [
        (".2", 2_000, None),
        ("0.20", 2_000, None),
        ("1", 10_000, None),
        ("0", 0, None),
        (".3333", 3_333, None),
        ("20", None, Note.PERCENT_OVER_ONE),
        ("1.5", None, Note.PERCENT_OVER_ONE),
        ("-.2", None, Note.PERCENT),
        (".33333", None, Note.PERCENT),
        ("20%", None, Note.PERCENT),
        ("٫٢", None, Note.PERCENT),
        ("NaN", None, Note.PERCENT),
    ],
)
def test_a_percentage_is_a_fraction_or_nothing(percent, points, note):
    answer = parse_271(with_body(f"EB*A**AI*****{percent}~"))
    (benefit,) = answer.benefits
    assert (benefit.basis_points, benefit.sent_percent) == (points, percent)
    assert answer.notes == (((note, 12),) if note else ())


@pytest.mark.parametrize("quantity", ["-1", "NaN", "1E5", "٣", "1" * 20])
def test_a_quantity_that_is_not_plain_is_not_read(quantity):
    answer = parse_271(with_body(f"EB*F**AI***22***DY*{quantity}~HSD*DY*{quantity}~"))
    (benefit,) = answer.benefits
    assert (benefit.quantity, benefit.sent_quantity) == (None, quantity)
    assert answer.notes == ((Note.QUANTITY, 12), (Note.QUANTITY, 13))


@pytest.mark.parametrize(
    ("form", "text", "period"),
    [
        ("D8", "20260101", Period(date(2026, 1, 1), date(2026, 1, 1))),
        ("RD8", "20260101-99991231", Period(date(2026, 1, 1), date(9999, 12, 31))),
        ("D8", "20261301", None),
        ("D8", "20260230", None),
        ("D8", "00010101", None),
        ("D8", "2026-01-01", None),
        ("D8", "٢٠٢٦٠١٠١", None),
        ("RD8", "20260101", None),
        ("RD8", "20261231-20260101", None),
        ("D6", "260101", None),
        ("", "", None),
    ],
)
def test_dates_that_do_not_exist_are_not_read(form, text, period):
    answer = parse_271(with_body(f"EB*1**30~DTP*291*{form}*{text}~"))
    assert answer.benefits[0].dates[0].period == period
    assert answer.notes == (() if period else ((Note.DATE, 13),))


def test_an_open_end_is_said_to_be_one():
    answer = parse_271(with_body("EB*1**30~DTP*291*RD8*20260101-99991231~"))
    assert explain(answer)[-1] == "  Date, plan: 2026-01-01 to no end date given"


@pytest.mark.parametrize("network", ["", "U", "X"])
def test_a_blank_network_is_not_in_network(network):
    answer = parse_271(with_body(f"EB*B**AI***27*40*****{network}~"))
    assert answer.benefits[0].network == network
    assert ", in network" not in explain(answer)[-1]


ODD = ["\x1b[31mred\x1b[0m", "a\x00b", "a\u202eb", "a\u2066b", "bell\x07", "a\x85b", "a\u2028b"]


@pytest.mark.parametrize("text", ODD)
def test_nothing_that_does_not_print_comes_through(text):
    body = f"EB*1**30**PLAN {text}~MSG*{text}~LS*2120~NM1*VN*2*{text}~LE*2120~"
    answer = parse_271(with_body(body))
    assert (Note.CONTROL_CHARACTERS, 13) in answer.notes
    kept = [answer.benefits[0].plan_name, *answer.benefits[0].messages]
    kept += [entity.name for entity in answer.benefits[0].entities]
    assert all(one.isprintable() for one in [*kept, *explain(answer)])
    assert len(answer.benefits[0].messages[0]) == len(text)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=HYPERLINK(1)", "{{ 7*7 }}", "%s"])
def test_a_text_stays_a_quoted_text(text):
    answer = parse_271(with_body(f"EB*1**30~MSG*{text.replace('*', 'x')}~"))
    assert explain(answer)[-1] == f"  The payer adds: “{text.replace('*', 'x')}”"


def test_a_text_as_long_as_the_guide_allows_may_be_cut_and_is_noted():
    whole = parse_271(with_body("EB*1**30~MSG*" + "X" * 263 + "~"))
    assert whole.notes == ()
    full = parse_271(with_body("EB*1**30~MSG*" + "X" * 264 + "~"))
    assert full.notes == ((Note.LONG_TEXT, 13),)
    assert explain(full)[-1] == f"  The payer adds: “{'X' * 264}”"


def test_a_text_without_end_is_shown_cut():
    answer = parse_271(with_body("EB*1**30~MSG*" + "X" * 5_000 + "~"))
    assert explain(answer)[-1] == f"  The payer adds: “{'X' * 999}…”"
    assert answer.notes == ((Note.LONG_TEXT, 13),)


def test_a_text_outside_the_benefits_is_kept():
    text = recounted(GOOD.replace(EB, "MSG*CALL US~"))
    answer = parse_271(text)
    assert answer.messages == ("CALL US",)
    assert explain(answer)[-2:] == [
        "The payer adds: “CALL US”",
        "The payer says nothing about benefits.",
    ]


def test_who_the_answer_is_about_is_in_no_repr_and_no_explanation():
    text = with_body("EB*1**30~MSG*ASK ALEX TESTPERSON~LS*2120~NM1*IL*1*TESTPERSON*ALEX~LE*2120~")
    answer = parse_271(text)
    written = repr(answer) + "".join(map(repr, (answer.subscriber, *answer.benefits)))
    written += repr(answer.envelope) + "\n".join(explain(answer))
    for secret in ("TESTPERSON", "ALEX", "TEST000001"):
        assert secret not in written
    assert "“ASK [a person]”" in written


def test_a_benefit_cannot_be_changed():
    (benefit,) = parse_271(GOOD).benefits
    with pytest.raises(AttributeError):
        benefit.cents = 1


BLANKS = (Note.BLANKS, 0)
PADDED = {
    "indented": GOOD.replace("~", "~\n    "),
    "indented with tabs": GOOD.replace("~", "~\r\n\t"),
    "blanks before the terminator": GOOD.replace("~", "   ~"),
    "lines of one width": "\n".join(
        line.ljust(120) for line in GOOD.replace("\n", "").split("~")[:-1]
    )
    + "\n",
    "padded elements": GOOD.replace("EB*1*IND*AI", "EB *1  * IND*AI   "),
}


@pytest.mark.parametrize("name", PADDED)
def test_indented_and_padded_files_are_read_and_noted(name):
    answer = parse_271(PADDED[name])
    assert answer.benefits == parse_271(GOOD).benefits
    assert answer.subscriber == parse_271(GOOD).subscriber
    assert answer.envelope.faults == ()
    assert answer.notes == (BLANKS,)
    assert explain(answer)[0] == f"Note: {NOTE[Note.BLANKS]}"


@pytest.mark.parametrize(
    ("body", "note", "line"),
    [
        ("EB*1**30^^AI~", Note.EMPTY_REPEAT, "the plan as a whole, substance use treatment"),
        ("EB*1**30~MSG*NOT COVERED*UNLESS AUTHORIZED~", Note.TEXT_IN_PARTS,
         "“NOT COVERED UNLESS AUTHORIZED”"),
        ("EB*1**30~MSG~", Note.EMPTY_SEGMENT, "Active coverage"),
        ("EB*1**30************X*EXTRA~", Note.EXTRA_ELEMENTS, "Active coverage"),
        ("EB*1**30~LE*2120~", Note.NO_LOOP, "Active coverage"),
        ("EB*1**30~NM1*VN*2*OTHER~", Note.NO_LOOP, "Vendor: “OTHER”"),
        ("EB*F**AI***22***VS*-2~", Note.QUANTITY, "“-2” visits per service year (not a count)"),
        ("EB*F**AI~HSD*VS*many~", Note.QUANTITY, "“many” visits (not a count)"),
        ("QTY*1~EB*1**30~", Note.UNKNOWN_SEGMENT, "Passed over, not shown: QTY."),
        ("DMG*D8*19900101~DMG*D8*19900102~EB*1**30~", Note.SAID_TWICE, "Active coverage"),
    ],
    ids=["empty repeat", "text in parts", "empty text", "extra elements", "no loop",
         "entity without loop", "quantity", "delivery", "unknown segment", "twice"],
)  # fmt: skip
def test_what_is_passed_over_is_said_in_one_line(body, note, line):
    answer = parse_271(with_body(body))
    assert [one for one, _ in answer.notes] == [note]
    lines = explain(answer)
    assert any(NOTE[note] in one for one in lines)
    assert any(line in one for one in lines)


def test_segments_that_are_not_explained_are_counted():
    answer = parse_271(with_body("N3*1 MAIN ST~N4*AUSTIN*TX*78701~INS*Y*18~N3*2 MAIN ST~EB*1**30~"))
    assert answer.notes == ()
    assert explain(answer)[-1] == (
        "Passed over, not shown: N3 ×2 (addresses), N4 (addresses), INS (the relationship to the "
        "subscriber)."
    )
    assert "MAIN" not in "\n".join(explain(answer))


def test_a_level_that_promises_another_one_and_has_none_is_noted():
    assert parse_271(GOOD.replace("HL*3*2*22*0", "HL*3*2*22*1")).notes == ((Note.CHILD_CODE, 0),)
    assert parse_271(GOOD.replace("HL*2*1*21*1", "HL*2*1*21*0")).notes == ((Note.CHILD_CODE, 9),)


def test_a_date_at_the_payers_level_is_out_of_place():
    answer = parse_271(recounted(GOOD.replace("HL*2*1*21*1~", "DTP*291*D8*20260101~HL*2*1*21*1~")))
    assert (Note.MISPLACED, 7) in answer.notes


def test_every_note_has_words():
    assert set(NOTE) == set(Note)
    assert all(words.endswith(".") for words in NOTE.values())
