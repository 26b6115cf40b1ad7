"""The English words for what is wrong or odd with a file, for billing staff.

X12's field speaks English, and so does this tool of the command line; what a visitor reads is
worded at the page's own door, in two languages.
"""

from waypost.x12.answer import AnswerFault
from waypost.x12.envelope import MessageProblem
from waypost.x12.notes import Note

PROBLEM = {
    MessageProblem.EMPTY: "The file is empty.",
    MessageProblem.TOO_LARGE: "The file is larger than 1 MiB.",
    MessageProblem.TOO_MANY_SEGMENTS: "The file has more than 5,000 segments.",
    MessageProblem.TOO_MANY_ELEMENTS: "A segment has more than 64 elements.",
    MessageProblem.TOO_MANY_REPEATS: "A code is repeated more than 100 times.",
    MessageProblem.ENCODING: "The file is not plain text in UTF-8 or Latin-1.",
    MessageProblem.NOT_X12: "The file does not begin with an ISA segment.",
    MessageProblem.CUT: "The file ends before its trailer: a part of it is missing.",
    MessageProblem.DELIMITERS: "The file's delimiters clash or are letters, digits or blanks.",
    MessageProblem.VERSION: "The file is not version 005010X279A1.",
    MessageProblem.ACKNOWLEDGMENT: "The file is an acknowledgment (TA1 or 999), not an answer.",
    MessageProblem.NOT_271: "The file is X12, but not a 271.",
    MessageProblem.SEVERAL: "The file holds more than one message or person; only one can be read.",
    MessageProblem.ORDER: "The file's segments do not stand in the order of the guide.",
}

FAULT = {
    AnswerFault.SEGMENT_COUNT: "The segment count in SE is not the number of segments sent.",
    AnswerFault.TRANSACTION_CONTROL: "ST and SE carry different control numbers.",
    AnswerFault.GROUP_CONTROL: "GS and GE carry different control numbers.",
    AnswerFault.GROUP_COUNT: "The transaction count in GE is not one.",
    AnswerFault.INTERCHANGE_CONTROL: "ISA and IEA carry different control numbers.",
    AnswerFault.INTERCHANGE_COUNT: "The group count in IEA is not one.",
    AnswerFault.HIERARCHY: "The levels (HL) do not form a tree of payer, provider and person.",
}

NOTE = {
    Note.LATIN_1: "The file is not UTF-8; it was read as Latin-1.",
    Note.BYTE_ORDER_MARK: "The file begins with a byte order mark; it was passed over.",
    Note.GUIDE_NOT_NAMED: "The file does not name its implementation guide.",
    Note.ISA_WIDTH: "The first segment's fields do not have the fixed widths of the standard.",
    Note.NO_REPETITION: (
        "The file names no repetition separator; repeated codes may not be told apart."
    ),
    Note.BLANKS: "Blanks stand around segments or elements; they were taken away.",
    Note.EMPTY_SEGMENT: "A segment is empty; it was passed over.",
    Note.CONTROL_CHARACTERS: "Characters that do not print were taken out of a segment.",
    Note.AMOUNT: "An amount of money could not be read; it is shown as sent and not used.",
    Note.PERCENT_OVER_ONE: (
        "A percentage over 1 was sent where a fraction belongs; it is shown as sent and not used."
    ),
    Note.PERCENT: "A percentage could not be read; it is shown as sent and not used.",
    Note.QUANTITY: "A quantity could not be read; it is shown as sent and not used.",
    Note.DATE: "A date could not be read; it is left out.",
    Note.EMPTY_REPEAT: "A repeated code is empty; the others were read.",
    Note.WRONG_SEPARATOR: (
        "Codes are divided by another sign than the file names; they were read all the same."
    ),
    Note.SMALL_LETTERS: "Codes are written in small letters; they were read as capitals.",
    Note.UNKNOWN_CODE: "A code is not in the lists of this guide; it is shown as sent.",
    Note.WRONG_FIGURE: (
        "Money was sent where a percentage belongs, or a percentage where money belongs: ask the "
        "payer which it is."
    ),
    Note.FREQUENCY: (
        "A frequency lacks its number or its unit: ask the payer how often care is covered."
    ),
    Note.EXTRA_ELEMENTS: "A segment has more elements than the guide; those after it are left out.",
    Note.TEXT_IN_PARTS: "A text is split over several elements; it was put together with blanks.",
    Note.LONG_TEXT: (
        "A text fills the 264 characters that the guide allows: its end may have been cut off."
    ),
    Note.UNKNOWN_SEGMENT: "A segment that this guide does not have stands in the file.",
    Note.MISPLACED: "A segment stands at a level where the guide has none; it was passed over.",
    Note.SAID_TWICE: "A segment that may stand once stands twice; the last one was used.",
    Note.OPEN_LOOP: "A related-entity loop is opened and not closed.",
    Note.NO_LOOP: "A related entity stands outside its loop (LS to LE), or the loop only ends.",
    Note.CHILD_CODE: "A level's code for levels below it (HL04) does not fit what follows.",
    Note.ACTIVE_AND_INACTIVE: "The same service is called both active and inactive.",
    Note.REJECTED_AND_ANSWERED: "The payer both refused the question and answered it.",
    Note.REMAINING_OVER_TOTAL: "A remaining amount is higher than the total it belongs to.",
}
