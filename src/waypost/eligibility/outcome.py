"""What can come of a live question: four kinds, no fifth."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from waypost.x12.answer import Answer271, Rejection
from waypost.x12.reject_codes import Mender, reason

CHECK_THE_CARD = (
    "What was typed does not match what the insurer has. Check it against the card and try again."
)


class Why(StrEnum):
    """Why no answer could be had, in words for a page. None of them says anything of a person."""

    NO_ANSWER = "The insurer's system did not answer in time."
    PAYER_DOWN = "The insurer says that it cannot answer at this time."
    NO_CONNECTION = "The insurer's system could not be reached."
    REFUSED = "The insurer's system refused the connection or the credentials."
    BAD_REPLY = "The insurer's system sent something that is not an answer."
    NOT_OURS = "What came back does not belong to this question, so it was thrown away."
    RESTING = "The insurer's system has failed several times; it is left alone for a while."
    TOO_OFTEN = "This was asked too often within an hour. Call the number on the card instead."
    CROWDED = "Too many people are asking at this moment. Try again in a little while."
    FAULT = "Something failed on our side, not on yours. Call the number on the card instead."


class Missing(StrEnum):
    """Why a question was not sent at all."""

    CONSENT = "The person has not agreed to this question."
    OPT_IN = "The program has not agreed to ask in its name."
    NPI = "The program's NPI is missing or not right."
    PAYER = "This insurer cannot be asked here."
    FIELD = "A part of the question is missing or cannot be sent."


@dataclass(frozen=True, slots=True)
class Answered:
    """The payer's answer, checked to be about the person asked for.

    `digest` is the SHA-256 of the bytes received, in hex; the bytes are not kept.
    """

    answer: Answer271
    as_of: datetime
    digest: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason of a rejection: its place and code, plain words, and who can mend it."""

    loop: str
    code: str
    words: str
    mender: Mender

    @property
    def public_words(self) -> str:
        """Words for a public page: the same for all that is personal, so that nobody can probe
        whether a name, a birth date or a member ID exists."""
        return CHECK_THE_CARD if self.mender is Mender.PERSON else self.words


@dataclass(frozen=True, slots=True)
class Rejected:
    """The payer refused the question, for reasons that somebody can mend."""

    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Unavailable:
    """No answer now. `retry_after` is in seconds, when it is known."""

    why: Why
    retry_after: int | None = None


@dataclass(frozen=True, slots=True)
class Unsupported:
    """The question cannot be asked here at all; nothing was sent."""

    why: Missing
    detail: str = ""


Outcome = Answered | Rejected | Unavailable | Unsupported


def refusal(rejection: Rejection) -> Refusal:
    """An AAA segment as a reason with words."""
    why = reason(rejection.code)
    return Refusal(rejection.loop, rejection.code, why.words, why.mender)
