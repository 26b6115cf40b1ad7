"""One EB segment as a benefit, before anything hangs on it."""

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple

from waypost.coverage.x12.benefit import Benefit
from waypost.coverage.x12.envelope import MAX_REPEATS, BadMessage, Problem, split_segment
from waypost.coverage.x12.fields import is_number, read_basis_points, read_cents, read_quantity
from waypost.coverage.x12.notes import Note

BLANKS = [[""] * (14 - size) for size in range(14)]


REMAINING = frozenset(("29", "33"))
REMEMBERED = 160  # characters of the longest segment that is kept in memory


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
    element: str, repetition: str, component: str, loops: tuple[str, ...]
) -> tuple[Callable[[str], Read], ...]:
    """`read_benefit` for each loop, remembering the last 2,048 segments of each.

    A payer says the same few lines in answer after answer, and an EB segment names nobody.
    Long segments are not remembered, so that nobody can fill the memory.
    """
    return tuple(_reader(Dialect(element, repetition, component, loop)) for loop in loops)


def _reader(dialect: Dialect) -> Callable[[str], Read]:
    fresh = partial(read_benefit, dialect)
    remembered = lru_cache(maxsize=2048)(fresh)

    def read(segment: str) -> Read:
        return remembered(segment) if len(segment) <= REMEMBERED else fresh(segment)

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
        return Read(filled(values), notes, None)
    same = (*elements[1:5], elements[12])
    return Read(filled(values), notes, (elements[6] in REMAINING, same, cents))


def filled(values: dict[str, Any]) -> Benefit:
    """A benefit with these fields.

    Filled in one step: a frozen dataclass sets each of its thirteen fields by a call of its
    own, which would take longer than all the rest of reading a message.
    """
    benefit = Benefit.__new__(Benefit)
    object.__setattr__(benefit, "__dict__", values)
    return benefit


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
