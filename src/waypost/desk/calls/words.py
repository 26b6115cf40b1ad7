"""What a verifier says and asks on the telephone, and what the answers are called."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.directory.calls.outcomes import (
    CallField,
    CallVerdict,
    ListedFact,
    TryOutcome,
)

TAKES_VALUE = frozenset({CallField.PHONES, CallField.NAME, CallField.WEBSITE})
"""Fields whose right value becomes a claim; of the others only that they are wrong is kept."""


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A line of the script: what is listed, what to ask, and whether a right value is asked for."""

    field: CallField
    listed: str
    ask: str
    takes_value: bool


def script() -> list[str]:
    """What to say first; nobody pretends to be somebody who looks for care."""
    return [
        _(
            "“Hello. I am calling from a public directory that helps people find addiction "
            "treatment. We check what we list, and I have a few short questions about yours. It "
            "takes two minutes, I ask about no patient, and you need not answer. May I?”"
        ),
        _("If they would rather not: thank them, and choose “did not want to answer”."),
        _(
            "If somebody on the line is in danger, stop: tell them 911, or 988 for thoughts of "
            "suicide."
        ),
    ]


def questions(facts: tuple[ListedFact, ...]) -> list[ScriptLine]:
    """The questions about what is listed, in the order in which they are asked."""
    asks = {
        CallField.PHONES: _("Did this number reach the program?"),
        CallField.NAME: _("“What is the name of your program?”"),
        CallField.ADDRESS: _("“At which address do people come for groups?”"),
        CallField.WEBSITE: _("“Do you have a website? What is its address?”"),
        CallField.SERVICES: _("“Do you have an intensive outpatient program at this address now?”"),
    }
    by_field = {fact.field: fact for fact in facts}
    return [
        ScriptLine(field, listed_words(by_field[field]), ask, field in TAKES_VALUE)
        for field, ask in asks.items()
        if field in by_field
    ]


def listed_words(fact: ListedFact) -> str:
    """What is listed, on one line."""
    value = fact.value
    if fact.field is CallField.SERVICES:
        return _("Intensive outpatient program")
    if fact.field is CallField.PHONES and isinstance(value, list):
        return ", ".join(str(text) for _kind, text in value)
    return ", ".join(str(v) for v in value if v) if isinstance(value, list) else str(value)


def try_words(outcome: TryOutcome) -> str:
    """How a try ended, in the active language."""
    return {
        TryOutcome.ANSWERED: _("answered the questions"),
        TryOutcome.REFUSED: _("did not want to answer"),
        TryOutcome.VOICEMAIL: _("voicemail"),
        TryOutcome.NO_ANSWER: _("no answer"),
        TryOutcome.BUSY: _("busy"),
        TryOutcome.DISCONNECTED: _("not in service"),
        TryOutcome.WRONG_NUMBER: _("somebody else’s number"),
    }[outcome]


def verdict_words(verdict: CallVerdict) -> str:
    """A verdict in the active language."""
    return {
        CallVerdict.RIGHT: _("right"),
        CallVerdict.WRONG: _("wrong"),
        CallVerdict.NOT_ANSWERED: _("not answered"),
    }[verdict]


def listed_field(field: CallField) -> str:
    """A field's name in the active language."""
    return {
        CallField.PHONES: _("Telephone"),
        CallField.NAME: _("Name"),
        CallField.ADDRESS: _("Address"),
        CallField.WEBSITE: _("Website"),
        CallField.SERVICES: _("Intensive outpatient program"),
    }[field]
