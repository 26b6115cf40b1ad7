"""What can come of a live question: four kinds, no fifth."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from waypost.x12.answer import Answer271, Rejection


class OutcomeWhy(StrEnum):
    """Why there was no answer. Each door has its own words; none says anything about a person."""

    NO_ANSWER = "no-answer"
    PAYER_DOWN = "payer-down"
    NO_CONNECTION = "no-connection"
    REFUSED = "refused"
    BAD_REPLY = "bad-reply"
    NOT_OURS = "not-ours"
    RESTING = "resting"
    TOO_OFTEN = "too-often"
    CROWDED = "crowded"
    FAULT = "fault"


class Missing(StrEnum):
    """Why a question was not sent at all."""

    CONSENT = "consent"
    OPT_IN = "opt-in"
    NPI = "npi"
    PAYER = "payer"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Answered:
    """The payer's answer, checked to be about the person asked for, and the day asked about.

    `digest` is the SHA-256 of the bytes received, in hex; the bytes are not kept.
    """

    answer: Answer271
    as_of: datetime
    digest: str
    day: date


@dataclass(frozen=True, slots=True)
class Rejected:
    """The payer refused the question, for reasons that somebody can fix."""

    reasons: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No answer now. `retry_after` is in seconds, when it is known."""

    why: OutcomeWhy
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The question cannot be asked here at all; nothing was sent. `detail` names a field."""

    why: Missing
    detail: str = ""


Outcome = Answered | Rejected | Unavailable | Unsupported
