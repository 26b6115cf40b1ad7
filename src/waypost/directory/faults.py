"""What can be wrong with a report, a call, a sample or a program's word on itself, as codes.

``design.directory_faults`` has the sentence of each, and of the refusals of a try to call
(`TryRefusal`). A fault's place is the field of the form that it is about, where there is one.
"""

from __future__ import annotations

from enum import StrEnum


class DirectoryFault(StrEnum):
    """One code for each fault; the comment names the facts that its sentence needs."""

    NO_KIND = "no kind of report"
    NO_WORDS = "no words in a report"
    TOO_LONG = "report too long"  # most
    TOO_MANY_TODAY = "too many reports today"
    NO_CLAIM = "kind makes no claim"
    NO_REASON = "no reason for a decision"
    NO_REPORT = "no such report"  # number
    DECIDED_MEANWHILE = "report decided meanwhile"  # number, was
    REPORT_MOVE = "report cannot move"  # number, was, to
    OPEN_TO_ACCEPT = "report needs its own page"  # number
    NEEDS_PHONE = "telephone number missing"
    NEEDS_NAME = "name of the program missing"
    NEEDS_WEBSITE = "website missing"
    NEEDS_NPI = "NPI missing"
    NEEDS_TAX_ID = "tax id missing"
    BAD_PHONE = "not a telephone number"  # value
    BAD_NAME = "not a name"  # value, most
    BAD_WEBSITE = "not a website"  # value
    BAD_NPI = "not an NPI"  # value
    BAD_TAX_ID = "not a tax id"  # value
    NO_ENDING = "no ending of a call"
    NO_CALL = "no such call"
    TRY_JUST_KEPT = "try kept by another"
    NO_VERDICT = "no verdict"
    NOTHING_TO_DRAW = "nothing to draw"  # state
    SAMPLE_TOO_SMALL = "sample too small"  # least
    SAID_MEANWHILE = "word said meanwhile"
    NO_WORD = "no word on the field"
    CLOSES_LATER = "closing still to come"
    CLOSING_ASKED = "closing asked already"
    CLOSING_DECIDED = "closing decided already"
    CLOSING_SECOND = "closing needs a second person"
    LINK_USED = "reminder used or too old"
