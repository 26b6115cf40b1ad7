"""Asks a payer: consent first, one deadline, at most one retry, and only our own answer counts.

Rules: CAQH CORE's response time rule gives a payer 20 seconds for a real-time question
(https://www.caqh.org/core/operating-rules), and nobody is kept waiting longer here. Only the
reject codes 42 and 80 say "not now" and are asked once more.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from waypost.eligibility.breaker import Breaker
from waypost.eligibility.inquiry import Consent, Inquiry
from waypost.eligibility.outcome import (
    Answered,
    Missing,
    Outcome,
    OutcomeWhy,
    Rejected,
    Unavailable,
    Unsupported,
)
from waypost.eligibility.port import Deadline, EligibilitySource, Reply
from waypost.eligibility.same_person import is_ours
from waypost.values.numbers import is_npi
from waypost.x12.answer import Answer271
from waypost.x12.reject_codes import reason

PATIENCE = 20.0  # seconds
BACK_OFF = 1.0  # seconds before the one retry


class AskStage(StrEnum):
    """How far a question has come."""

    ASKING = "asking"
    ASKING_AGAIN = "asking-again"
    CHECKING = "checking"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the door passes in: clocks, how to wait, and whom to tell the progress.

    `clock` counts seconds and only goes forward, `now` gives the date and time of the answer.
    """

    clock: Callable[[], float]
    now: Callable[[], datetime]
    sleep: Callable[[float], None]
    breaker: Breaker
    progress: Callable[[AskStage, float], None] = field(default=lambda stage, left: None)


def ask(
    source: EligibilitySource, inquiry: Inquiry, consent: Consent | None, around: Surroundings
) -> Outcome:
    """Ask once, within 20 seconds; nothing about the person is kept except in the outcome."""
    refused = _may_not_ask(source, inquiry, consent)
    if refused is not None:
        return refused
    payer = inquiry.payer.id
    rest = around.breaker.rest_left(payer, around.clock())
    if rest:
        return Unavailable(OutcomeWhy.RESTING, round(rest))
    deadline = Deadline(around.clock() + PATIENCE, around.clock)
    outcome = _within(deadline, source, inquiry, around)
    if isinstance(outcome, Unavailable):
        around.breaker.failed(payer, around.clock())
    elif not isinstance(outcome, Unsupported):
        around.breaker.worked(payer)
    around.progress(AskStage.DONE, deadline.left)
    return outcome


def _may_not_ask(
    source: EligibilitySource, inquiry: Inquiry, consent: Consent | None
) -> Unsupported | None:
    """What is missing before anything may be sent."""
    if consent is None or not consent.text_version or consent.given_at > inquiry.asked_at:
        return Unsupported(Missing.CONSENT)
    opted_in_at = inquiry.program.opted_in_at
    if opted_in_at is None or opted_in_at > inquiry.asked_at:
        return Unsupported(Missing.OPT_IN)
    if not is_npi(inquiry.program.npi):
        return Unsupported(Missing.NPI)
    return None if source.serves(inquiry.payer.id) else Unsupported(Missing.PAYER)


def _within(
    deadline: Deadline, source: EligibilitySource, inquiry: Inquiry, around: Surroundings
) -> Outcome:
    """Ask, and ask once more if the payer says "not now" and there is time."""
    around.progress(AskStage.ASKING, deadline.left)
    reply = source.send(inquiry, deadline)
    if _not_now(reply) and deadline.left > BACK_OFF:
        around.progress(AskStage.ASKING_AGAIN, deadline.left)
        around.sleep(BACK_OFF)
        reply = source.send(inquiry, deadline)
    if not isinstance(reply, Reply):
        return reply
    around.progress(AskStage.CHECKING, deadline.left)
    if not is_ours(inquiry, reply):
        return Unavailable(OutcomeWhy.NOT_OURS)
    if _not_now(reply):
        return Unavailable(OutcomeWhy.PAYER_DOWN)
    if reply.answer.rejections:
        return Rejected(reply.answer.rejections)
    return Answered(reply.answer, around.now(), reply.digest, inquiry.service_date)


def _not_now(reply: Reply | Unavailable | Unsupported) -> bool:
    """Whether every reason of a refusal is one of the two that allow another try."""
    return isinstance(reply, Reply) and all_retry(reply.answer)


def all_retry(answer: Answer271) -> bool:
    """Whether the payer refused only for "not now" reasons and allows asking again."""
    return bool(answer.rejections) and all(
        reason(rejection.code, rejection.loop).retry and rejection.follow_up != "N"
        for rejection in answer.rejections
    )
