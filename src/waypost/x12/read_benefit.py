"""One EB segment as a benefit, before anything hangs on it."""

from functools import lru_cache
from typing import Any, NamedTuple

from waypost.x12.benefit import Benefit
from waypost.x12.benefit_codes import apart, code_notes, in_capitals, is_together
from waypost.x12.envelope import MAX_ELEMENTS, MAX_REPEATS, BadMessage, MessageProblem
from waypost.x12.fields import is_number, read_basis_points, read_cents, read_quantity
from waypost.x12.notes import Note

BLANKS = [[""] * (14 - size) for size in range(14)]
LAST_ELEMENT = 15  # EB14, the pointers to diagnoses, is the last that the guide has

BENEFIT_LOOPS = {"22": "2110C", "23": "2110D"}  # by HL03
REMAINING = frozenset(("29", "33"))
LONGEST, MOST = 160, 2048  # characters and number of segments kept in memory


class Dialect(NamedTuple):
    """How a message divides its segments, and the loop that the benefit stands in."""

    element: str
    repetition: str
    component: str
    loop: str


# A benefit, what is odd about it, and its money for comparing totals with what is left: whether
# it is what is left, what it belongs to, cents. A plain tuple: one is made for each segment.
Money = tuple[bool, tuple[str, ...], int]
Read = tuple[Benefit, tuple[Note, ...], Money | None]


class Memory(dict[str, Read]):
    """The benefits of up to 2,048 segments: `memory[segment]` reads one that is not there.

    A payer says the same few lines in answer after answer, and an EB segment names nobody.
    What is left of somebody's amounts is not remembered, and neither are long segments, so that
    nobody can fill the memory.
    """

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def __missing__(self, segment: str) -> Read:
        parsed = read_benefit(self._dialect, segment)
        money = parsed[2]
        if len(segment) <= LONGEST and not (money and money[0]):
            if len(self) >= MOST:
                self.clear()
            self[segment] = parsed
        return parsed


@lru_cache(maxsize=8)  # senders use a handful of sets of delimiters
def memories(element: str, repetition: str, component: str) -> dict[str, Memory]:
    """A memory for each level of a person."""
    return {
        level: Memory(Dialect(element, repetition, component, loop))
        for level, loop in BENEFIT_LOOPS.items()
    }


def read_benefit(dialect: Dialect, segment: str) -> Read:
    """The benefit of an EB segment. Raises `BadMessage` beyond the limits."""
    element, repetition, component, loop = dialect
    elements = segment.split(element)
    size = len(elements)
    notes: tuple[Note, ...] = ()
    if size < 14:
        elements += BLANKS[size]
    elif size > LAST_ELEMENT:
        if size > MAX_ELEMENTS:
            raise BadMessage(MessageProblem.TOO_MANY_ELEMENTS)
        notes = (Note.EXTRA_ELEMENTS,)
    if in_capitals(elements):
        notes += (Note.SMALL_LETTERS,)
    values: dict[str, Any] = {"loop": loop, "elements": tuple(elements)}
    money = None
    types, amount = elements[3], elements[7]
    if types:
        values["service_types"], odd = _service_types(types, repetition)
        notes += odd
    if amount:
        values["cents"] = cents = read_cents(amount)
        if cents is None:
            notes += (Note.AMOUNT,)
        else:
            same = (elements[1], elements[2], types, elements[4], elements[12])
            money = (elements[6] in REMAINING, same, cents)
    if elements[8] or elements[10]:
        notes += _read_share_and_quantity(elements, values)
    if elements[13]:
        values["procedure"] = parts = tuple(elements[13].upper().split(component))
        if len(parts) == 1 and is_together(parts):
            values["procedure"] = apart(parts)
            notes += (Note.WRONG_SEPARATOR,)
    notes += code_notes(elements, values.get("service_types", ()))
    return Benefit(**values), notes, money


def _service_types(text: str, repetition: str) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """EB03's codes, without empty repeats, and what is odd about how they are divided."""
    repeated = repetition and repetition in text
    sent = _repeats(text, repetition) if repeated else (text,)
    notes = (Note.EMPTY_REPEAT,) if "" in sent else ()
    if is_together(sent):
        return apart(sent), (*notes, Note.WRONG_SEPARATOR)
    return tuple(filter(None, sent)) if notes else sent, notes


def _repeats(text: str, repetition: str) -> tuple[str, ...]:
    codes = text.split(repetition)
    if len(codes) > MAX_REPEATS:
        raise BadMessage(MessageProblem.TOO_MANY_REPEATS)
    return tuple(codes)


def _read_share_and_quantity(elements: list[str], values: dict[str, Any]) -> tuple[Note, ...]:
    """EB08 and EB10: what cannot be read stays `None` and is noted."""
    notes: tuple[Note, ...] = ()
    if elements[8]:
        values["basis_points"] = points = read_basis_points(elements[8])
        notes += (_percent_note(elements[8]),) if points is None else ()
    if elements[10]:
        values["quantity"] = quantity = read_quantity(elements[10])
        notes += (Note.QUANTITY,) if quantity is None else ()
    return notes


def _percent_note(text: str) -> Note:
    """Whether an unreadable percentage is a plain number over 1, such as 20."""
    over_one = is_number(text) and text[0] != "0"
    return Note.PERCENT_OVER_ONE if over_one else Note.PERCENT
