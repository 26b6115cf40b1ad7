"""What is odd in an answer that can be read all the same: codes; `staff_words` has the words."""

from enum import StrEnum


class Note(StrEnum):
    """Something odd in a readable answer that a careful reader must know of."""

    LATIN_1 = "latin-1"
    BYTE_ORDER_MARK = "byte-order-mark"
    GUIDE_NOT_NAMED = "guide-not-named"
    ISA_WIDTH = "isa-width"
    NO_REPETITION = "no-repetition"
    BLANKS = "blanks"
    EMPTY_SEGMENT = "empty-segment"
    CONTROL_CHARACTERS = "control-characters"
    AMOUNT = "amount"
    PERCENT_OVER_ONE = "percent-over-one"
    PERCENT = "percent"
    QUANTITY = "quantity"
    DATE = "date"
    EMPTY_REPEAT = "empty-repeat"
    WRONG_SEPARATOR = "wrong-separator"
    SMALL_LETTERS = "small-letters"
    UNKNOWN_CODE = "unknown-code"
    WRONG_FIGURE = "wrong-figure"
    FREQUENCY = "frequency"
    EXTRA_ELEMENTS = "extra-elements"
    TEXT_IN_PARTS = "text-in-parts"
    LONG_TEXT = "long-text"
    UNKNOWN_SEGMENT = "unknown-segment"
    MISPLACED = "misplaced"
    SAID_TWICE = "said-twice"
    OPEN_LOOP = "open-loop"
    NO_LOOP = "no-loop"
    CHILD_CODE = "child-code"
    ACTIVE_AND_INACTIVE = "active-and-inactive"
    REJECTED_AND_ANSWERED = "rejected-and-answered"
    REMAINING_OVER_TOTAL = "remaining-over-total"


MATTERS = frozenset(
    (
        Note.NO_REPETITION,
        Note.AMOUNT,
        Note.PERCENT_OVER_ONE,
        Note.PERCENT,
        Note.QUANTITY,
        Note.DATE,
        Note.EMPTY_REPEAT,
        Note.WRONG_SEPARATOR,
        Note.UNKNOWN_CODE,
        Note.WRONG_FIGURE,
        Note.FREQUENCY,
        Note.LONG_TEXT,
        Note.UNKNOWN_SEGMENT,
        Note.SAID_TWICE,
        Note.ACTIVE_AND_INACTIVE,
        Note.REMAINING_OVER_TOTAL,
    )
)
"""The notes that may change what an answer means; the others say how a file is written."""
