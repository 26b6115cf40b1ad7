"""Files that want to do harm or look like coverage and are not: envelope and structure."""

import time

import pytest

from waypost.x12.answer import AnswerFault
from waypost.x12.envelope import MAX_BYTES, BadMessage, MessageProblem
from waypost.x12.explain import explain
from waypost.x12.notes import Note
from waypost.x12.read_271 import parse_271
from waypost.x12.staff_words import FAULT
from x12_hostile import EB, GOOD, ISA, problem, with_body


def test_the_good_message_is_good():
    answer = parse_271(GOOD)
    assert answer.notes == ()
    assert answer.envelope.faults == ()
    assert answer == parse_271(GOOD.encode())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", MessageProblem.EMPTY),
        (b" \r\n", MessageProblem.EMPTY),
        ("\ufeff", MessageProblem.EMPTY),
        ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + GOOD, MessageProblem.NOT_X12),
        ("<html>down for maintenance</html>", MessageProblem.NOT_X12),
        ('{"error": "no"}', MessageProblem.NOT_X12),
        (GOOD[:3], MessageProblem.CUT),
        (GOOD[:50], MessageProblem.CUT),
        (GOOD[:105], MessageProblem.CUT),
        (ISA, MessageProblem.CUT),
        (GOOD.encode("utf-16"), MessageProblem.ENCODING),
        (GOOD.encode("utf-16-le"), MessageProblem.ENCODING),
        (ISA + "TA1*000000001*260301*1200*A*000~IEA*0*000000001~", MessageProblem.ACKNOWLEDGMENT),
        (GOOD.replace("ST*271*", "ST*999*"), MessageProblem.ACKNOWLEDGMENT),
        (GOOD.replace("ST*271*", "ST*277*"), MessageProblem.NOT_271),
        (GOOD.replace("*00501*", "*00401*"), MessageProblem.VERSION),
        (GOOD.replace("005010X279A1", "005010X212"), MessageProblem.VERSION),
        (GOOD + GOOD, MessageProblem.SEVERAL),
        (GOOD.replace("HL*3*2*22*0~", "ST*271*0002~HL*3*2*22*0~"), MessageProblem.SEVERAL),
        (GOOD[: GOOD.index("IEA")], MessageProblem.CUT),
        (GOOD[: GOOD.index("GE*")], MessageProblem.CUT),
        (GOOD[: GOOD.index("SE*")], MessageProblem.CUT),
        (GOOD[: GOOD.index(EB) + len(EB)], MessageProblem.CUT),
        (GOOD[:-1], MessageProblem.CUT),
        (GOOD + "trailing words", MessageProblem.CUT),
        (GOOD.replace("*", "A"), MessageProblem.DELIMITERS),
        (GOOD.replace("*", " "), MessageProblem.DELIMITERS),
        (GOOD.replace("~", "*"), MessageProblem.DELIMITERS),
        (GOOD.replace(":~GS", "*~GS"), MessageProblem.DELIMITERS),
        (GOOD.replace("~", "^"), MessageProblem.DELIMITERS),
        (GOOD.replace("~", "Q"), MessageProblem.DELIMITERS),
        (GOOD.replace("~", "\x1b"), MessageProblem.DELIMITERS),
        (GOOD.replace("~", "\u2029"), MessageProblem.DELIMITERS),
        (GOOD.replace("BHT*", "XHT*"), MessageProblem.ORDER),
        ("A" * (MAX_BYTES + 1), MessageProblem.TOO_LARGE),
        (ISA + "N3*X~" * 5_001, MessageProblem.TOO_MANY_SEGMENTS),
    ],
)
def test_a_bad_envelope_is_refused_by_name(data, expected):
    assert problem(data) is expected


@pytest.mark.parametrize("size", range(0, len(GOOD), 7))
def test_a_cut_file_is_never_an_answer(size):
    with pytest.raises(BadMessage):
        parse_271(GOOD[:size])


@pytest.mark.parametrize("terminator", ["\n", "\r", "\r\n", "~\n", "~\r\n", "\x1c", "|", "$"])
def test_any_honest_terminator_is_read(terminator):
    answer = parse_271(GOOD.replace("~", terminator))
    assert answer.benefits == parse_271(GOOD).benefits
    assert answer.notes == ()


@pytest.mark.parametrize(("element", "repetition", "component"), ["|!>", "\x1d\x1e\x1f", "+%\\"])
def test_any_honest_separators_are_read(element, repetition, component):
    text = with_body("EB*A**AI^MH*****.2****Y*HC:H0015~")
    text = text.replace(":~", "\0~").replace("HC:", "HC\0")
    text = text.replace("*", element).replace("^", repetition).replace("\0", component)
    (benefit,) = parse_271(text).benefits
    assert benefit.service_types == ("AI", "MH")
    assert benefit.procedure == ("HC", "H0015")
    assert parse_271(text).notes == ()


def test_a_byte_order_mark_and_latin_1_are_read():
    marked = parse_271(b"\xef\xbb\xbf" + GOOD.encode())
    assert marked.benefits == parse_271(GOOD).benefits
    assert marked.notes == ((Note.BYTE_ORDER_MARK, 0),)
    latin = with_body("EB*1~MSG*CAF\xc9~").encode("latin-1")
    answer = parse_271(latin)
    assert answer.benefits[0].messages == ("CAF\xc9",)
    assert answer.notes == ((Note.LATIN_1, 0),)


def test_unpadded_isa_and_no_repetition_separator_are_noted():
    unpadded = GOOD.replace("EXAMPLEPAYER   ", "EXAMPLEPAYER", 1)
    assert parse_271(unpadded).notes == ((Note.ISA_WIDTH, 1),)
    answer = parse_271(with_body("EB*1**AI^MH~").replace("*^*00501", "*U*00501"))
    assert answer.notes == ((Note.NO_REPETITION, 1), (Note.WRONG_SEPARATOR, 12))
    assert answer.benefits[0].service_types == ("AI", "MH")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("SE*11*0001", "SE*12*0001", AnswerFault.SEGMENT_COUNT),
        ("SE*11*0001", "SE*1E1*0001", AnswerFault.SEGMENT_COUNT),
        ("SE*11*0001", "SE*11*0002", AnswerFault.TRANSACTION_CONTROL),
        ("GE*1*1~", "GE*2*1~", AnswerFault.GROUP_COUNT),
        ("GE*1*1~", "GE*1*2~", AnswerFault.GROUP_CONTROL),
        ("IEA*1*", "IEA*2*", AnswerFault.INTERCHANGE_COUNT),
        ("IEA*1*000000001", "IEA*1*000000002", AnswerFault.INTERCHANGE_CONTROL),
        ("HL*3*2*22*0", "HL*3*3*22*0", AnswerFault.HIERARCHY),
        ("HL*3*2*22*0", "HL*3*9*22*0", AnswerFault.HIERARCHY),
        ("HL*2*1*21*1", "HL*1*1*21*1", AnswerFault.HIERARCHY),
    ],
)
def test_what_does_not_add_up_is_a_fault_and_is_said_first(old, new, fault):
    assert old in GOOD
    answer = parse_271(GOOD.replace(old, new))
    assert fault in answer.envelope.faults
    assert explain(answer)[0] == f"Do not rely on this file: {FAULT[answer.envelope.faults[0]]}"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("HL*4*3*23*0~NM1*03*1*A*B~HL*5*3*23*0~NM1*03*1*C*D~", MessageProblem.SEVERAL),
        ("HL*4*2*22*0~NM1*IL*1*A*B****MI*1~", MessageProblem.SEVERAL),
        ("NM1*IL*1*SECOND*PERSON****MI*2~", MessageProblem.SEVERAL),
        ("HL*4*3*99*0~", MessageProblem.ORDER),
        ("HL*4~", MessageProblem.ORDER),
        ("".join(f"HL*{n}*{n - 1}*23*1~" for n in range(4, 4_900)), MessageProblem.SEVERAL),
        (EB * 50_000, MessageProblem.TOO_MANY_SEGMENTS),
        ("EB*1**" + "^".join(["AI"] * 50_000) + "~", MessageProblem.TOO_MANY_REPEATS),
        ("EB*1" + "*" * 50_000 + "~", MessageProblem.TOO_MANY_ELEMENTS),
        ("REF" + "*" * 50_000 + "~", MessageProblem.TOO_MANY_ELEMENTS),
    ],
    ids=[
        "two dependents",
        "two subscribers",
        "two names",
        "level",
        "short level",
        "deep",
        "50,000 benefits",
        "50,000 repeats",
        "50,000 elements",
        "elements elsewhere",
    ],
)
def test_a_bad_structure_is_refused_by_name_and_fast(body, expected):
    begin = time.process_time()
    assert problem(with_body(body)) is expected
    assert time.process_time() - begin < 1.0


def test_the_largest_allowed_file_is_read_fast():
    body = "EB*A*IND*AI*****.2****Y~MSG*" + "X" * 150 + "~"
    begin = time.process_time()
    answer = parse_271(with_body(body * 2_400))
    assert time.process_time() - begin < 2.0
    assert len(answer.benefits) == 2_400


def test_an_open_loop_is_noted_and_ends_with_the_benefit():
    answer = parse_271(with_body("EB*U~LS*2120~NM1*VN*2*OTHER~EB*1**30~LE*2120~"))
    assert [note for note, _ in answer.notes] == [Note.OPEN_LOOP, Note.NO_LOOP]
    assert answer.benefits[0].entities[0].name == "OTHER"
    assert answer.benefits[1].entities == ()


def test_an_unknown_segment_is_noted_with_its_place():
    answer = parse_271(with_body("EB*1**30~QTY*1*2~"))
    assert answer.extra == ((13, "QTY"),)
    assert answer.notes == ((Note.UNKNOWN_SEGMENT, 13),)


@pytest.mark.parametrize(
    ("body", "note"),
    [
        ("EB*1**30~EB*6**30~", Note.ACTIVE_AND_INACTIVE),
        ("AAA*N**75*C~EB*1**30~", Note.REJECTED_AND_ANSWERED),
        ("EB*C*IND*30***23*500*****Y~EB*C*IND*30***29*500.01*****Y~", Note.REMAINING_OVER_TOTAL),
    ],
)
def test_contradictions_are_noted(body, note):
    assert (note, 0) in parse_271(with_body(body)).notes


@pytest.mark.parametrize(
    "body",
    [
        "EB*1**30~EB*6**AI~",
        "EB*C*IND*30***23*500*****Y~EB*C*IND*30***29*500*****Y~",
        "EB*C*IND*30***23*500*****Y~EB*C*FAM*30***29*900*****Y~",
        "EB*C*IND*30***23*500*****Y~EB*C*IND*30***29*900*****N~",
    ],
)
def test_what_only_looks_like_a_contradiction_is_not_noted(body):
    assert parse_271(with_body(body)).notes == ()
