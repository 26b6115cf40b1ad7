"""What is odd in an answer that can be read all the same."""

from enum import StrEnum


class Note(StrEnum):
    """Something odd in a readable answer that a careful reader must know of."""

    LATIN_1 = "The file is not UTF-8; it was read as Latin-1."
    GUIDE_NOT_NAMED = "The file does not name its implementation guide."
    ISA_WIDTH = "The first segment's fields do not have the fixed widths of the standard."
    NO_REPETITION = "The file names no repetition separator; repeated codes cannot be told apart."
    AMOUNT = "An amount of money could not be read; it is left out."
    PERCENT_OVER_ONE = "A percentage over 1 was sent where a fraction belongs; it is not used."
    PERCENT = "A percentage could not be read; it is left out."
    QUANTITY = "A quantity could not be read; it is left out."
    DATE = "A date could not be read; it is left out."
    UNKNOWN_SEGMENT = "A segment that this guide does not have stands in the file."
    OPEN_LOOP = "A related-entity loop is opened and not closed."
    ACTIVE_AND_INACTIVE = "The same service is called both active and inactive."
    REJECTED_AND_ANSWERED = "The payer both refused the question and answered it."
    REMAINING_OVER_TOTAL = "A remaining amount is higher than the total it belongs to."
    CONTROL_CHARACTERS = "Characters that do not print were taken out of a segment."
