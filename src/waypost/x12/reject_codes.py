"""Why a payer refuses a question (AAA03), what may be done next (AAA04), and who can mend it.

Meanings follow X12's reject reason codes (005010X279A1, element 901) and CAQH CORE's rule on
AAA error codes (https://www.caqh.org/core/operating-rules). Which loop a code may stand in is
not confirmed against the guide; so any code is read in any loop.
"""

from dataclasses import dataclass
from enum import StrEnum


class Mender(StrEnum):
    """Who can do something about a refusal."""

    PERSON = "person"  # whoever typed the member's particulars
    PROGRAM = "program"  # the program: its NPI, its enrollment with the payer
    PAYER = "payer"  # nobody here: the payer's system
    OPERATOR = "operator"  # whoever runs this software: payer id, codes, dates


@dataclass(frozen=True, slots=True)
class Reason:
    """A reject code in plain words. `retry` is true for the two codes that say "not now"."""

    code: str
    words: str
    mender: Mender
    retry: bool = False


def _reasons(mender: Mender, words: dict[str, str]) -> list[Reason]:
    return [Reason(code, text, mender, code in ("42", "80")) for code, text in words.items()]


PERSON = {
    "56": "The date asked about is not right.",
    "57": "The date of service is missing or not right.",
    "58": "The birth date is missing or not right.",
    "60": "The birth date is after the date of service.",
    "61": "The payer has a date of death before the date of service.",
    "62": "The date asked about lies outside the time the payer answers for.",
    "63": "The date of service is in the future.",
    "64": "The member's ID is missing or not right.",
    "65": "The member's name is missing or not right.",
    "66": "The gender code is missing or not right.",
    "67": "The member was not found.",
    "68": "The same member ID belongs to more than one member.",
    "71": "The birth date is not the one the payer has.",
    "72": "The member ID is missing or not right.",
    "73": "The subscriber's name is missing or not right.",
    "74": "The subscriber's gender code is missing or not right.",
    "75": "The subscriber was not found.",
    "76": "The same member ID belongs to more than one subscriber.",
    "77": "The subscriber was found, the member was not.",
    "78": "The subscriber is not in the group or plan named.",
}

PROGRAM = {
    "35": "The program is out of network, and the payer answers for its network only.",
    "41": "The program is not authorized or has no access with this payer.",
    "43": "The program's NPI is missing or not right.",
    "44": "The program's name is missing or not right.",
    "45": "The program's specialty is missing or not right.",
    "46": "The program's telephone number is missing or not right.",
    "47": "The program's state is missing or not right.",
    "48": "The referring provider's number is missing or not right.",
    "49": "The provider is not the primary care physician.",
    "50": "The program is not eligible to ask this payer.",
    "51": "The program is not on the payer's file.",
    "52": "The date of service is outside the program's enrollment with the plan.",
    "97": "The program's address is missing or not right.",
}

OPERATOR = {
    "04": "Too many services were asked about at once.",
    "15": "Something that the payer needs was not sent.",
    "33": "Something in the question is not right; the payer does not say what.",
    "53": "The service asked about does not fit the kind of provider.",
    "54": "The kind of procedure code is not right.",
    "55": "The procedure code is not right.",
    "69": "The service does not fit the member's age.",
    "70": "The service does not fit the member's gender on file.",
    "79": "The payer's ID is not right.",
    "98": "The service counts as experimental.",
    "T4": "The payer's name or ID is missing.",
}

PAYER = {
    "42": "The payer cannot answer at this time.",
    "80": "The payer's system did not answer.",
}

REASONS = {
    reason.code: reason
    for mender, words in (
        (Mender.PERSON, PERSON),
        (Mender.PROGRAM, PROGRAM),
        (Mender.OPERATOR, OPERATOR),
        (Mender.PAYER, PAYER),
    )
    for reason in _reasons(mender, words)
}

FOLLOW_UP = {
    "C": "Correct it and ask again.",
    "N": "Do not ask again.",
    "P": "Ask the same again.",
    "R": "Asking again is allowed.",
    "S": "Do not ask again; the question was passed on to another party.",
    "W": "Wait 30 days, then ask again.",
    "X": "Wait 10 days, then ask again.",
    "Y": "Do not ask again; an answer is on its way.",
}


def reason(code: str) -> Reason:
    """The reason of a code; one that is not known is the operator's to look up."""
    unknown = Reason(code, "The payer gives a reason that is not in our table.", Mender.OPERATOR)
    return REASONS.get(code, unknown)
