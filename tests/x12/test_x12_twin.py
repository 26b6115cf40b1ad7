"""A slow twin of the reader: the plain, obvious version, compared on made-up messages."""

from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from waypost.x12.read_271 import parse_271

WHOLE = (Path(__file__).parent / "samples" / "benefits" / "EB01_1.edi").read_text()
WHOLE = WHOLE.replace("\n", "")
START, END = WHOLE.index("EB*"), WHOLE.index("SE*")

CODES = st.sampled_from(["1", "6", "A", "B", "C", "G", "F", "ZZ", "CB"])
TYPES = st.lists(st.sampled_from(["30", "AI", "MH", "A8", "CJ", "Z9"]), max_size=5)
WORDS = st.text("ABC XYZ 019.,-", max_size=12)
MONEY = st.one_of(
    st.just(""), st.decimals(0, 99_999, places=2).map(str), st.integers(0, 9_999).map(str), WORDS
)
SHARE = st.one_of(st.just(""), st.decimals(0, 1, places=4).map(str), st.sampled_from(["20", "x"]))
BENEFIT = st.builds(
    lambda code, types, period, money, share, network: [
        "EB", code, "IND", "^".join(types), "", "", period, money, share, "", "", "", network,
    ],
    CODES, TYPES, st.sampled_from(["", "23", "29", "27"]), MONEY, SHARE,
    st.sampled_from(["", "Y", "N", "W"]),
)  # fmt: skip
MESSAGE = WORDS.map(lambda text: ["MSG", text.strip()])
BODIES = st.lists(st.one_of(BENEFIT, BENEFIT, MESSAGE), max_size=20)


def twin(lines: list[list[str]]) -> list[dict]:
    """Each benefit with its texts and figures, step by step, with nothing remembered."""
    benefits: list[dict] = []
    for padded in lines:
        line = [element.strip() for element in padded]
        if line[0] == "MSG":
            if benefits and line[1]:
                benefits[-1]["messages"].append(line[1])
            continue
        benefits.append(
            {
                "code": line[1],
                "types": [one for one in line[3].split("^") if one],
                "cents": figure(line[7], 100, 2, 9),
                "points": figure(line[8], 10_000, 4, 1),
                "network": line[12],
                "messages": [],
            }
        )
    return benefits


def figure(text: str, scale: int, places: int, digits: int) -> int | None:
    """A plain number times a scale, exactly; None for anything else, or over a whole for shares."""
    whole, _, part = text.partition(".")
    plain = all(one in "0123456789" for one in whole + part) and text.count(".") <= 1
    if not plain or not whole + part or len(whole) > digits or len(part.rstrip("0")) > places:
        return None
    value = Decimal(text) * scale
    return None if scale == 10_000 and value > scale else int(value)


@settings(max_examples=150)
@given(BODIES)
def test_the_reader_and_its_slow_twin_agree(lines):
    body = "".join("*".join(line) + "~" for line in lines)
    text = WHOLE[:START] + body + WHOLE[END:].replace("SE*12", f"SE*{11 + len(lines)}")
    seen = [
        {
            "code": one.code,
            "types": list(one.service_types),
            "cents": one.cents,
            "points": one.basis_points,
            "network": one.network,
            "messages": list(one.messages),
        }
        for one in parse_271(text).benefits
    ]
    assert seen == twin(lines)
