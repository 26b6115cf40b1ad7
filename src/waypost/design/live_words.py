"""The words of a live question to a payer, in the reader's language, for every door.

A refusal is worded by who can fix it, never by its code, so that nobody can find out by trying
whether a name, a birth date or a member ID exists.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from waypost.eligibility.ask import AskStage
from waypost.eligibility.outcome import Missing, OutcomeWhy, Unavailable, Unsupported
from waypost.x12.answer import Rejection
from waypost.x12.reject_codes import Mender, reason


def why_words(why: OutcomeWhy | Missing) -> str:
    """Why there was no answer, or why nothing was sent."""
    return {
        OutcomeWhy.NO_ANSWER: _("The insurer’s system did not answer in time."),
        OutcomeWhy.PAYER_DOWN: _("The insurer says that it cannot answer at this time."),
        OutcomeWhy.NO_CONNECTION: _("The insurer’s system could not be reached."),
        OutcomeWhy.REFUSED: _("The insurer’s system refused the connection or the credentials."),
        OutcomeWhy.BAD_REPLY: _("The insurer’s system sent something that is not an answer."),
        OutcomeWhy.NOT_OURS: _(
            "What came back does not belong to this question, so it was thrown away."
        ),
        OutcomeWhy.RESTING: _(
            "The insurer’s system has failed several times; it will not be asked for a while."
        ),
        OutcomeWhy.TOO_OFTEN: _(
            "This was asked too many times within an hour. Call the number on the card instead."
        ),
        OutcomeWhy.CROWDED: _(
            "Too many people are asking at this moment. Try again in a little while."
        ),
        OutcomeWhy.FAULT: _(
            "Something failed on our side, not on yours. Call the number on the card instead."
        ),
        Missing.CONSENT: _("The person has not agreed to this question."),
        Missing.OPT_IN: _("The program has not agreed to ask in its name."),
        Missing.NPI: _("The program’s NPI is missing or wrong."),
        Missing.PAYER: _("This insurer cannot be asked here."),
        Missing.FIELD: _("A part of the question is missing or cannot be sent."),
    }[why]


def stage_words(stage: AskStage) -> str:
    """How far a question has come."""
    return {
        AskStage.ASKING: _("Asking the insurer."),
        AskStage.ASKING_AGAIN: _("The insurer cannot answer yet; asking once more."),
        AskStage.CHECKING: _("Checking that the answer belongs to the question."),
        AskStage.DONE: _("Done."),
    }[stage]


def no_answer_words(outcome: Rejection | Unavailable | Unsupported) -> str:
    """Why there is no answer, for a public page or a program's own software.

    An answer about somebody else reads like a refusal that the person can fix: usually a name is
    not written as on the card, and this way nobody learns that a member ID exists.
    """
    if isinstance(outcome, Rejection):
        return _refusal_words(outcome)
    return _of_the_person() if outcome.why is OutcomeWhy.NOT_OURS else why_words(outcome.why)


def refusals_words(reasons: Iterable[Rejection]) -> list[str]:
    """The words for several refusals, each once."""
    return list(dict.fromkeys(map(_refusal_words, reasons)))


def _refusal_words(rejection: Rejection) -> str:
    """The words for a refusal: the same for everything that the same person can fix."""
    return {
        Mender.PERSON: _of_the_person(),
        Mender.NOBODY: _of_the_person(),
        Mender.PROGRAM: _(
            "The insurer does not answer this program. The program can ask the insurer why."
        ),
        Mender.PAYER: _(
            "The insurer’s system cannot answer now. Try again later, or call the number on the "
            "card."
        ),
        Mender.OPERATOR: _(
            "The question could not be answered as it was sent. Call the number on the card "
            "instead."
        ),
    }[reason(rejection.code, rejection.loop).mender]


def _of_the_person() -> str:
    """The text for a mismatch, for nobody found and for "not eligible", which must look alike."""
    return _(
        "The insurer’s system found no coverage under what was typed. Compare it with the card and "
        "try again, or call the number on the card."
    )
