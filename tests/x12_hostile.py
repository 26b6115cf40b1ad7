"""A good 271 and what is made of it to do harm, for the tests of the reader."""

from pathlib import Path

import pytest

from waypost.x12.envelope import BadMessage, MessageProblem
from waypost.x12.read_271 import parse_271
from waypost.x12.staff_words import PROBLEM

SAMPLES = Path(__file__).parent / "x12" / "samples"
GOOD = (SAMPLES / "benefits" / "EB01_1.edi").read_text().replace("\n", "")
ISA = GOOD[:106]
EB = "EB*1*IND*AI~"


def with_body(body: str, *, counted: bool = True) -> str:
    """The good message with other benefits, its segment count put right."""
    text = GOOD.replace(EB, body)
    return recounted(text) if counted else text


def recounted(text: str) -> str:
    """The text with the number of its segments put right."""
    size = text[: text.index("SE*")].count("~") - 1
    start, end = text.index("SE*"), text.index("*0001~GE")
    return f"{text[:start]}SE*{size}{text[end:]}"


def problem(data: bytes | str) -> MessageProblem:
    """Why the data is refused; the error repeats nothing of it."""
    with pytest.raises(BadMessage) as caught:
        parse_271(data)
    assert str(caught.value) == caught.value.problem.value
    assert PROBLEM[caught.value.problem].endswith(".")
    return caught.value.problem
