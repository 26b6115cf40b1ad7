"""What is wrong with something done at the desk of texts: a sentence for each code."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext as _

from waypost.texting.faults import TextingFault
from waypost.values.coded_fault import CodedError


def sentences_of(error: CodedError) -> list[str]:
    """A sentence for each fault of an error, in the language being spoken."""
    sentences = texting_sentences()
    return [sentences[fault.code] % dict(fault.facts) for fault in error.faults]


def texting_sentences() -> Mapping[StrEnum, str]:
    """Every sentence by its code."""
    return {
        TextingFault.CLOSED: _("This conversation is closed."),
        TextingFault.COLLEAGUE: _("A colleague is answering this conversation now."),
        TextingFault.NO_CONVERSATION: _("There is no such conversation."),
        TextingFault.NOTE_LENGTH: _("A note is from 1 to %(most)s characters long."),
        TextingFault.REPLY_LENGTH: _("A reply is from 1 to %(most)s characters long."),
        TextingFault.ERASED: _("This person's data were deleted; nobody can write to them."),
        TextingFault.STOPPED: _(
            "This person asked for no more texts. Do not text; call if you must."
        ),
        TextingFault.DISPOSITION: _("Choose how it ended."),
        TextingFault.CASE_OPEN: _("A crisis case is open; settle that first."),
        TextingFault.NO_CASE: _("There is no open case here."),
        TextingFault.LADDER: _("That is not a step of the ladder."),
        TextingFault.NOT_HIGHER: _("Choose a more urgent tier than the present one."),
        TextingFault.NOT_LOWER: _("Choose a less urgent tier than the present one."),
        TextingFault.CASE_END: _("Choose how the case ended."),
        TextingFault.NOTHING_TO_SIGN: _("There is nothing to sign here."),
        TextingFault.OWN_DECISION: _("Another person must sign what you decided."),
        TextingFault.NO_REASON: _("Say why: whoever reads it later needs to know."),
        TextingFault.TIER: _("Choose a tier from 0 to 3."),
        TextingFault.DUTY: _("Choose a duty."),
        TextingFault.ANSWERER: _("Choose a colleague who answers texts."),
        TextingFault.SHIFT_LENGTH: _("A shift must end after it begins, and within 24 hours."),
        TextingFault.SHIFT_TIMES: _(
            "Write times like 2026-12-01 09:00, and a zone like America/Chicago."
        ),
        TextingFault.OUTCOME: _("Say in a few words how it went."),
        TextingFault.CANNED_WORDS: _("A canned reply needs a name, a language and words."),
        TextingFault.SEGMENTS: _("This takes more than two segments; please shorten it."),
        TextingFault.NO_CANNED: _("There is no such canned reply any more."),
        TextingFault.ALERT_NUMBER: _(
            "Write the number for alerts with ten digits, like 512 555 0100."
        ),
        TextingFault.WORDS: _(
            "Please write it without %(words)s: no method or means, no substance by name, no "
            "therapy, no promise, person-first words, and 988 beside a dark moment."
        ),
        TextingFault.BOTH_LANGUAGES: _("Write it in English and in Spanish."),
        TextingFault.NO_SERIES: _("Choose a series that is approved."),
        TextingFault.SENT_ALREADY: _("This has already been sent."),
        TextingFault.OWN_DRAFT: _("Another person must read it and send it."),
    }
