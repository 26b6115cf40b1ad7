"""Reports about listings: stored, accepted, rejected; and what programs say of themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import router, transaction
from django.db.models import F

from waypost.audit.actions import record_event
from waypost.directory.faults import DirectoryFault
from waypost.directory.models import (
    ListingReport,
    NumberAnswers,
    NumberCheck,
    ProgramClaim,
    ReportStatus,
)
from waypost.directory.numbers.answers import DAYS
from waypost.directory.queries import decided_before, received_since, said_now
from waypost.directory.reporting import (
    CLAIM_FIELDS,
    KEPT_DAYS,
    MAX_TEXT,
    MOST_A_DAY,
    MOVES,
    VISITOR,
    BadReport,
    DecidedMeanwhile,
    ReportKind,
    Status,
    TooManyReports,
    right_value,
)
from waypost.directory.timetables import (
    HOLDS,
    TRACKS,
    Speaker,
    check_for_whom,
    check_their_tracks,
)
from waypost.values.coded_fault import CodedFault
from waypost.values.timetable_json import plain, read_openings, read_tracks
from waypost.values.wall_time import day_in

P = ParamSpec("P")
T = TypeVar("T")


def in_one_transaction(act: Callable[P, T]) -> Callable[P, T]:
    """One transaction in the database that holds these tables: the queue's at the desk."""

    @wraps(act)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> T:
        with transaction.atomic(using=router.db_for_write(ListingReport)):
            return act(*args, **kwargs)

    return wrapped


__all__ = [
    "BadReport",
    "TooManyReports",
    "accept_report",
    "check_number",
    "claim_number",
    "count_number_answer",
    "decide_fact",
    "forget_number_answers",
    "forget_reports",
    "reject_report",
    "report_listing",
    "say_timetable",
    "say_timetables",
    "take_word",
]


@in_one_transaction
def report_listing(*, site_id: str, kind: str, text: str, by: str, now: datetime) -> int:
    """Store a report for review and return its number.

    Raises:
        BadReport: it cannot be stored as it is.
        TooManyReports: visitors have already sent a day's limit of reports.
    """
    if kind not in set(ReportKind):
        raise BadReport(CodedFault(DirectoryFault.NO_KIND, "kind"))
    if len(text) > MAX_TEXT:
        raise BadReport(CodedFault(DirectoryFault.TOO_LONG, "text", {"most": MAX_TEXT}))
    if kind == ReportKind.OTHER and not text.strip():
        raise BadReport(CodedFault(DirectoryFault.NO_WORDS, "text"))
    if by == VISITOR and received_since(now - timedelta(days=1)) >= MOST_A_DAY:
        raise TooManyReports(DirectoryFault.TOO_MANY_TODAY)
    clean = text.replace("\x00", "").strip()
    report = ListingReport.objects.create(site_id=site_id, kind=kind, text=clean, made_at=now)
    _step(report, Status.RECEIVED, "", by, now)
    return int(report.pk)


@in_one_transaction
def accept_report(
    *,
    number: int,
    value: str,
    by: str,
    now: datetime,
    reason: str = "",
    seen: int | None = None,
    only_waiting: bool = False,
) -> None:
    """Accept a report; a name, telephone or website needs ``value``, the correct one.

    ``seen`` is the newest step that whoever decides has seen: where another came since, or one
    came at all and it is ``only_waiting`` that is meant, it raises `DecidedMeanwhile`.
    """
    report = _report(number, seen, only_waiting)
    right = right_value(ReportKind(report.kind), value)
    _move(report, Status.ACCEPTED, right, reason, by, now)


@in_one_transaction
def claim_number(
    *, site_id: str, kind: str, value: str, source: str, by: str, now: datetime
) -> None:
    """Record a site's NPI or tax id as a report that is accepted at once."""
    number = report_listing(site_id=site_id, kind=kind, text=source, by=by, now=now)
    accept_report(number=number, value=value, by=by, now=now)


@in_one_transaction
def decide_fact(*, site_id: str, kind: str, value: str, reason: str, by: str, now: datetime) -> int:
    """Decide of our own accord what is right of a listing; a report that is accepted at once.

    Raises:
        BadReport: no reason is given, the kind makes no claim, or the value cannot be right.
    """
    if kind not in {k.value for k in CLAIM_FIELDS}:
        raise BadReport(CodedFault(DirectoryFault.NO_CLAIM, "kind"))
    if not reason.strip():
        raise BadReport(CodedFault(DirectoryFault.NO_REASON, "reason"))
    number = report_listing(site_id=site_id, kind=kind, text=reason, by=by, now=now)
    accept_report(number=number, value=value, by=by, now=now, reason=reason)
    return number


@in_one_transaction
def reject_report(
    *,
    number: int,
    by: str,
    now: datetime,
    reason: str = "",
    seen: int | None = None,
    only_waiting: bool = False,
) -> None:
    """Reject a report; ``seen`` and ``only_waiting`` as for `accept_report`."""
    _move(_report(number, seen, only_waiting), Status.REJECTED, "", reason, by, now)


@in_one_transaction
def count_number_answer(*, site_id: str, worked: bool, now: datetime) -> None:
    """Count a caller's answer to "Did this number work?".

    It is a count of a day and no act of a person whom we know: the audit has no line for it.
    """
    row, _made = NumberAnswers.objects.get_or_create(site_id=site_id, day=day_in("", now))
    field = "worked" if worked else "failed"
    NumberAnswers.objects.filter(pk=row.pk).update(**{field: F(field) + 1})


@in_one_transaction
def check_number(*, site_id: str, works: bool, by: str, now: datetime) -> int:
    """Settle what callers said of a number, after a call of our own; a report's number, or 0.

    A number that does not work becomes a report that waits for the one that is right.
    """
    NumberCheck.objects.create(site_id=site_id, works=works, by=by, at=now)
    act = "number works" if works else "number does not work"
    record_event(act=act, record=f"site:{site_id}", by=by, now=now)
    if works:
        return 0
    words = "Callers said that the number does not work, and a call of ours found the same."
    return report_listing(site_id=site_id, kind=ReportKind.PHONE, text=words, by=by, now=now)


@in_one_transaction
def forget_number_answers(*, now: datetime) -> int:
    """Delete the counts of days that no longer count; how many."""
    before = day_in("", now) - timedelta(days=DAYS)
    return NumberAnswers.objects.filter(day__lt=before).delete()[0]


@in_one_transaction
def forget_reports(*, by: str, now: datetime) -> int:
    """Delete what visitors wrote in reports rejected or decided long ago; return how many.

    An accepted claim stays, without the visitor's words, because the directory shows it. The
    audit keeps who decided each report, and when.
    """
    before = now - timedelta(days=KEPT_DAYS)
    gone = 0
    while numbers := decided_before(before, Status.REJECTED):
        gone += ListingReport.objects.filter(pk__in=numbers).delete()[1]["directory.ListingReport"]
    while numbers := decided_before(before, Status.ACCEPTED):
        gone += ListingReport.objects.filter(pk__in=numbers).update(text="")
    if gone:
        record_event(act="reports forgotten", record=f"reports:{gone}", by=by, now=now)
    return gone


def _report(number: int, seen: int | None = None, only_waiting: bool = False) -> ListingReport:
    report = ListingReport.objects.select_for_update().filter(pk=number).first()
    if report is None:
        raise BadReport(CodedFault(DirectoryFault.NO_REPORT, facts={"number": number}))
    newest = report.statuses.last()
    moved = newest is not None and seen is not None and newest.pk != seen
    if newest is not None and (moved or (only_waiting and not report.waiting)):
        facts = {"number": number, "was": newest.status}
        raise DecidedMeanwhile(CodedFault(DirectoryFault.DECIDED_MEANWHILE, facts=facts))
    return report


def _move(
    report: ListingReport, to: Status, value: str, reason: str, by: str, now: datetime
) -> None:
    newest = report.statuses.last()
    if newest is None:  # it was never received: a report without a step is none
        raise BadReport(CodedFault(DirectoryFault.NO_REPORT, facts={"number": report.pk}))
    if to not in MOVES[Status(newest.status)]:
        facts = {"number": report.pk, "was": newest.status, "to": to.value}
        raise BadReport(CodedFault(DirectoryFault.REPORT_MOVE, facts=facts))
    _step(report, to, value, by, now, reason)


def _step(
    report: ListingReport, status: Status, value: str, by: str, now: datetime, reason: str = ""
) -> None:
    ListingReport.objects.filter(pk=report.pk).update(waiting=status is Status.RECEIVED)
    ReportStatus.objects.create(
        report=report, status=status, value=value, by=by, at=now, reason=reason.strip()[:500]
    )
    record_event(act=f"report {status.value}", record=f"report:{report.pk}", by=by, now=now)


def say_timetable(
    *,
    site_id: str,
    field: str,
    value: object,
    speaker: Speaker,
    organization: str,
    by: str,
    now: datetime,
    zone: str = "UTC",
) -> bool:
    """Take a program's word on its tracks or openings in place of its last one; [] takes it back.

    ``value`` is plain JSON. ``zone`` is the program's: by its clock the word has its day. The same
    word on the same day changes nothing; on a later day it says that it is still right. True where
    something changed.

    Raises:
        Faulty: with every fault; nothing is taken then.
    """
    return take_word(
        site_id=site_id,
        field=field,
        value=_timetable(site_id, field, value, day_in(zone, now)),
        until=day_in(zone, now) + HOLDS[field],
        method=speaker,
        organization=organization,
        by=by,
        now=now,
        zone=zone,
    )


def take_word(
    *,
    site_id: str,
    field: str,
    value: list[Any],
    until: date,
    method: str,
    organization: str,
    by: str,
    now: datetime,
    zone: str = "UTC",
) -> bool:
    """Take a checked word on one field in place of the last one; [] takes it back."""
    with transaction.atomic(using=router.db_for_write(ProgramClaim)):
        # One word at a time: who speaks at the same moment waits here, or meets the constraint.
        before = ProgramClaim.objects.select_for_update().filter(
            site_id=site_id, field=field, ended_at=None
        ).first()  # fmt: skip
        same = before is not None and before.value == value
        if same and before is not None and day_in(zone, before.said_at) == day_in(zone, now):
            return False
        if before is not None:
            before.ended_at = now
            before.save(update_fields=["ended_at"])
        elif not value:
            return False
        if value:
            ProgramClaim.objects.create(
                site_id=site_id,
                field=field,
                value=value,
                method=method,
                organization=organization,
                by=by,
                said_at=now,
                zone=zone,
                until=until,
            )
        act = f"{field} confirmed" if same else f"{field} said" if value else f"{field} taken back"
        record_event(act=act, record=f"site:{site_id}", by=by, now=now)
    return True


def say_timetables(
    *,
    field: str,
    values: Mapping[str, object],
    speaker: Speaker,
    organization: str,
    by: str,
    now: datetime,
    zones: Mapping[str, str] | None = None,
) -> int:
    """Take the words of many programs, all of them or none; how many changed.

    ``zones`` has each program's own zone.

    Raises:
        Faulty: at the first program whose word cannot be taken.
    """
    with transaction.atomic(using=router.db_for_write(ProgramClaim)):
        changed = [
            say_timetable(
                site_id=site_id,
                field=field,
                value=value,
                speaker=speaker,
                organization=organization,
                by=by,
                now=now,
                zone=(zones or {}).get(site_id, "UTC"),
            )
            for site_id, value in values.items()
        ]
    return sum(changed)


def _timetable(site_id: str, field: str, value: object, today: date) -> list[dict[str, Any]]:
    """The value in its one spelling; an opening's track must be one that the program has said."""
    if field == TRACKS:
        tracks = read_tracks(value)
        check_for_whom(tracks)
        return plain(tracks)
    openings = read_openings(value, today)
    check_their_tracks(openings, {track["id"] for track in said_now(site_id, TRACKS)})
    return plain(openings)
