"""Starts rounds of calls and keeps what each try found; each is one transaction and one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import IntegrityError, router, transaction

from waypost.audit.actions import record_event
from waypost.directory.calls.drawing import Sample
from waypost.directory.calls.listed import as_json, from_json
from waypost.directory.calls.models import CallAttempt, CallFinding, CallRound, SampledListing
from waypost.directory.calls.outcomes import (
    PROTOCOL,
    CallField,
    CallStanding,
    CallTry,
    CallVerdict,
    ListedFact,
    TryOutcome,
    TryRefusal,
    standing,
    try_refused,
)
from waypost.directory.faults import DirectoryFault
from waypost.values.coded_fault import CodedError, CodedFault
from waypost.values.phone import read_phone

Findings = Mapping[CallField, tuple[CallVerdict, str]]
"""The verdict of each field, with what is right where it is wrong and somebody said so."""


class BadCall(CodedError, ValueError):
    """A try that cannot be kept, with the codes of why; a fault's place is the `CallField`."""


def start_round(
    *,
    sample: Sample,
    listings: Mapping[str, tuple[str, Sequence[ListedFact]]],
    edition: str,
    made_up: bool = False,
    by: str,
    now: datetime,
) -> int:
    """Put a drawn sample on the desk; the number of its round.

    ``listings`` gives each drawn listing's time zone and what it says now.
    """
    with transaction.atomic(using=router.db_for_write(CallRound)):
        call_round = CallRound.objects.create(
            state=sample.state,
            seed=sample.seed,
            version=sample.version,
            edition=edition,
            protocol=PROTOCOL,
            strata=[[s.name, s.listings, len(s.drawn)] for s in sample.strata],
            made_up=made_up,
            drawn_at=now,
            by=by,
        )
        SampledListing.objects.bulk_create(
            SampledListing(
                round=call_round,
                site_id=site_id,
                stratum=stratum,
                place=place,
                second=site_id in sample.second,
                zone=listings[site_id][0],
                listed=as_json(listings[site_id][1]),
            )
            for place, (site_id, stratum) in enumerate(sample.drawn)
        )
        words = "made-up round started" if made_up else "round of calls started"
        record_event(act=words, record=f"round:{call_round.pk}", by=by, now=now)
    return int(call_round.pk)


def keep_try(
    *, listing: int, coder: int, outcome: TryOutcome, findings: Findings, by: str, now: datetime
) -> CallStanding:
    """Keep one try of the first person (``coder`` 1) or the second (2); where the call stands now.

    Raises:
        BadCall: it may not be made now, or a verdict is missing or cannot be read.
    """
    try:
        with transaction.atomic(using=router.db_for_write(CallAttempt)):
            return _keep(listing, coder, outcome, findings, by, now)
    except IntegrityError:  # two people kept the same try at the same moment
        raise BadCall(DirectoryFault.TRY_JUST_KEPT) from None


def _keep(
    listing: int, coder: int, outcome: TryOutcome, findings: Findings, by: str, now: datetime
) -> CallStanding:
    row = SampledListing.objects.select_for_update().filter(pk=listing).first()
    if row is None or coder not in (1, 2) or (coder == 2 and not row.second):
        raise BadCall(DirectoryFault.NO_CALL)
    attempts = list(row.attempts.all())
    before = _tries(row, attempts, coder)
    refused = try_refused(before, local(now, row.zone))
    if coder == 2 and any(a.coder == 1 and a.by == by for a in attempts):
        refused = TryRefusal.SAME_PERSON
    if refused is not None:
        raise BadCall(refused)
    judged = _judged(row, findings) if outcome is TryOutcome.ANSWERED else {}
    attempt = CallAttempt.objects.create(
        listing=row, coder=coder, number=len(before) + 1, outcome=outcome, at=now, by=by
    )
    CallFinding.objects.bulk_create(
        CallFinding(attempt=attempt, field=field, verdict=verdict, value=value)
        for field, (verdict, value) in judged.items()
    )
    record_event(act=f"call: {outcome.value}", record=f"site:{row.site_id}", by=by, now=now)
    return standing([*(t.outcome for t in before), outcome])


def local(moment: datetime, zone: str) -> datetime:
    """A moment by the clock of the place that is called; UTC's where its zone is not known."""
    return moment.astimezone(ZoneInfo(zone or "UTC"))


def _tries(row: SampledListing, attempts: Sequence[CallAttempt], coder: int) -> list[CallTry]:
    return [
        CallTry(local(a.at, row.zone), TryOutcome(a.outcome)) for a in attempts if a.coder == coder
    ]


def _judged(row: SampledListing, findings: Findings) -> dict[CallField, tuple[CallVerdict, str]]:
    """A verdict for each field that was listed, and nothing else."""
    judged = {}
    for fact in from_json(row.listed):
        if fact.field not in findings:
            raise BadCall(CodedFault(DirectoryFault.NO_VERDICT, fact.field.value))
        verdict, text = findings[fact.field]
        value = " ".join(text.split())[:500] if verdict is CallVerdict.WRONG else ""
        phone = read_phone(value) if value and fact.field is CallField.PHONES else None
        if value and fact.field is CallField.PHONES and (phone is None or not phone.valid):
            facts = {"value": value[:80]}
            raise BadCall(CodedFault(DirectoryFault.BAD_PHONE, fact.field.value, facts))
        judged[fact.field] = (verdict, value)
    return judged
