"""Rounds of calls as value objects: what waits, what was found, and the claims that follow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from waypost.directory.calls.listed import claimed_value, from_json
from waypost.directory.calls.models import CallAttempt, CallFinding, CallRound, SampledListing
from waypost.directory.calls.outcomes import (
    CallField,
    CallOutcome,
    CallStanding,
    CallTry,
    CallVerdict,
    ListedFact,
    TryOutcome,
    standing,
    try_refused,
)
from waypost.directory.site import Claim
from waypost.values.wall_time import day_in

CALL_SOURCE = "call-round"
ASKED = "asked by telephone"
"""The source and the method of what a call found."""


@dataclass(frozen=True, slots=True)
class SampledCall:
    """A drawn listing on the desk; ``tries`` are the first person's and the second's."""

    number: int
    round: int
    made_up: bool
    site_id: str
    stratum: str
    zone: str
    second: bool
    facts: tuple[ListedFact, ...]
    tries: tuple[tuple[CallTry, ...], tuple[CallTry, ...]]
    callers: tuple[frozenset[str], frozenset[str]]

    def standing(self, coder: int) -> CallStanding:
        """Where the call of one person stands."""
        return standing([t.outcome for t in self.tries[coder - 1]])

    def coder_now(self) -> int:
        """Whose call comes next: 1, 2, or 0 where nothing is left to do."""
        if self.standing(1) is CallStanding.OPEN:
            return 1
        return 2 if self.second and self.standing(2) is CallStanding.OPEN else 0


@dataclass(frozen=True, slots=True)
class RoundSeen:
    """A round and how far it has come; ``second`` counts what a second person calls."""

    number: int
    state: str
    seed: int
    version: str
    edition: str
    made_up: bool
    drawn_at: datetime
    strata: tuple[tuple[str, int, int], ...]
    size: int
    done: int
    second: int
    second_done: int


def rounds() -> list[RoundSeen]:
    """Every round, the newest first."""
    return [_round(row) for row in CallRound.objects.order_by("-pk")]


def calls_of(number: int) -> list[SampledCall]:
    """Every listing of a round, in the order of calls."""
    return [_call(row) for row in _rows().filter(round=number)]


def call_numbered(number: int) -> SampledCall | None:
    """One drawn listing."""
    row = _rows().filter(pk=number).first()
    return None if row is None else _call(row)


def next_call(number: int, person: str, now: datetime) -> SampledCall | None:
    """The first listing of a round that this person may call at this hour; None where none is."""
    for call in calls_of(number):
        coder = call.coder_now()
        if coder == 0 or (coder == 2 and person in call.callers[0]):
            continue
        if try_refused(call.tries[coder - 1], now.astimezone(ZoneInfo(call.zone or "UTC"))) is None:
            return call
    return None


def outcomes(*, made_up: bool = False) -> list[CallOutcome]:
    """What the finished calls of the first person found, of real rounds or of made-up ones."""
    all_outcomes = []
    for row in _rows().filter(round__made_up=made_up):
        attempts = [a for a in row.attempts.all() if a.coder == 1]
        stands = standing([TryOutcome(a.outcome) for a in attempts])
        if stands is not CallStanding.OPEN:
            all_outcomes.append(_outcome(row, attempts, stands))
    return all_outcomes


def coded_twice(*, made_up: bool = False) -> list[tuple[CallVerdict, CallVerdict]]:
    """What two people found of the same fields of the same listings."""
    pairs: list[tuple[CallVerdict, CallVerdict]] = []
    for row in _rows().filter(round__made_up=made_up, second=True):
        first, second = (_verdicts(row, coder) for coder in (1, 2))
        pairs += [(first[field], second[field]) for field in first if field in second]
    return pairs


def called_claims() -> dict[str, list[Claim]]:
    """What calls of real rounds found, as claims by site: the newest call's of each field."""
    newest: dict[tuple[str, CallField], Claim] = {}
    for site_id, fact, finding, day in _found():
        if finding.verdict == CallVerdict.RIGHT or finding.value:
            value = claimed_value(fact.field, fact.value, finding.value)
            if value is not None:
                claim = Claim(fact.field.value, value, CALL_SOURCE, day, ASKED)
                newest[site_id, fact.field] = claim
    claims: dict[str, list[Claim]] = {}
    for (site_id, _), claim in newest.items():
        claims.setdefault(site_id, []).append(claim)
    return claims


def called_on() -> dict[str, dict[str, date]]:
    """The day on which each field of a site was last confirmed by a call."""
    days: dict[str, dict[str, date]] = {}
    for site_id, fact, finding, day in _found():
        if finding.verdict == CallVerdict.RIGHT:
            days.setdefault(site_id, {})[fact.field.value] = day
    return days


def found_wrong() -> list[tuple[str, CallField, str, date]]:
    """What the newest call of a field found wrong: site, field, what is right if said, the day."""
    newest = {
        (site_id, fact.field): (site_id, fact.field, finding, day)
        for site_id, fact, finding, day in _found()
        if finding.verdict != CallVerdict.NOT_ANSWERED
    }
    return [
        (site_id, field, finding.value, day)
        for site_id, field, finding, day in newest.values()
        if finding.verdict == CallVerdict.WRONG
    ]


def _found() -> Iterator[tuple[str, ListedFact, CallFinding, date]]:
    """The first person's findings of real rounds, oldest first, with what was listed."""
    rows = CallFinding.objects.filter(
        attempt__coder=1, attempt__listing__round__made_up=False
    ).select_related("attempt__listing")
    for row in rows.order_by("attempt__at", "pk"):
        listing = row.attempt.listing
        for fact in from_json(listing.listed):
            if fact.field == row.field:
                yield listing.site_id, fact, row, day_in(listing.zone, row.attempt.at)


def _rows() -> QuerySet[SampledListing]:
    rows = SampledListing.objects.select_related("round")
    return rows.prefetch_related("attempts__findings").order_by("round", "place")


def _call(row: SampledListing) -> SampledCall:
    attempts = list(row.attempts.all())
    zone = ZoneInfo(row.zone or "UTC")
    first, second = (
        tuple(
            CallTry(a.at.astimezone(zone), TryOutcome(a.outcome))
            for a in attempts
            if a.coder == coder
        )
        for coder in (1, 2)
    )
    callers = [frozenset(a.by for a in attempts if a.coder == coder) for coder in (1, 2)]
    return SampledCall(
        number=row.pk,
        round=row.round_id,
        made_up=row.round.made_up,
        site_id=row.site_id,
        stratum=row.stratum,
        zone=row.zone,
        second=row.second,
        facts=from_json(row.listed),
        tries=(first, second),
        callers=(callers[0], callers[1]),
    )


def _verdicts(row: SampledListing, coder: int) -> dict[CallField, CallVerdict]:
    return {
        CallField(finding.field): CallVerdict(finding.verdict)
        for attempt in row.attempts.all()
        if attempt.coder == coder
        for finding in attempt.findings.all()
    }


def _outcome(
    row: SampledListing, attempts: Sequence[CallAttempt], stands: CallStanding
) -> CallOutcome:
    verdicts: Mapping[CallField, CallVerdict] = _verdicts(row, 1)
    if stands is CallStanding.NUMBER_FAILS:
        verdicts = {CallField.PHONES: CallVerdict.WRONG}
    return CallOutcome(
        round=row.round_id,
        made_up=row.round.made_up,
        state=row.round.state,
        stratum=row.stratum,
        edition=row.round.edition,
        version=row.round.version,
        site_id=row.site_id,
        standing=stands,
        tries=len(attempts),
        ended_on=attempts[-1].at.astimezone(ZoneInfo(row.zone or "UTC")).date(),
        facts=from_json(row.listed),
        verdicts=verdicts,
    )


def _round(row: CallRound) -> RoundSeen:
    calls = calls_of(row.pk)
    second = [call for call in calls if call.second]
    return RoundSeen(
        number=row.pk,
        state=row.state,
        seed=row.seed,
        version=row.version,
        edition=row.edition,
        made_up=row.made_up,
        drawn_at=row.drawn_at,
        strata=tuple((name, listings, drawn) for name, listings, drawn in row.strata),
        size=len(calls),
        done=sum(call.standing(1) is not CallStanding.OPEN for call in calls),
        second=len(second),
        second_done=sum(call.standing(2) is not CallStanding.OPEN for call in second),
    )
