"""Keeps setups and timetables, says the openings, makes and revokes calendar feeds."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from waypost.accounts.queries import owner_of
from waypost.audit.actions import record_event
from waypost.directory.actions import say_timetable
from waypost.directory.timetables import OPENINGS, TRACKS, Speaker
from waypost.files.digests import text_digest
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.treatment.timetable.attendees import AttendeeWishes
from waypost.treatment.timetable.checking import Breach, check, known_placings
from waypost.treatment.timetable.fitting import fit_in
from waypost.treatment.timetable.models import AttendeeRow, CalendarFeed, TimetableVersion
from waypost.treatment.timetable.openings import openings_of, tracks_of
from waypost.treatment.timetable.problem import Timetable
from waypost.treatment.timetable.queries import (
    first_mondays,
    people_of_week,
    setup_now,
    week_now,
    week_to_join,
)
from waypost.treatment.timetable.setup import ProgramSetup, checked_setup, plain_setup
from waypost.treatment.wall.models import SetupVersion
from waypost.values.coded_fault import CodedError
from waypost.values.timetable_json import plain


class Changed(CodedError, RuntimeError):
    """Somebody kept another version meanwhile; nothing was overwritten."""


class BreaksRules(CodedError, ValueError):
    """A week that breaks hard rules and is kept only with a reason; ``breaches`` says which."""

    def __init__(self, breaches: tuple[Breach, ...]) -> None:
        super().__init__(TreatmentFault.WEEK_BREAKS)
        self.breaches = breaches


class NoSetup(CodedError, LookupError):
    """There are no groups, rooms and facilitators yet to make a week from."""


def keep_setup(owner: Owner, *, setup: ProgramSetup, after: int, by: str, now: datetime) -> int:
    """Keep a setup as the version after ``after``, whose number it gives; the openings follow.

    Raises:
        Changed: there is such a version already. BadSetup: it cannot be used.
    """
    checked_setup(setup)
    number = after + 1
    try:
        with transaction.atomic():
            SetupVersion.objects.owned_by(owner).create(
                id=new_id("set"), version=number, setup=plain_setup(setup), at=now, by=by
            )
            record = f"organization:{owner.organization}"
            record_event(act=f"timetable setup {number} kept", record=record, by=by, now=now)
            openings_follow(owner, by=by, now=now)
    except IntegrityError:
        raise Changed(TreatmentFault.SETUP_CHANGED) from None
    return number


def keep_timetable(
    owner: Owner,
    *,
    timetable: Timetable,
    after: int,
    from_monday: date,
    by: str,
    now: datetime,
    override: str = "",
    worth: int | None = None,
    bound: int | None = None,
) -> int:
    """Keep a week as the version after ``after``, and say the openings that follow from it.

    Raises:
        NoSetup: there is nothing to make a week from.
        BreaksRules: a hard rule is broken and no reason is given; nothing is kept.
        Changed: somebody kept that version meanwhile; nothing is overwritten.
    """
    setup = setup_now(owner)
    if setup is None:
        raise NoSetup(TreatmentFault.SETUP_FIRST)
    breaches = check(setup[0].problem(people_of_week(owner), from_monday), timetable)
    if breaches and not override.strip():
        raise BreaksRules(breaches)
    number, row_id = after + 1, new_id("week")
    sealed = TimetableVersion.sealed(row_id, {"places": sorted(map(list, timetable.places))})
    try:
        with transaction.atomic():
            TimetableVersion.objects.owned_by(owner).create(
                id=row_id,
                version=number,
                from_monday=from_monday,
                placings=[[p.group, p.slot, p.room, p.facilitator] for p in timetable.placings],
                words=sealed,
                worth=worth,
                bound=bound,
                breaches=sorted({str(breach.rule) for breach in breaches}),
                override=override.strip()[:400],
                at=now,
                by=by,
            )
            act = f"timetable {number} kept" + (" against a rule" if breaches else "")
            record_event(act=act, record=f"organization:{owner.organization}", by=by, now=now)
    except IntegrityError:
        raise Changed(TreatmentFault.WEEK_CHANGED) from None
    openings_follow(owner, by=by, now=now)
    return number


@transaction.atomic
def keep_one_week(
    owner: Owner,
    *,
    timetable: Timetable,
    after: int,
    from_monday: date,
    back: str,
    by: str,
    now: datetime,
    override: str = "",
    worth: int | None = None,
    bound: int | None = None,
) -> int:
    """`keep_timetable` for one week alone: from the next Monday on the week before holds again.

    A later week that begins then stays as it is. ``back`` is the reason that is kept where the week
    before breaks a rule by now. It raises what `keep_timetable` raises; both are kept or neither.
    """
    before, following = week_now(owner, from_monday), from_monday + timedelta(weeks=1)
    common: dict[str, Any] = {"by": by, "now": now}
    number = keep_timetable(
        owner,
        timetable=timetable,
        after=after,
        from_monday=from_monday,
        override=override,
        worth=worth,
        bound=bound,
        **common,
    )
    if not before.version or following in first_mondays(owner):
        return number
    common |= {"worth": before.worth, "bound": before.bound, "from_monday": following}
    common |= {"timetable": before.timetable, "after": number}
    try:
        return keep_timetable(owner, override=before.override, **common)
    except BreaksRules:
        return keep_timetable(owner, override=back, **common)


def say_openings(owner: Owner, *, by: str, now: datetime) -> bool:
    """Say the tracks and openings of the week that one could join; True if they changed.

    The same word on the same day changes nothing, so that it can be said again at any time. A
    program that speaks for no listing says nothing.
    """
    setup = setup_now(owner)
    if setup is None or not setup[0].site or owner_of(setup[0].site) != owner.organization:
        return False
    today = now.astimezone(ZoneInfo(setup[0].zone)).date()
    week = week_to_join(owner, today - timedelta(days=today.weekday()))
    taken = _with_newcomers(owner, setup[0], week.timetable)
    words = (
        (TRACKS, plain(tracks_of(setup[0], week.timetable))),
        (OPENINGS, plain(openings_of(setup[0], taken, today, week.from_monday))),
    )
    changed = [
        say_timetable(
            site_id=setup[0].site,
            field=field,
            value=value,
            speaker=Speaker.SOFTWARE,
            organization=owner.organization,
            by=by,
            now=now,
            zone=setup[0].zone,
        )
        for field, value in words
    ]
    return any(changed)


def openings_follow(owner: Owner, *, by: str, now: datetime) -> None:
    """Say the openings again when what is being kept is committed: somebody came, left, or a cap.

    The claims are in the queue's database: nothing is said of what is not kept in the end. Where
    that fails, what was kept stays kept, the log has it, and the next day that is opened says them.
    """
    transaction.on_commit(lambda: say_openings(owner, by=by, now=now), robust=True)


def _with_newcomers(owner: Owner, setup: ProgramSetup, timetable: Timetable) -> Timetable:
    """The week with those in care who have no place yet where they fit: those places are taken."""
    newcomers = [p for p in people_of_week(owner) if p.id not in timetable.groups_of]
    problem = setup.problem(tuple(newcomers))
    week = known_placings(problem, timetable)
    for person in newcomers:
        week = fit_in(problem, week, person)
    return week


@transaction.atomic
def keep_wishes(
    owner: Owner, *, person: str, wishes: AttendeeWishes, by: str, now: datetime
) -> None:
    """Keep what a person said for the timetable in place of what they said before."""
    rows = AttendeeRow.objects.owned_by(owner)
    row = rows.select_for_update().filter(person=person).first()
    number = row.pk if row else new_id("att")
    words = AttendeeRow.sealed(number, asdict(wishes))
    if row is None:
        rows.create(id=number, person=person, words=words, at=now, by=by)
    else:
        row.words, row.at, row.by = words, now, by
        row.save(update_fields=["words", "at", "by"])
    record_event(act="wishes for the timetable kept", record=person, by=by, now=now)


FEED_KINDS = ("facilitator", "room", "person")


@transaction.atomic
def make_feed(owner: Owner, *, kind: str, subject: str, by: str, now: datetime) -> str:
    """Make the private address of a calendar; its token, shown once. An older one is revoked."""
    if kind not in FEED_KINDS:
        raise ValueError(f"A calendar is of {', '.join(FEED_KINDS)}.")
    rows = CalendarFeed.objects.owned_by(owner)
    rows.filter(kind=kind, subject=subject, revoked_at=None).update(revoked_at=now)
    token = secrets.token_urlsafe(24)
    digest = text_digest(token)
    row = rows.create(
        id=new_id("cal"), kind=kind, subject=subject, token_digest=digest, made_at=now, made_by=by
    )
    record_event(act=f"calendar of a {kind} made", record=row.pk, by=by, now=now)
    return token


@transaction.atomic
def revoke_feeds(owner: Owner, *, ids: Iterable[str], by: str, now: datetime) -> int:
    """Revoke calendars; how many stopped working."""
    rows = CalendarFeed.objects.owned_by(owner).filter(pk__in=list(ids), revoked_at=None)
    numbers = list(rows.values_list("pk", flat=True))
    rows.update(revoked_at=now)
    for number in numbers:
        record_event(act="calendar revoked", record=number, by=by, now=now)
    return len(numbers)
