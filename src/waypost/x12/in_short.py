"""A 271 in short, for billing staff: what they look for first, before every line of it."""

from collections.abc import Iterator

from waypost.x12 import codes
from waypost.x12.answer import Answer271
from waypost.x12.explain import headline, organization_line
from waypost.x12.fields import shown
from waypost.x12.levels import BEHAVIORAL
from waypost.x12.reject_codes import Mender, reason
from waypost.x12.standing import Standing
from waypost.x12.summary import Summary, summarize

STANDING = {
    Standing.ACTIVE: "Coverage is active.",
    Standing.PENDING: "Coverage is active but pending, as in a premium grace period: call first.",
    Standing.INACTIVE: "Coverage is not active.",
    Standing.CONTRADICTORY: "Coverage is called both active and inactive: call the payer.",
    Standing.NOT_SAID: "The payer does not say whether coverage is active.",
    Standing.REJECTED: "The payer refused the question; there is no answer.",
}
MEND = {
    Mender.PERSON: "Compare the member's name, birth date and ID with the card, then ask again.",
    Mender.PROGRAM: "The program itself must mend this: its NPI, or its enrollment with the payer.",
    Mender.OPERATOR: "Whoever sends the question must mend it: payer ID, service or dates.",
    Mender.PAYER: "The payer's system is down; ask again later.",
}
AUTHORIZATION = {
    "Y": "Authorization first: yes, for some of it; see below.",
    "N": "Authorization first: no, says the payer.",
    "U": "Authorization first: the payer's system does not know; call.",
    "": "Authorization first: not said. Blank is not no: call.",
}
NO_CODE = (
    "X12 has no service type for intensive outpatient care: what is said of substance use "
    "treatment may hold for office visits alone. Ask the payer about H0015 or S9480."
)
MOST = 8


def in_short(answer: Answer271) -> list[str]:
    """The lines. The member is never named."""
    summary = summarize(answer, BEHAVIORAL)
    lines = [f"Do not rely on this file: {fault.value}" for fault in answer.envelope.faults[:1]]
    if answer.rejections:
        menders = dict.fromkeys(reason(one.code).mender for one in answer.rejections)
        return [*lines, STANDING[Standing.REJECTED], *(MEND[one] for one in menders)]
    names = ", ".join(f"“{shown(name)}”" for name in summary.plan_names[:3])
    lines.append(STANDING[summary.plan] + (f" Plan {names}." if names else ""))
    return [*lines, *_left(summary), *_care(summary)]


def _left(summary: Summary) -> Iterator[str]:
    yield from map(headline, summary.left[:MOST])


def _care(summary: Summary) -> Iterator[str]:
    for one in summary.contacts:
        yield f"The payer refers to {organization_line(one)}."
    if not summary.named:
        yield "Mental health and substance use care are not named. That is no refusal: call."
        return
    names = ", ".join(codes.SERVICE[code] for code in summary.named)
    yield f"Named: {names}."
    if summary.care is not summary.plan and summary.care is not Standing.NOT_SAID:
        yield f"For this care: {STANDING[summary.care]}"
    yield from map(headline, summary.shares[:MOST])
    if len(summary.shares) > MOST:
        yield f"… and {len(summary.shares) - MOST} lines more on this care, below."
    yield AUTHORIZATION[summary.authorization]
    yield NO_CODE
