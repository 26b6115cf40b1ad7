"""The accuracy of the directory as one value: what the page shows and what is written as JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass

from waypost.directory.calls import measures
from waypost.directory.calls.outcomes import (
    HOURS_APART,
    MOST_TRIES,
    PROTOCOL,
    CallField,
    CallOutcome,
    CallVerdict,
)
from waypost.serving.called import CalledRounds

SOURCE = "Riley, Brouwer and Jonas 2024, doi:10.1016/j.dadr.2024.100249 (PMC11260587)"


@dataclass(frozen=True, slots=True)
class AccuracyRate:
    """``right`` of ``judged``; the share and Wilson's 95 % interval from 0 to 1."""

    name: str
    right: int
    judged: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class RawFact:
    """What was listed of a field, its source and date, and what the call found of it."""

    field: str
    source: str
    as_of: str
    verdict: str


@dataclass(frozen=True, slots=True)
class RawOutcome:
    """One finished call; None where they did not want to answer."""

    round: int
    made_up: bool
    state: str
    stratum: str
    edition: str
    snapshot: str
    site: str
    standing: str
    tries: int
    ended_on: str
    exact: bool | None
    functional: bool | None
    facts: tuple[RawFact, ...]


@dataclass(frozen=True, slots=True)
class AccuracyReport:
    """All that is published; ``calls`` is 0 where no round has been made yet."""

    protocol: str
    definitions: str
    most_tries: int
    hours_apart: int
    made_up: bool
    calls: int
    not_answered: int
    exact: AccuracyRate
    functional: AccuracyRate
    by_field: tuple[AccuracyRate, ...]
    by_source: tuple[AccuracyRate, ...]
    by_state: tuple[AccuracyRate, ...]
    by_age: tuple[AccuracyRate, ...]
    judged_twice: int
    judged_alike: int
    kappa: float | None
    outcomes: tuple[RawOutcome, ...]


def report_of(rounds: CalledRounds) -> AccuracyReport:
    """The report of these rounds."""
    outcomes_seen = rounds.outcomes
    exact, functional = measures.overall(outcomes_seen)
    agreement = measures.agreement(rounds.twice)
    return AccuracyReport(
        protocol=PROTOCOL,
        definitions=SOURCE,
        most_tries=MOST_TRIES,
        hours_apart=HOURS_APART,
        made_up=rounds.made_up,
        calls=len(outcomes_seen),
        not_answered=sum(o.exact is None for o in outcomes_seen),
        exact=_rate("exact", exact),
        functional=_rate("functional", functional),
        by_field=_rates(outcomes_seen, measures.field_name),
        by_source=_rates(outcomes_seen, lambda _o, fact: fact.source),
        by_state=_rates(outcomes_seen, lambda outcome, _f: outcome.state),
        by_age=_rates(outcomes_seen, measures.age_name),
        judged_twice=agreement.pairs,
        judged_alike=agreement.agreed,
        kappa=None if agreement.kappa is None else round(agreement.kappa, 3),
        outcomes=tuple(map(_raw, outcomes_seen)),
    )


def _rate(name: str, accuracy: measures.Accuracy) -> AccuracyRate:
    low, high = accuracy.interval
    share = accuracy.share
    return AccuracyRate(
        name, accuracy.right, accuracy.judged, round(share, 4), round(low, 4), round(high, 4)
    )


def _rates(outcomes: Iterable[CallOutcome], key: measures.Key) -> tuple[AccuracyRate, ...]:
    return tuple(_rate(name, rate) for name, rate in measures.by_fact(outcomes, key).items())


def _raw(o: CallOutcome) -> RawOutcome:
    facts = tuple(
        RawFact(
            fact.field.value,
            fact.source,
            fact.as_of.isoformat(),
            o.verdicts.get(fact.field, CallVerdict.NOT_ANSWERED).value,
        )
        for fact in o.facts
    )
    return RawOutcome(
        o.round,
        o.made_up,
        o.state,
        o.stratum,
        o.edition,
        o.version,
        o.site_id,
        o.standing.value,
        o.tries,
        o.ended_on.isoformat(),
        o.exact,
        o.functional,
        facts,
    )


COLUMNS = ("round", "made_up", "state", "stratum", "edition", "snapshot", "site", "standing",
           "tries", "ended_on", "exact", "functional")  # fmt: skip


def as_csv(report: AccuracyReport) -> str:
    """The raw outcomes, a call a line; of each field the verdict, its source and its date."""
    text = io.StringIO()
    writer = csv.writer(text)
    parts = ("", "_source", "_as_of")
    writer.writerow([*COLUMNS, *(f"{field.value}{part}" for field in CallField for part in parts)])
    for outcome in report.outcomes:
        facts = {fact.field: fact for fact in outcome.facts}
        cells = [_cell(getattr(outcome, name)) for name in COLUMNS]
        for field in CallField:
            fact = facts.get(field.value)
            cells += [fact.verdict, fact.source, fact.as_of] if fact else ["not listed", "", ""]
        writer.writerow(cells)
    return text.getvalue()


def _cell(value: object) -> str:
    """A value as a cell: yes, no, or nothing where it is not known."""
    if value is None:
        return ""
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
