"""Why a payer refuses a question (AAA03), by the loop it stands in, and who can mend it.

Meanings follow X12's reject reason codes (element 901), the notes that the 270/271 guide puts
beside them, as far as they are public (004010X092A1, http://www.eedi.net/271004010X092A1), the
lists by loop of Stedi's API (https://github.com/Stedi/openApi) and CAQH CORE's rule on AAA error
codes (https://www.caqh.org/core/operating-rules). A code that the guide does not have in a loop is
read all the same, by its general meaning.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec


class Mender(StrEnum):
    """Who can do something about a refusal."""

    PERSON = "person"  # whoever typed the member's particulars
    PROGRAM = "program"  # the program: its NPI, its enrollment with the payer
    PAYER = "payer"  # nobody here: the payer's system
    OPERATOR = "operator"  # whoever runs this software: accounts, payer id, codes, dates
    NOBODY = "nobody"  # it is an answer: the payer does not cover this person or this care


class RejectReason(msgspec.Struct, frozen=True):
    """A reject code in plain words, and how it is mended. `retry` is true for "not now"."""

    code: str
    words: str
    mender: Mender
    mend: str
    retry: bool = False


COMPARE = "Compare the member's name, birth date and ID with the card"
ENROLL = "Check the program's NPI and its enrollment with this payer"
LATER = "Ask again later"
CALL = "Call the payer"

_PERSON = {
    "58": "The birth date is missing or wrong.",
    "60": "The birth date is after the date of service.",
    "64": "The member's ID is missing or wrong.",
    "65": "The member's name is missing or wrong.",
    "66": "The gender code is missing or wrong.",
    "67": "The member was not found.",
    "68": "The same member ID belongs to more than one member.",
    "71": "The birth date is not the one the payer has.",
    "72": "The member ID is missing or wrong.",
    "73": "The subscriber's name is missing or wrong.",
    "74": "The subscriber's gender code is missing or wrong.",
    "75": "The subscriber was not found.",
    "76": "The same member ID belongs to more than one subscriber.",
    "77": "The subscriber was found, the member was not.",
    "78": "The subscriber is not in the group or plan named.",
}
_PROGRAM = {
    "35": "The program is out of network, and the payer answers for its network only.",
    "41": "The program may not ask this payer about eligibility.",
    "43": "The program’s NPI is missing or wrong.",
    "44": "The program's name is missing or wrong.",
    "45": "The program's specialty is missing or wrong.",
    "46": "The program's telephone number is missing or wrong.",
    "47": "The program's state is missing or wrong.",
    "48": "The referring provider's number is missing or wrong.",
    "49": "The provider is not the primary care physician.",
    "50": "The program is not eligible to ask this payer.",
    "51": "The program is not on the payer's file.",
    "52": "The date of service is outside the program's enrollment with the plan.",
    "97": "The program's address is missing or wrong.",
}
_OPERATOR = {
    "04": ("The file asks about more people than may be asked about at once.",
           "Send fewer people in one file"),
    "15": ("Something that the payer needs was not sent.",
           "See the payer's companion guide for what it needs"),
    "33": ("Something in the question is not right; the payer does not say what.",
           "Compare the question with the payer's companion guide"),
    "53": ("The service asked about does not fit the kind of provider.",
           "Ask about another service type"),
    "54": ("The kind of procedure code is not right.", "Ask by service type"),
    "55": ("The procedure code is not right.", "Ask by service type"),
    "56": ("The date asked about is not right.", "Ask about today"),
    "57": ("The date of service is missing or wrong.", "Ask about today"),
    "62": ("The date asked about lies outside the time that the payer answers for.",
           "Ask about today, or a day within the last 12 months"),
    "63": ("The date of service is in the future.", "Ask about today"),
    "69": ("The service does not fit the member's age.", "Ask about another service type"),
    "70": ("The service does not fit the member's gender on file.",
           "Ask about another service type"),
    "79": ("The ID of a party is not right.", "Check the payer ID"),
    "98": ("The service counts as experimental.", CALL),
    "T4": ("The payer's name or ID is missing.", "Check the payer ID"),
}  # fmt: skip
_AUTHORIZATION = {
    "AA": "The authorization number was not found.",
    "AE": "The primary care physician must authorize this.",
    "AF": "A diagnosis code is missing or wrong.",
    "AG": "A procedure code is missing or wrong.",
    "AO": "More is asked about the patient's condition.",
    "CI": "The authorization does not match the patient.",
    "E8": "This needs a medical review.",
    "IA": "The authorization number is not written as it must be.",
    "MA": "The authorization number is missing.",
}
_PAYER = {
    "42": "The payer cannot answer at this time.",
    "80": "The payer's system did not answer.",
}
_NOBODY = {
    "34": "The payer has no coverage for this person.",
    "61": "The payer has a date of death before the date of service.",
    "95": (
        "The payer says that the patient is not eligible (a code that the guide for this answer "
        "does not list): coverage may have ended, or another company may run this benefit."
    ),
}


def _reasons() -> dict[str, RejectReason]:
    """The table by code, for any loop."""
    table = {
        code: RejectReason(code, words, Mender.PERSON, COMPARE) for code, words in _PERSON.items()
    }
    table |= {c: RejectReason(c, words, Mender.PROGRAM, ENROLL) for c, words in _PROGRAM.items()}
    table |= {
        c: RejectReason(c, words, Mender.PROGRAM, CALL) for c, words in _AUTHORIZATION.items()
    }
    table |= {
        c: RejectReason(c, *_split(Mender.OPERATOR, words_and_cure))
        for c, words_and_cure in _OPERATOR.items()
    }
    table |= {
        c: RejectReason(c, words, Mender.PAYER, LATER, retry=True) for c, words in _PAYER.items()
    }
    table |= {c: RejectReason(c, words, Mender.NOBODY, CALL) for c, words in _NOBODY.items()}
    return table


def _split(mender: Mender, words_and_cure: tuple[str, str]) -> tuple[str, Mender, str]:
    words, mend = words_and_cure
    return words, mender, mend


REASONS: Mapping[str, RejectReason] = _reasons()

_ACCOUNT = "Check the account with whoever carries the question: its user, its sender ID"
IN_LOOP: Mapping[tuple[str, str], RejectReason] = {
    (loop, code): RejectReason(code, words, mender, mend, retry=code in _PAYER)
    for loop, code, words, mender, mend in (
        ("2000A", "04", "The file asks about more people than whoever carries it (the "
         "clearinghouse) takes at once.", Mender.OPERATOR, "Send fewer people in one file"),
        ("2000A", "41", "The sender of the file (GS02) may not send questions to whoever carries "
         "it (the clearinghouse).", Mender.OPERATOR, _ACCOUNT),
        ("2000A", "42", "Whoever carries the question (the clearinghouse) cannot pass it on at "
         "this time.", Mender.PAYER, LATER),
        ("2000A", "79", "The sender's or the receiver's ID in the envelope (GS02, GS03) is not "
         "right.", Mender.OPERATOR, "Check the sender and receiver IDs"),
        ("2100A", "04", "The file asks about more people than the payer takes at once.",
         Mender.OPERATOR, "Send fewer people in one file"),
        ("2100A", "41", "The sender of the file may not ask this payer.", Mender.OPERATOR,
         "Check the enrollment for eligibility questions with this payer"),
        ("2100A", "79", "The payer's ID is not right.", Mender.OPERATOR, "Check the payer ID"),
        ("2100B", "15", "Something about the program that the payer needs was not sent.",
         Mender.PROGRAM, "See the payer's companion guide for what it needs of a provider"),
        ("2100B", "79", "The program's ID is not right, or is of a kind that this payer does not "
         "take.", Mender.PROGRAM, ENROLL),
        ("2100B", "T4", "The asking payer's name or ID is missing.", Mender.OPERATOR,
         "Ask as a provider, with the program's NPI"),
    )
}  # fmt: skip


def reason(code: str, loop: str = "") -> RejectReason:
    """The reason of a code in a loop; one that is not known is the operator's to look up."""
    unknown = RejectReason(
        code,
        "The payer gives a reason that is not in our table.",
        Mender.OPERATOR,
        "Look the code up in the payer's companion guide",
    )
    return IN_LOOP.get((loop, code)) or REASONS.get(code, unknown)
