"""A program's word on itself: said, ended by the operator, and closed for good by two people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import router, transaction

from waypost.audit.actions import record_event
from waypost.directory.actions import say_timetable, take_word
from waypost.directory.faults import DirectoryFault
from waypost.directory.models import ClosingWord, ProgramClaim
from waypost.directory.program_word import CLOSED, FIELDS, clean_word
from waypost.directory.said.queries import version_of_words
from waypost.directory.timetables import Speaker
from waypost.values.coded_fault import CodedError, CodedFault
from waypost.values.placed_fault import Faulty, PlacedFault
from waypost.values.wall_time import day_in


class SaidMeanwhile(CodedError):
    """Somebody else spoke for the listing since the page was opened; nothing was taken."""


class CannotClose(CodedError, ValueError):
    """A word of a closing that cannot be taken now, with the codes of why."""


class NotAWord(CodedError, ValueError):
    """Nothing that a program says now is meant, or no reason is given, with the codes of why."""


def say_words(
    *,
    site_id: str,
    values: Mapping[str, Sequence[str]],
    speaker: Speaker,
    organization: str,
    by: str,
    now: datetime,
    seen: int | None = None,
    zone: str = "UTC",
) -> int:
    """Take a program's word on these fields, all or none; how many changed. [] takes one back.

    ``seen`` is the version that whoever speaks has seen.

    Raises:
        Faulty: with every fault of every field; nothing is taken then.
        SaidMeanwhile: another word came since.
    """
    clean = _clean({name: value for name, value in values.items() if name != CLOSED})
    with transaction.atomic(using=_queue()):
        if seen is not None and version_of_words(site_id) != seen:
            raise SaidMeanwhile(DirectoryFault.SAID_MEANWHILE)
        changed = [
            take_word(
                site_id=site_id,
                field=name,
                value=value,
                until=day_in(zone, now) + FIELDS[name].holds,
                method=speaker,
                organization=organization,
                by=by,
                now=now,
                zone=zone,
            )
            for name, value in clean.items()
        ]
    return sum(changed)


def say_timetable_as_seen(
    *,
    site_id: str,
    field: str,
    value: object,
    speaker: Speaker,
    organization: str,
    by: str,
    now: datetime,
    seen: int | None,
    zone: str = "UTC",
) -> bool:
    """`say_timetable`, where no other word came since the version that whoever speaks has seen.

    Raises:
        Faulty: with every fault; nothing is taken then.
        SaidMeanwhile: another word came since.
    """
    with transaction.atomic(using=_queue()):
        if seen is not None and version_of_words(site_id) != seen:
            raise SaidMeanwhile(DirectoryFault.SAID_MEANWHILE)
        return say_timetable(
            site_id=site_id,
            field=field,
            value=value,
            speaker=speaker,
            organization=organization,
            by=by,
            now=now,
            zone=zone,
        )


def _clean(values: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    clean: dict[str, list[str]] = {}
    faults: list[PlacedFault] = []
    for name, value in values.items():
        try:
            clean[name] = clean_word(name, value)
        except Faulty as error:
            faults += error.faults
    if faults:
        raise Faulty(faults)
    return clean


def end_word(*, site_id: str, field: str, reason: str, by: str, now: datetime) -> None:
    """End a program's word as the operator, with a reason; the history keeps that it was said.

    Raises:
        NotAWord: it says nothing of this field now, or no reason is given.
    """
    if not reason.strip():
        raise NotAWord(CodedFault(DirectoryFault.NO_REASON, "reason"))
    with transaction.atomic(using=_queue()):
        row = ProgramClaim.objects.select_for_update().filter(
            site_id=site_id, field=field, ended_at=None
        ).first()  # fmt: skip
        if row is None:
            raise NotAWord(CodedFault(DirectoryFault.NO_WORD, field))
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        act = f"{field} rejected: {reason.strip()}"
        record_event(act=act[:120], record=f"site:{site_id}", by=by, now=now)


def say_closed(
    *,
    site_id: str,
    closed_on: date,
    speaker: Speaker,
    organization: str,
    by: str,
    now: datetime,
    zone: str = "UTC",
) -> int:
    """Say that a program closed for good; it counts once a second person has said so too.

    Raises:
        CannotClose: the day is still to come, or somebody has said it already.
    """
    if closed_on > day_in(zone, now):
        raise CannotClose(CodedFault(DirectoryFault.CLOSES_LATER, "closed_on"))
    with transaction.atomic(using=_queue()):
        if ClosingWord.objects.filter(site_id=site_id, ended_at=None).exists():
            raise CannotClose(DirectoryFault.CLOSING_ASKED)
        row = ClosingWord.objects.create(
            site_id=site_id,
            closed_on=closed_on,
            method=speaker,
            organization=organization,
            asked_by=by,
            asked_at=now,
        )
        record_event(act="closed for good, first person", record=f"site:{site_id}", by=by, now=now)
    return int(row.pk)


def decide_closing(
    *, number: int, confirm: bool, by: str, now: datetime, zone: str = "UTC"
) -> None:
    """Confirm or refuse, as a second person, that a program closed for good.

    Raises:
        CannotClose: it does not wait any more, or it is the first person.
    """
    with transaction.atomic(using=_queue()):
        row = ClosingWord.objects.select_for_update().filter(pk=number, ended_at=None).first()
        if row is None:
            raise CannotClose(DirectoryFault.CLOSING_DECIDED)
        if confirm and row.asked_by == by:
            raise CannotClose(DirectoryFault.CLOSING_SECOND)
        row.outcome = "confirmed" if confirm else "refused"
        row.decided_by, row.ended_at = by, now
        row.save()
        record_event(
            act=f"closed for good, {row.outcome}", record=f"site:{row.site_id}", by=by, now=now
        )
        if confirm:
            take_word(
                site_id=row.site_id,
                field=CLOSED,
                value=[row.closed_on.isoformat()],
                until=day_in(zone, now) + FIELDS[CLOSED].holds,
                method=row.method,
                organization=row.organization,
                by=by,
                now=now,
                zone=zone,
            )


def _queue() -> str:
    """The database of what programs say, under either process's settings."""
    return router.db_for_write(ProgramClaim)
