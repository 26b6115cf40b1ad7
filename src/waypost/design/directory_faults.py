"""What is wrong with a report, a call or a program's word: a sentence for each code."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext as _

from waypost.directory.calls.outcomes import TryRefusal
from waypost.directory.faults import DirectoryFault
from waypost.directory.reporting import Status
from waypost.values.coded_fault import CodedError, CodedFault

STATES = frozenset({"was", "to"})
"""Facts that are a report's status, which a reader reads in words."""


def directory_words(error: CodedError) -> list[str]:
    """A sentence for each fault of an error, in the language being spoken."""
    return [directory_sentence(fault) for fault in error.faults]


def directory_sentence(fault: CodedFault | StrEnum) -> str:
    """The sentence of one fault, or of a code that has no facts."""
    coded = fault if isinstance(fault, CodedFault) else CodedFault(fault)
    return directory_sentences()[coded.code] % _facts(coded)


def _facts(fault: CodedFault) -> dict[str, object]:
    return {name: _as_read(name, value) for name, value in fault.facts.items()}


def _as_read(name: str, value: object) -> object:
    """A fact as a reader says it: a status by its word, a limit with its thousands apart."""
    if name in STATES:
        return status_words()[Status(str(value))]
    return f"{value:,}" if name == "most" else value


def status_words() -> dict[Status, str]:
    """Where a report stands."""
    return {
        Status.RECEIVED: _("received"),
        Status.ACCEPTED: _("accepted"),
        Status.REJECTED: _("rejected"),
    }


def directory_sentences() -> Mapping[StrEnum, str]:
    """Every sentence by its code."""
    return (
        _of_reports()
        | _of_decisions()
        | _of_missing_values()
        | _of_wrong_values()
        | _of_calls()
        | _of_words()
    )


def _of_reports() -> dict[StrEnum, str]:
    return {
        DirectoryFault.NO_KIND: _("Please choose what is wrong."),
        DirectoryFault.NO_WORDS: _("Please say in a few words what is wrong."),
        DirectoryFault.TOO_LONG: _("That is longer than %(most)s characters; please shorten it."),
        DirectoryFault.TOO_MANY_TODAY: _(
            "More reports came today than can be read. What you wrote is still here: please send "
            "it again tomorrow. The program itself can be reached at the number on its page."
        ),
    }


def _of_decisions() -> dict[StrEnum, str]:
    return {
        DirectoryFault.NO_CLAIM: _(
            "Choose the name, the telephone, the website, the NPI or the tax id."
        ),
        DirectoryFault.NO_REASON: _(
            "Say in a few words why: whoever looks at it later needs to know."
        ),
        DirectoryFault.NO_REPORT: _("There is no report number %(number)s."),
        DirectoryFault.DECIDED_MEANWHILE: _(
            "Report %(number)s was %(was)s while you looked at it."
        ),
        DirectoryFault.REPORT_MOVE: _("Report %(number)s is %(was)s; it cannot be %(to)s now."),
        DirectoryFault.OPEN_TO_ACCEPT: _(
            "Report %(number)s needs the correct value: open it to accept it."
        ),
    }


def _of_missing_values() -> dict[StrEnum, str]:
    return {
        DirectoryFault.NEEDS_PHONE: _(
            "Enter the correct telephone number; it is what will be shown."
        ),
        DirectoryFault.NEEDS_NAME: _("Enter the correct name; it is what will be shown."),
        DirectoryFault.NEEDS_WEBSITE: _("Enter the correct website; it is what will be shown."),
        DirectoryFault.NEEDS_NPI: _("Enter the correct NPI; it is what will be shown."),
        DirectoryFault.NEEDS_TAX_ID: _("Enter the correct tax id; it is what will be shown."),
    }


def _of_wrong_values() -> dict[StrEnum, str]:
    return {
        DirectoryFault.BAD_PHONE: _(
            "“%(value)s” is not a valid telephone number, such as 512-555-0100."
        ),
        DirectoryFault.BAD_NAME: _("“%(value)s” is not a name: letters, %(most)s at most."),
        DirectoryFault.BAD_WEBSITE: _(
            "“%(value)s” is not the address of a website, such as https://example.org."
        ),
        DirectoryFault.BAD_NPI: _(
            "“%(value)s” is not an NPI (ten digits, the last of which checks the others)."
        ),
        DirectoryFault.BAD_TAX_ID: _("“%(value)s” is not a tax id (nine digits)."),
    }


def _of_calls() -> dict[StrEnum, str]:
    return {
        TryRefusal.FINISHED: _("This listing needs no further call."),
        TryRefusal.SAME_DAY: _("It was tried today; try on another day."),
        TryRefusal.SAME_HOURS: _(
            "It was tried at this time of day; try at least two hours earlier or later."
        ),
        TryRefusal.SAME_PERSON: _("You made the first call; the second must be another person’s."),
        DirectoryFault.NO_ENDING: _("Choose how the call ended."),
        DirectoryFault.NO_CALL: _("There is no such call."),
        DirectoryFault.TRY_JUST_KEPT: _(
            "Somebody else has just saved this try. Open the page again."
        ),
        DirectoryFault.NO_VERDICT: _("Choose right, wrong or not answered for each line."),
        DirectoryFault.NOTHING_TO_DRAW: _(
            "No intensive outpatient program is listed in %(state)s."
        ),
        DirectoryFault.SAMPLE_TOO_SMALL: _("Draw at least %(least)s: one from each stratum."),
    }


def _of_words() -> dict[StrEnum, str]:
    return {
        DirectoryFault.SAID_MEANWHILE: _(
            "Somebody else changed this while you typed; both are below."
        ),
        DirectoryFault.NO_WORD: _("The program says nothing about this field now."),
        DirectoryFault.CLOSES_LATER: _(
            "This day has not come yet. Say it once the program is closed."
        ),
        DirectoryFault.CLOSING_ASKED: _(
            "Somebody has already said so; a second person must confirm it."
        ),
        DirectoryFault.CLOSING_DECIDED: _("This has already been decided."),
        DirectoryFault.CLOSING_SECOND: _("A second person has to confirm it: ask a colleague."),
        DirectoryFault.LINK_USED: _(
            "This link was used or is too old. Sign in to say what is right."
        ),
    }
