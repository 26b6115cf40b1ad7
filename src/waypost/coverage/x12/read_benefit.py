"""One EB segment as a benefit, before anything hangs on it."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

from waypost.coverage.x12.benefit import Benefit
from waypost.coverage.x12.envelope import MAX_REPEATS, BadMessage, Problem, split_segment
from waypost.coverage.x12.fields import is_number, read_basis_points, read_cents, read_quantity
from waypost.coverage.x12.filling import filled
from waypost.coverage.x12.notes import Note

BLANKS = [[""] * (14 - size) for size in range(14)]


BENEFIT_LOOPS = {"22": "2110C", "23": "2110D"}  # by HL03
REMAINING = frozenset(("29", "33"))
LONGEST, MOST = 160, 2048  # characters and number of segments kept in memory


class Dialect(NamedTuple):
    """How a message divides its segments, and the loop that the benefit stands in."""

    element: str
    repetition: str
    component: str
    loop: str


class Read(NamedTuple):
    """A benefit, what is odd about it, and its money for comparing totals with what is left.

    `money` is (whether it is what is left, what it belongs to, cents), or None without money.
    """

    benefit: Benefit
    notes: tuple[Note, ...]
    money: tuple[bool, tuple[str, ...], int] | None


@lru_cache(maxsize=8)  # senders use a handful of sets of delimiters
def benefit_readers(
    element: str, repetition: str, component: str
) -> dict[str, Callable[[str], Read]]:
    """`read_benefit` for each level of a person, with a memory of up to 2,048 segments.

    A payer says the same few lines in answer after answer, and an EB segment names nobody.
    What is left of somebody's amounts is not remembered, and neither are long segments, so that
    nobody can fill the memory.
    """
    return {
        level: _remembering(Dialect(element, repetition, component, loop))
        for level, loop in BENEFIT_LOOPS.items()
    }


def _remembering(dialect: Dialect) -> Callable[[str], Read]:
    known: dict[str, Read] = {}

    def read(segment: str) -> Read:
        found = known.get(segment)
        if found is None:
            found = read_benefit(dialect, segment)
            is_left = found.money is not None and found.money[0]
            if not is_left and len(segment) <= LONGEST:
                if len(known) >= MOST:
                    known.clear()
                known[segment] = found
        return found

    return read


def read_benefit(dialect: Dialect, segment: str) -> Read:
    """The benefit of an EB segment. Raises `BadMessage` beyond the limits."""
    elements = split_segment(segment, dialect.element)
    if len(elements) < 14:
        elements += BLANKS[len(elements)]
    values: dict[str, Any] = {"loop": dialect.loop, "elements": tuple(elements)}
    if elements[3]:
        values["service_types"] = _repeats(elements[3], dialect.repetition)
    if elements[13]:
        values["procedure"] = tuple(elements[13].split(dialect.component))
    notes = _read_numbers(elements, values)
    cents = values.get("cents")
    if cents is None:
        return Read(filled(Benefit, values), notes, None)
    same = (*elements[1:5], elements[12])
    return Read(filled(Benefit, values), notes, (elements[6] in REMAINING, same, cents))


def _repeats(text: str, repetition: str) -> tuple[str, ...]:
    codes = text.split(repetition) if repetition else [text]
    if len(codes) > MAX_REPEATS:
        raise BadMessage(Problem.TOO_MANY_REPEATS)
    return tuple(codes)


def _read_numbers(elements: list[str], values: dict[str, Any]) -> tuple[Note, ...]:
    """EB07, EB08 and EB10: what cannot be read stays `None` and is noted."""
    notes: tuple[Note, ...] = ()
    if elements[7]:
        values["cents"] = cents = read_cents(elements[7])
        notes += (Note.AMOUNT,) if cents is None else ()
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
