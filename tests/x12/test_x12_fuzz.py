"""Made-up and mangled files: no crash, no hang, and what is written is read back."""

import time
from datetime import date, datetime
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from waypost.x12.envelope import BadMessage
from waypost.x12.explain import explain
from waypost.x12.fields import read_basis_points, read_cents, read_period
from waypost.x12.in_short import in_short
from waypost.x12.levels import BEHAVIORAL_CARE
from waypost.x12.question import InquiryPerson, Party, Question270
from waypost.x12.read_271 import parse_271
from waypost.x12.situation import Situation
from waypost.x12.summary import summarize
from waypost.x12.write_270 import BadInquiry, build_270

SEEDS = [path.read_bytes() for path in sorted((Path(__file__).parent / "samples").glob("*/*.edi"))]
SECONDS = 2.0  # far more than any file within the limits takes


def read(data: bytes | str) -> None:
    """Read and explain, or refuse by name; in time."""
    begin = time.process_time()
    try:
        answer = parse_271(data)
    except BadMessage:
        return
    finally:
        assert time.process_time() - begin < SECONDS
    lines = [*in_short(answer), *explain(answer)]
    assert lines
    assert all(line.isprintable() for line in lines)
    assert summarize(answer, BEHAVIORAL_CARE).coverage.situation in Situation


@given(st.binary(max_size=400))
@example(b"ISA")
@example(b"ISA" + b"*" * 200)
def test_any_bytes(data):
    read(data)


@given(st.text(max_size=300))
def test_any_text(text):
    read("ISA*" + text)
    read(text)


@settings(max_examples=300)
@given(
    st.sampled_from(SEEDS),
    st.lists(
        st.tuples(
            st.integers(0, 2_500),
            st.integers(0, 40),
            st.one_of(
                st.binary(max_size=12),
                st.sampled_from([b"~", b"*", b"^", b":", b"EB*1~", b"HL*4*3*23*0~", b"LS*2120~",
                                 b"AAA*N**72*C~", b"\xe2\x80\xae", b"\x00", b"SE*1*0001~"]),
            ),
        ),
        max_size=6,
    ),
)  # fmt: skip
def test_mangled_samples(seed, edits):
    data = seed
    for at, cut, piece in edits:
        data = data[:at] + piece + data[at + cut :]
    read(data)


SEGMENTS = st.lists(
    st.one_of(
        st.sampled_from(
            ["EB*1**30", "LS*2120", "LE*2120", "HL*4*3*23*0", "NM1*03*1*A*B", "PER*IC", "NM1", "EB",
             "MSG", "DTP", "HSD", "III", "REF", "TRN", "DMG", "AAA", "HL", "QTY*1", "*", "EB*" * 20]
        ),
        st.text(st.characters(exclude_characters="~"), max_size=40).map(lambda t: "EB*" + t),
    ),
    max_size=25,
)  # fmt: skip
HEAD = SEEDS[0].decode().replace("\n", "")


@settings(max_examples=200)
@given(SEGMENTS)
def test_any_segments_inside_a_good_envelope(segments):
    start, end = HEAD.index("EB*"), HEAD.index("SE*")
    read(HEAD[:start] + "".join(f"{segment}~" for segment in segments) + HEAD[end:])


@given(st.integers(0, 99_999_999_999))
def test_money_comes_back_to_the_cent(cents):
    assert read_cents(f"{cents // 100}.{cents % 100:02d}") == cents


@given(st.integers(0, 10_000))
def test_percentages_come_back_to_the_basis_point(points):
    assert read_basis_points(f"{points // 10_000}.{points % 10_000:04d}") == points


@given(st.text(max_size=20))
def test_any_text_as_money_percentage_or_date_is_read_or_refused(text):
    cents, points = read_cents(text), read_basis_points(text)
    assert cents is None or cents >= 0
    assert points is None or 0 <= points <= 10_000
    if cents is not None or points is not None:
        assert set(text) <= set("0123456789.")
    for form in ("D8", "RD8", text):
        period = read_period(form, text)
        assert period is None or period.start <= period.end


NAMES = st.text(st.characters(codec="utf-8"), max_size=12)


@given(NAMES, NAMES, NAMES, st.dates(date(1900, 1, 1)), st.integers(-5, 2_000_000_000))
def test_a_question_is_whole_or_refused(last, first, member, born, control):
    question = Question270(
        sender=Party("SENDER"),
        receiver=Party("PAYER"),
        payer_name="PLAN",
        payer_id="1",
        provider_name="PROGRAM",
        provider_npi="1234567893",
        subscriber=InquiryPerson(last, first, born, member),
        service_date=born,
        service_types=("AI",),
        asked_at=datetime(2026, 3, 1, 12),
        control_number=control,
        trace="T",
        originator="0123456789",
    )
    try:
        text = build_270(question)
    except BadInquiry:
        return
    lines = text.split("~")
    assert f"NM1*IL*1*{last}*{first}****MI*{member}" in lines
    assert len(lines) == 18
    assert text.isascii()
