"""What a call can find, when it may be made, and when a listing is accurate.

Exact and functional accuracy are those of Riley, Brouwer and Jonas 2024 (Drug and Alcohol
Dependence Reports 12:100249, PMC11260587): exact, where all information was accurate; functional,
where enough of it was right to begin care. For a listing of an intensive outpatient program, enough
is that the listed number reaches the program and that it has such a program now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MOST_TRIES = 3
HOURS_APART = 2
"""A later try is at another time of day: at least so many hours from the hour of each before."""

PROTOCOL = "1"
"""The version of this protocol; a change of a rule here is a new one."""


class CallField(StrEnum):
    """What is asked about, by the name of the listing's field."""

    PHONES = "phones"
    NAME = "name"
    ADDRESS = "address"
    WEBSITE = "website"
    SERVICES = "services"


class CallVerdict(StrEnum):
    """What the call found of one field."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_ANSWERED = "not answered"


class TryOutcome(StrEnum):
    """How one try ended."""

    ANSWERED = "answered"
    REFUSED = "did not want to answer"
    VOICEMAIL = "voicemail"
    NO_ANSWER = "no answer"
    BUSY = "busy"
    DISCONNECTED = "not in service"
    WRONG_NUMBER = "somebody else's number"


FAILS = frozenset({TryOutcome.DISCONNECTED, TryOutcome.WRONG_NUMBER})
"""The number leads nowhere or to somebody else; a second such try rules out a slip in dialing."""


class CallStanding(StrEnum):
    """Where a call stands after its tries."""

    OPEN = "open"
    REACHED = "reached"
    REFUSED = "refused"
    NUMBER_FAILS = "number fails"
    NOT_REACHED = "not reached"


class TryRefusal(StrEnum):
    """Why no try may be made or kept, as codes of a fault."""

    FINISHED = "finished"
    SAME_DAY = "same day"
    SAME_HOURS = "same hours"
    SAME_PERSON = "same person"


@dataclass(frozen=True, slots=True)
class CallTry:
    """One try, at the listing's own local time."""

    at: datetime
    outcome: TryOutcome


@dataclass(frozen=True, slots=True)
class ListedFact:
    """What the listing said of a field when it was drawn, with its source and date."""

    field: CallField
    value: object
    source: str
    as_of: date


@dataclass(frozen=True, slots=True)
class CallOutcome:
    """What a finished call found, without anybody's name; ``facts`` are those that were listed.

    ``made_up`` marks a round that nobody made; ``ended_on`` is the day of the last try.
    """

    round: int
    made_up: bool
    state: str
    stratum: str
    edition: str
    version: str
    site_id: str
    standing: CallStanding
    tries: int
    ended_on: date
    facts: tuple[ListedFact, ...]
    verdicts: Mapping[CallField, CallVerdict]

    @property
    def exact(self) -> bool | None:
        """Whether all that is listed was right; None where they did not want to answer."""
        if self.standing is CallStanding.REFUSED:
            return None
        right = (self.verdicts.get(fact.field) is CallVerdict.RIGHT for fact in self.facts)
        return self.standing is CallStanding.REACHED and all(right)

    @property
    def functional(self) -> bool | None:
        """Whether enough was right to begin care; None where they did not want to answer."""
        if self.standing is CallStanding.REFUSED:
            return None
        needed = (CallField.PHONES, CallField.SERVICES)
        right = all(self.verdicts.get(field) is CallVerdict.RIGHT for field in needed)
        return self.standing is CallStanding.REACHED and right


def standing(tries: Sequence[TryOutcome]) -> CallStanding:
    """Where a call stands after these tries."""
    if TryOutcome.ANSWERED in tries:
        return CallStanding.REACHED
    if TryOutcome.REFUSED in tries:
        return CallStanding.REFUSED
    if sum(outcome in FAILS for outcome in tries) >= MOST_TRIES - 1:
        return CallStanding.NUMBER_FAILS
    return CallStanding.NOT_REACHED if len(tries) >= MOST_TRIES else CallStanding.OPEN


def try_refused(before: Sequence[CallTry], at: datetime) -> TryRefusal | None:
    """None where a try may be made now; ``at`` is the listing's own local time."""
    if standing([t.outcome for t in before]) is not CallStanding.OPEN:
        return TryRefusal.FINISHED
    if any(t.at.date() == at.date() for t in before):
        return TryRefusal.SAME_DAY
    if any(_hours_between(t.at, at) < HOURS_APART for t in before):
        return TryRefusal.SAME_HOURS
    return None


def _hours_between(first: datetime, second: datetime) -> float:
    """Hours between two times of day, around midnight too."""
    apart = abs((first.hour - second.hour) + (first.minute - second.minute) / 60)
    return min(apart, 24 - apart)
