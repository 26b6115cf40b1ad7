"""Reads sessions, rosters, notes, weeks in minutes and tasks, as values."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, Sum

from waypost.treatment.attendance.attended import Attended, SessionMinutes
from waypost.treatment.attendance.models import (
    GroupNoteVersion,
    GroupSession,
    RosterLine,
    StaffTask,
)
from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.attendance.roster import Presence
from waypost.treatment.attendance.seen import LineSeen, NoteSeen, SessionSeen, TaskSeen
from waypost.treatment.attendance.tally import Sitting, WeekTally, tally, week_of
from waypost.treatment.records.models import OwnedRows
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import began_on
from waypost.treatment.timetable.meetings import PlannedSession, meetings
from waypost.treatment.timetable.queries import setup_now, week_now


def sessions_on(owner: Owner, first: date, last: date) -> list[SessionSeen]:
    """The sessions from ``first`` to ``last``, both included, in order, with their counts."""
    rows = GroupSession.objects.owned_by(owner).filter(day__gte=first, day__lte=last)
    people, kept = Count("lines"), Count("lines", filter=~Q(lines__presence=""))
    counted = rows.annotate(expected=people, kept=kept)  # so that no row is read for each person
    return [_session(row, row.expected, row.kept) for row in counted]


def session_of(owner: Owner, session: str) -> SessionSeen | None:
    """One session; None where there is none, or another's."""
    row = GroupSession.objects.owned_by(owner).filter(pk=session).first()
    return _session(row) if row else None


def roster(owner: Owner, session: str) -> list[LineSeen]:
    """Everyone who is expected at a session, with what is kept."""
    rows = RosterLine.objects.owned_by(owner).filter(session=session).order_by("person")
    return [
        LineSeen(r.person, Presence(r.presence) if r.presence else None, r.minutes, r.makes_up)
        for r in rows
    ]


def note_of(owner: Owner, session: str, version: int | None = None) -> NoteSeen:
    """A version of a session's note, the newest where none is named; an empty one if not there."""
    rows = GroupNoteVersion.objects.owned_by(owner).filter(session=session)
    if version is not None:
        rows = rows.filter(version=version)
    row = rows.order_by("-version").first()
    if row is None:
        return NoteSeen(0, GroupNoteWords())
    return NoteSeen(row.version, GroupNoteWords.read(row.opened()), row.at, row.by)


def notes_for(owner: Owner, person: str) -> list[tuple[SessionSeen, str]]:
    """The group notes in one person's chart, newest first: the group's words and their own line."""
    lines = RosterLine.objects.owned_by(owner).filter(person=person).exclude(presence="")
    sessions = [line.session_id for line in lines.order_by("-session__starts_at")]
    rows = GroupNoteVersion.objects.owned_by(owner).filter(session__in=sessions)
    newest = {row.session_id: row for row in rows.select_related("session").order_by("version")}
    charts = []
    for session in sessions:
        if session in newest:
            words = GroupNoteWords.read(newest[session].opened())
            charts.append((_session(newest[session].session), words.of_person(person)))
    return charts


def attended(
    owner: Owner, first: date, last: date, people: Iterable[str] | None = None
) -> list[Attended]:
    """Every place on a roster from ``first`` to ``last``, in order of time."""
    rows = _lines_of_days(owner, first, last)
    if people is not None:
        rows = rows.filter(person__in=list(people))
    values = rows.order_by("session__starts_at", "id").values_list(*ATTENDED)  # no model a line
    return [_attended(*row) for row in values]


def _lines_of_days(owner: Owner, first: date, last: date) -> OwnedRows[RosterLine]:
    """The roster lines of some days. The session's owner is named too: PostgreSQL then finds the
    sessions by its index, instead of joining those of all programs."""
    lines = RosterLine.objects.owned_by(owner).filter(session__organization=owner.organization)
    return lines.filter(session__day__gte=first, session__day__lte=last)


def minutes_of_sessions(owner: Owner, first: date, last: date) -> list[SessionMinutes]:
    """What was kept, by track and length of session: minutes attended, and those there were."""
    kept = _lines_of_days(owner, first, last).exclude(minutes=None)
    long = ExpressionWrapper(
        F("session__ends_at") - F("session__starts_at"), output_field=DurationField()
    )
    alike = kept.annotate(long=long).values_list("session__track", "long").order_by()
    return [
        SessionMinutes(track, minutes, people * round(long.total_seconds() / 60))
        for track, long, minutes, people in alike.annotate(Sum("minutes"), Count("id"))
    ]


def places_of_tracks(owner: Owner, first: date, last: date) -> dict[str, tuple[int, int]]:
    """For each track the people on the rosters of its sessions, and the places that these had."""
    rows = GroupSession.objects.owned_by(owner).filter(day__gte=first, day__lte=last)
    places = rows.values_list("track").order_by("track").annotate(Sum("most"))
    lines = _lines_of_days(owner, first, last)
    taken = lines.values_list("session__track").order_by()
    people = dict(taken.annotate(Count("id")))
    return {track: (people.get(track, 0), most) for track, most in places}


def tallies(
    owner: Owner, planned: dict[str, int], day: date, now: datetime
) -> dict[str, WeekTally]:
    """The week of ``day`` for each person, from the minutes that their plan asks for.

    A session of the timetable whose day nobody has opened yet counts as well: what is missing is
    said on Monday, while there is time.
    """
    monday, after = week_of(day)
    sittings: dict[str, list[Sitting]] = defaultdict(list)
    for visit in attended(owner, monday, after - timedelta(days=1), planned):
        sittings[visit.person].append(Sitting(visit.ends_at, visit.length, visit.minutes))
    for meeting, people in _unopened(owner, monday):
        for person in people & planned.keys():
            sittings[person].append(Sitting(meeting.ends_at, meeting.minutes))
    return {person: tally(wanted, sittings[person], now) for person, wanted in planned.items()}


def _unopened(owner: Owner, monday: date) -> list[tuple[PlannedSession, frozenset[str]]]:
    """The sessions of a week that are planned and not opened, with who is expected at each."""
    setup, week = setup_now(owner), week_now(owner, monday).timetable
    if setup is None:
        return []
    rows = GroupSession.objects.owned_by(owner).filter(day__gte=monday)
    rows = rows.filter(day__lt=monday + timedelta(days=7))
    opened = set(rows.values_list("group", "day"))
    since = began_on(owner)
    return [
        (
            m,
            frozenset(
                p
                for p in week.people_of.get(m.placing.group, ())
                if since.get(p, date.max) <= m.day
            ),
        )
        for m in meetings(setup[0], week, monday)
        if (m.placing.group, m.day) not in opened
    ]


def open_tasks(owner: Owner, kinds: Iterable[str] | None = None) -> list[TaskSeen]:
    """The tasks that are not done, those due first first."""
    rows = StaffTask.objects.owned_by(owner).filter(done_at=None)
    if kinds is not None:
        rows = rows.filter(kind__in=list(kinds))
    return [TaskSeen(r.pk, r.person, r.kind, r.due_on, r.source, r.done_at) for r in rows]


def count_open_tasks(owner: Owner, today: date) -> tuple[int, int]:
    """How many tasks are not done, and how many of them are overdue."""
    rows = StaffTask.objects.owned_by(owner).filter(done_at=None).order_by()
    counts = rows.aggregate(every=Count("id"), late=Count("id", filter=Q(due_on__lt=today)))
    return counts["every"], counts["late"]


def _session(row: GroupSession, people: int = 0, kept: int = 0) -> SessionSeen:
    return SessionSeen(
        row.pk,
        row.day,
        row.group,
        row.kind,
        row.track,
        row.starts_at,
        row.ends_at,
        row.room,
        row.facilitator,
        row.most,
        row.make_up,
        people,
        kept,
    )


ATTENDED = (
    *("person", "session__day", "session__group", "session__kind", "session__track"),
    *("session__starts_at", "session__ends_at", "presence", "minutes"),
    "makes_up",
)


def _attended(
    person: str,
    day: date,
    group: str,
    kind: str,
    track: str,
    starts_at: datetime,
    ends_at: datetime,
    presence: str,
    minutes: int | None,
    makes_up: date | None,
) -> Attended:
    length = round((ends_at - starts_at).total_seconds() / 60)
    made_up = makes_up is not None
    return Attended(person, day, group, kind, track, ends_at, length, presence, minutes, made_up)
