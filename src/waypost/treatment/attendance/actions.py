"""Opens days, keeps who was there and the group's notes, and makes tasks for staff."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction

from waypost.audit.actions import record_event
from waypost.treatment.attendance.models import (
    GroupNoteVersion,
    GroupSession,
    RosterLine,
    StaffTask,
)
from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.attendance.roster import (
    AttendedElsewhere,
    BadMinutes,
    DayAhead,
    Presence,
    minutes_attended,
    refuse_ahead,
    refuse_twice,
)
from waypost.treatment.attendance.tally import week_of
from waypost.treatment.attendance.task_kinds import TaskKind
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.reaching.actions import take_back_text, text_no_show
from waypost.treatment.records.actions import NoSuchRecord
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import in_care_on
from waypost.treatment.timetable.actions import openings_follow
from waypost.treatment.timetable.meetings import PlannedSession, meetings
from waypost.treatment.timetable.problem import CareGroup
from waypost.treatment.timetable.queries import setup_now, timetable_now
from waypost.treatment.wall.queries import wall_day
from waypost.values.coded_fault import CodedError, CodedFault

NO_SHOW_DUE = timedelta(days=1)


class NoteChanged(CodedError, RuntimeError):
    """Somebody kept another version of the note meanwhile; neither text is lost."""


class GroupFull(CodedError, ValueError):
    """A place more than the group's cap allows."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How one person came: ``minutes`` None means all of the session."""

    presence: Presence
    minutes: int | None = None


def open_day(owner: Owner, *, day: date, by: str, now: datetime) -> int:
    """Make the sessions and rosters of a day from the timetable that holds then; how many.

    A second time makes only what the timetable has gained; what is kept already stays, and what has
    not begun follows a change of its room, time or facilitator. Whoever is
    not in care on that day is expected nowhere, though the week that holds still names them.
    """
    monday, _after = week_of(day)
    setup, week = setup_now(owner), timetable_now(owner, monday)
    if setup is None:
        return 0
    caps, here = {group.id: group for group in setup[0].groups}, in_care_on(owner, day)
    planned = [m for m in meetings(setup[0], week.timetable, monday) if m.day == day]
    added = 0
    with transaction.atomic():
        _forget_moved(owner, day, {(m.placing.group, m.starts_at) for m in planned}, now)
        for meeting in planned:
            session, new = _opened(owner, meeting, caps[meeting.placing.group], now)
            added += new
            people = week.timetable.people_of.get(meeting.placing.group, frozenset()) & here
            _expect(owner, session, people, by, now)
        openings_follow(owner, by=by, now=now)  # a program that opens its days is not silent
        if added:
            record_event(act=f"opened {added} sessions", record=f"day:{day}", by=by, now=now)
    return added


def _opened(
    owner: Owner, meeting: PlannedSession, group: CareGroup, now: datetime
) -> tuple[GroupSession, bool]:
    """A session as it is planned; one that has not begun yet follows who leads it, and where."""
    words = {
        "day": meeting.day,
        "kind": group.kind,
        "track": meeting.slot.track,
        "ends_at": meeting.ends_at,
        "room": meeting.placing.room,
        "facilitator": meeting.placing.facilitator,
        "most": group.most,
    }
    rows = GroupSession.objects.owned_by(owner)
    session, new = rows.get_or_create(
        group=group.id,
        starts_at=meeting.starts_at,
        organization=owner.organization,
        defaults={"id": new_id("ses"), **words},
    )
    if not new and meeting.starts_at > now:
        rows.filter(pk=session.pk).update(**words)
    return session, new


def _forget_moved(
    owner: Owner, day: date, planned: Collection[tuple[str, datetime]], now: datetime
) -> None:
    """Take away sessions to come that were opened and meet no more then, where nothing is kept."""
    rows = GroupSession.objects.owned_by(owner).filter(day=day, starts_at__gt=now, notes=None)
    for session in rows:
        kept = session.lines.exclude(presence="", makes_up=None).exists()
        if not kept and (session.group, session.starts_at) not in planned:
            session.delete()


def _expect(
    owner: Owner, session: GroupSession, people: frozenset[str], by: str, now: datetime
) -> None:
    lines = RosterLine.objects.owned_by(owner).filter(session=session)
    there = set(lines.values_list("person", flat=True))
    for person in sorted(people - there):
        RosterLine.objects.owned_by(owner).create(
            id=new_id("ros"), session=session, person=person, at=now, by=by
        )


def keep_roster(
    owner: Owner, *, session: str, kept: Mapping[str, Kept], by: str, now: datetime
) -> int:
    """Keep how people came, all of them or nobody; how many lines changed.

    Whoever is absent becomes a task for staff, once, and gets a text where they agreed to texts; a
    task that is not done and a text that has not left go again when the line is corrected.

    Raises:
        NoSuchRecord: there is no such session, or somebody is not on its roster.
        BadMinutes: minutes that cannot be, with the sentence.
        DayAhead: somebody is to be more than excused on a day that has not come.
    """
    changed, today = 0, wall_day(owner, now)
    with transaction.atomic():
        row = _session(owner, session)
        length = round((row.ends_at - row.starts_at).total_seconds() / 60)
        lines = RosterLine.objects.owned_by(owner).select_for_update().filter(session=row)
        of_person = {line.person: line for line in lines}
        for person, how in sorted(kept.items()):
            line = of_person.get(person)
            if line is None:
                raise NoSuchRecord("Somebody is not on this roster.")
            minutes = minutes_attended(how.presence, length, how.minutes)
            if (line.presence, line.minutes) == (how.presence, minutes):
                continue
            refuse_ahead(how.presence, row.day, today)
            refuse_twice(row.starts_at, row.ends_at, minutes, _elsewhere(owner, line, row))
            line.presence, line.minutes, line.at, line.by = how.presence, minutes, now, by
            line.save(update_fields=["presence", "minutes", "at", "by"])
            _no_show(owner, line, row, by, now)
            changed += 1
        if changed:
            record_event(act=f"kept {changed} lines of a roster", record=session, by=by, now=now)
    return changed


def _elsewhere(owner: Owner, line: RosterLine, row: GroupSession) -> list[AttendedElsewhere]:
    """What the person attended of other sessions that overlap with this one."""
    lines = RosterLine.objects.owned_by(owner).filter(person=line.person, minutes__gt=0)
    lines = lines.filter(session__starts_at__lt=row.ends_at, session__ends_at__gt=row.starts_at)
    return [
        AttendedElsewhere(o.session.group, o.session.starts_at, o.session.ends_at, o.minutes or 0)
        for o in lines.exclude(pk=line.pk).select_related("session")
    ]


def _no_show(owner: Owner, line: RosterLine, session: GroupSession, by: str, now: datetime) -> None:
    day, person = session.day, line.person
    if line.presence == Presence.ABSENT:
        due = day + NO_SHOW_DUE
        add_task(owner, person=person, kind=TaskKind.NO_SHOW, source=line.pk, due=due, now=now)
        text_no_show(owner, person=person, day=day, by=by, now=now)
    else:
        missed = RosterLine.objects.owned_by(owner).filter(person=person, session__day=day)
        if not missed.filter(presence=Presence.ABSENT).exists():
            take_back_text(owner, person=person, day=day)
        drop_task(owner, person=person, kind=TaskKind.NO_SHOW, source=line.pk)


def add_to_roster(
    owner: Owner, *, session: str, person: str, makes_up: date | None, by: str, now: datetime
) -> None:
    """Put a person on a session's roster, to make up for a day that they missed or as a guest.

    Raises:
        GroupFull: the cap is reached. NoSuchRecord: there is no such session.
    """
    with transaction.atomic():
        row = _session(owner, session)
        lines = RosterLine.objects.owned_by(owner).filter(session=row)
        if lines.filter(person=person).exists():
            return
        if lines.count() >= row.most:
            raise GroupFull(CodedFault(TreatmentFault.GROUP_FULL, facts={"most": row.most}))
        RosterLine.objects.owned_by(owner).create(
            id=new_id("ros"), session=row, person=person, makes_up=makes_up, at=now, by=by
        )
        act = "put on a roster" + (" to make up a day" if makes_up else "")
        record_event(act=act, record=person, by=by, now=now)


def keep_note(
    owner: Owner, *, session: str, words: GroupNoteWords, after: int, by: str, now: datetime
) -> int:
    """Keep a note as the version after ``after``; its number.

    Raises:
        NoteChanged: somebody kept that version meanwhile. The door shows both texts.
        NoSuchRecord: there is no such session.
    """
    number = new_id("not")
    try:
        with transaction.atomic():
            row = _session(owner, session)
            GroupNoteVersion.objects.owned_by(owner).create(
                id=number,
                session=row,
                version=after + 1,
                words=GroupNoteVersion.sealed(number, words.plain()),
                at=now,
                by=by,
            )
            record_event(act=f"group note {after + 1} kept", record=session, by=by, now=now)
    except IntegrityError:
        raise NoteChanged(TreatmentFault.NOTE_CHANGED) from None
    return after + 1


def add_task(
    owner: Owner, *, person: str, kind: TaskKind, source: str, due: date, now: datetime
) -> bool:
    """Make a task once for its source; False where it was there."""
    _row, new = StaffTask.objects.owned_by(owner).get_or_create(
        person=person,
        kind=kind,
        source=source,
        organization=owner.organization,
        defaults={"id": new_id("tsk"), "due_on": due, "made_at": now},
    )
    return bool(new)


def drop_task(owner: Owner, *, person: str, kind: TaskKind, source: str) -> None:
    """A task that nobody has done yet is no longer needed."""
    tasks = StaffTask.objects.owned_by(owner).filter(person=person, kind=kind, source=source)
    tasks.filter(done_at=None).delete()


def expect_no_more(owner: Owner, *, person: str, after: date) -> None:
    """Take a person off the rosters of the days after one, where nothing is kept of them."""
    lines = RosterLine.objects.owned_by(owner).filter(person=person, presence="")
    lines.filter(session__day__gt=after).delete()


def drop_tasks(owner: Owner, *, person: str) -> None:
    """Nothing is to be done for a person any more."""
    StaffTask.objects.owned_by(owner).filter(person=person, done_at=None).delete()


@transaction.atomic
def finish_task(owner: Owner, *, task: str, by: str, now: datetime) -> None:
    """Mark a task as done; a second time changes nothing. `NoSuchRecord` where there is none."""
    row = StaffTask.objects.owned_by(owner).select_for_update().filter(pk=task).first()
    if row is None:
        raise NoSuchRecord("There is no such task here.")
    if row.done_at is None:
        row.done_at, row.done_by = now, by
        row.save(update_fields=["done_at", "done_by"])
        record_event(act=f"task done: {row.kind}", record=row.person, by=by, now=now)


def _session(owner: Owner, session: str) -> GroupSession:
    row = GroupSession.objects.owned_by(owner).select_for_update().filter(pk=session).first()
    if row is None:
        raise NoSuchRecord("There is no such session here.")
    return row


__all__ = [
    "BadMinutes",
    "DayAhead",
    "GroupFull",
    "Kept",
    "NoteChanged",
    "add_task",
    "add_to_roster",
    "drop_task",
    "drop_tasks",
    "expect_no_more",
    "finish_task",
    "keep_note",
    "keep_roster",
    "open_day",
]


def forget_in_notes(owner: Owner, *, person: str) -> int:
    """Take a person's line out of every version of the group notes; how many had one.

    For an erasure, in its transaction, while the roster still says in which groups they were.
    """
    sessions = RosterLine.objects.owned_by(owner).filter(person=person).values("session")
    changed = 0
    for row in GroupNoteVersion.objects.owned_by(owner).filter(session__in=sessions):
        words = GroupNoteWords.read(row.opened())
        if person in words.lines:
            lines = {other: line for other, line in words.lines.items() if other != person}
            kept = GroupNoteWords(words.topic, words.text, lines)
            row.words = GroupNoteVersion.sealed(row.pk, kept.plain())
            row.save(update_fields=["words"])
            changed += 1
    return changed
