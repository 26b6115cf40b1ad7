"""Days: today's groups, a roster for a phone at the door, the group's note, hours, tasks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.audit.actions import record_event
from waypost.design.days_words import (
    hours_words,
    kind_words,
    missed_text_words,
    presence_words,
    task_words,
)
from waypost.design.program_faults import sentences_of
from waypost.design.times import time_text
from waypost.design.words import date_text
from waypost.desk.frame import render
from waypost.desk.numbers import whole_number
from waypost.desk.permission import needs
from waypost.desk.program.door import owner_here, staff_name
from waypost.desk.program.long_texts import too_long
from waypost.texting.queries.missed import missed_texts
from waypost.texting.queries.simulated import simulated
from waypost.treatment.attendance.actions import (
    NO_SHOW_DUE,
    BadMinutes,
    DayAhead,
    GroupFull,
    Kept,
    NoteChanged,
    add_to_roster,
    finish_task,
    keep_note,
    keep_roster,
    open_day,
)
from waypost.treatment.attendance.note import GroupNoteWords
from waypost.treatment.attendance.queries import (
    note_of,
    open_tasks,
    roster,
    session_of,
    sessions_on,
    tallies,
)
from waypost.treatment.attendance.roster import Presence
from waypost.treatment.attendance.seen import NoteSeen, SessionSeen, TaskSeen
from waypost.treatment.attendance.task_kinds import TaskKind
from waypost.treatment.attendance.urgency import task_pages
from waypost.treatment.own_page.queries import announced_absences
from waypost.treatment.records.actions import NoSuchRecord
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import in_care, people_in_care
from waypost.treatment.timetable.queries import minutes_asked
from waypost.treatment.wall.queries import zone_of

LONGEST = 20_000
MAKE_UP_WITHIN = timedelta(days=60)
FIRST, LAST = date(2000, 1, 1), date(2199, 12, 31)
"""Days that a page shows; beside the ends of the calendar there is no day before or after."""


def local_day(typed: str = "") -> date:
    """The day that is asked for, or today on the program's wall."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = date.min
    if FIRST <= day <= LAST:
        return day
    return timezone.localdate()


@needs(Permission.RECORD_ATTENDANCE)
def today(request: HttpRequest) -> HttpResponse:
    """The groups of a day, and what waits to be done."""
    owner, actor = owner_here(request, Permission.RECORD_ATTENDANCE)
    day = local_day(request.POST.get("day", "") or request.GET.get("day", ""))
    if request.method == "POST":
        open_day(owner, day=day, by=actor.person, now=timezone.now())
        return redirect(f"/program/today?day={day.isoformat()}")
    waiting, zone = open_tasks(owner), zone_of(owner)
    pages = task_pages(waiting, timezone.now().astimezone(zone).date())
    page = page_number(request.GET.get("page", ""), len(pages))
    tasks = pages[page - 1]
    absences = [a for a in announced_absences(owner, since=day) if a.on == day]
    people = {task.person for task in tasks} | {absence.person for absence in absences}
    context = {
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "sessions": [(s, _clock(zone, s)) for s in sessions_on(owner, day, day)],
        "tasks": tasks,
        "waiting": len(waiting),
        "page": page,
        "pages": len(pages),
        "absences": absences,
        "names": _names(owner, people),
        "task_words": task_words(),
        "texts": _texts(zone, tasks),
        "simulated": simulated(),
        "kinds": kind_words(),
    }
    return render(request, "program/days/today.html", context)


def _texts(zone: ZoneInfo, tasks: list[TaskSeen]) -> dict[str, str]:
    """What became of the text to somebody who did not come, by the task's id."""
    missed = {t.id: (t.person, t.due_on - NO_SHOW_DUE) for t in tasks if t.kind == TaskKind.NO_SHOW}
    texts = missed_texts(set(missed.values()))
    return {
        task: missed_text_words(text.state, _moment_text(text.at.astimezone(zone)))
        for task, of in missed.items()
        if (text := texts.get(of)) is not None
    }


def _moment_text(at: datetime) -> str:
    return f"{date_text(at.date())}, {time_text(at.hour * 60 + at.minute)}"


def page_number(typed: str, pages: int) -> int:
    """The page that is asked for, from 1; the first or the last where there is none such."""
    return min(int(typed), pages) or 1 if typed.isdecimal() and len(typed) < 5 else 1


@require_POST
@needs(Permission.RECORD_ATTENDANCE)
def task_done(request: HttpRequest, task: str) -> HttpResponse:
    """Mark a task as done."""
    owner, actor = owner_here(request, Permission.RECORD_ATTENDANCE)
    try:
        finish_task(owner, task=task, by=actor.person, now=timezone.now())
    except NoSuchRecord:
        raise Http404 from None
    day = local_day(request.POST.get("day", ""))
    page = request.POST.get("page", "")
    back = f"&page={page}" if page.isdecimal() and len(page) < 5 else ""
    return redirect(f"/program/today?day={day.isoformat()}{back}#to-do")


@needs(Permission.RECORD_ATTENDANCE)
def session(request: HttpRequest, session: str) -> HttpResponse:
    """One session: its roster and its note. Every opening of a roster is an event of the audit."""
    owner, actor = owner_here(request, Permission.RECORD_ATTENDANCE)
    seen = session_of(owner, session)
    if seen is None:
        raise Http404
    if request.method != "POST":
        record_event(act="opened a roster", record=session, by=actor.person, now=timezone.now())
        return _session_page(request, owner, seen)
    return _keep(request, owner, seen, actor.person)


def _keep(request: HttpRequest, owner: Owner, seen: SessionSeen, by: str) -> HttpResponse:
    """Keep the roster and the note, whichever button was pressed: what was typed is never lost.

    A line or a note that was not touched here is left as a colleague has kept it meanwhile.
    """
    mine = _typed_note(request.POST, owner, seen) if "topic" in request.POST else None
    kept = _typed_roster(request.POST, owner, seen)
    problems = _too_long(mine) if mine is not None else []
    if request.POST.get("act") == "did not meet":
        kept = {line.person: Kept(Presence.EXCUSED) for line in roster(owner, seen.id)}
        if any(line.minutes for line in roster(owner, seen.id)):
            problems.append(_("Somebody attended this group. Correct the roster first."))
    elif kept is None:
        problems.append(_("Minutes are a whole number."))
    elif _minutes_alone(request.POST, owner, seen):
        problems.append(_("For each person whose minutes you entered, choose how they attended."))
    if kept is None or problems:
        return _session_page(request, owner, seen, problems, mine=mine)
    try:
        changed = keep_roster(owner, session=seen.id, kept=kept, by=by, now=timezone.now())
    except BadMinutes as error:
        return _session_page(request, owner, seen, sentences_of(error), mine=mine)
    except DayAhead as error:
        return _session_page(request, owner, seen, sentences_of(error), mine=mine, status=422)
    if changed:
        messages.success(request, _("Saved."))
    elif request.POST.get("act") != "add" and (
        mine is None or mine == note_of(owner, seen.id).words
    ):
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    read = whole_number(request.POST.get("read", ""))
    if mine is not None and mine != note_of(owner, seen.id, read).words:
        try:
            keep_note(owner, session=seen.id, words=mine, after=read, by=by, now=timezone.now())
        except NoteChanged:
            return _session_page(request, owner, seen, [], mine=mine, conflict=True)
        messages.success(
            request, _("Saved. The note is in each chart, with that person's own line.")
        )
    if request.POST.get("act") == "add":
        return _add(request, owner, seen, by)
    return redirect("program_session", session=seen.id)


def _typed_roster(
    post: Mapping[str, str], owner: Owner, seen: SessionSeen
) -> dict[str, Kept] | None:
    """How people came, those who were touched here; None where minutes are no number."""
    kept = {}
    for line in roster(owner, seen.id):
        presence, minutes = (post.get(f"{of}-{line.person}", "") for of in ("presence", "minutes"))
        minutes = minutes.strip()
        if presence not in set(Presence) or post.get(f"was-{line.person}") == (
            f"{presence}|{minutes}"
        ):
            continue
        if minutes and not (minutes.isdecimal() and len(minutes) < 5):
            return None
        kept[line.person] = Kept(Presence(presence), int(minutes) if minutes else None)
    return kept


def _minutes_alone(post: Mapping[str, str], owner: Owner, seen: SessionSeen) -> bool:
    """Whether minutes were written for somebody of whom nobody says how they came."""
    return any(
        post.get(f"minutes-{line.person}", "").strip()
        and post.get(f"presence-{line.person}", "") not in set(Presence)
        for line in roster(owner, seen.id)
    )


def _add(request: HttpRequest, owner: Owner, seen: SessionSeen, by: str) -> HttpResponse:
    person = request.POST.get("person", "")
    missed = request.POST.get("makes_up", "")
    if person not in people_in_care(owner, [person]):
        return _session_page(request, owner, seen, [_("Choose a person.")])
    try:
        makes_up = date.fromisoformat(missed) if missed else None
        if makes_up and abs(makes_up - seen.day) > MAKE_UP_WITHIN:
            sentence = _("A day is made up for within 60 days of this session.")
            return _session_page(request, owner, seen, [sentence])
        add_to_roster(
            owner, session=seen.id, person=person, makes_up=makes_up, by=by, now=timezone.now()
        )
    except GroupFull as error:
        return _session_page(request, owner, seen, sentences_of(error))
    except ValueError:
        return _session_page(request, owner, seen, [_("The day is one such as 2026-12-01.")])
    return redirect("program_session", session=seen.id)


def _typed_note(post: Mapping[str, str], owner: Owner, seen: SessionSeen) -> GroupNoteWords:
    def text_of(name: str) -> str:
        return post.get(name, "").replace("\r\n", "\n").strip()

    lines = {r.person: text_of(f"line-{r.person}") for r in roster(owner, seen.id)}
    topic, text = text_of("topic"), text_of("text")
    return GroupNoteWords(topic, text, {person: words for person, words in lines.items() if words})


def _too_long(note: GroupNoteWords) -> list[str]:
    return too_long([note.topic], 200) + too_long([note.text, *note.lines.values()], LONGEST)


def _session_page(
    request: HttpRequest,
    owner: Owner,
    seen: SessionSeen,
    problems: list[str] | None = None,
    *,
    mine: GroupNoteWords | None = None,
    conflict: bool = False,
    status: int = 400,
) -> HttpResponse:
    note = note_of(owner, seen.id)
    problems = [*(problems or []), *([_meanwhile(note)] if conflict else [])]
    read = request.POST.get("read", "") if mine and not conflict else note.version
    lines = roster(owner, seen.id)
    here = {line.person for line in lines}
    names = _names(owner, here | in_care(owner))
    context = {
        "session": seen,
        "clock": _clock(zone_of(owner), seen),
        "lines": sorted(lines, key=lambda line: line.person),
        "names": names,
        "others": {person: name for person, name in names.items() if person not in here},
        "presences": presence_words(),
        "typed": request.POST,
        "note": note,
        "shown": mine or note.words,
        "theirs": note.words if conflict else None,
        "read": read,
        "problems": problems,
        "kinds": kind_words(),
        "ahead": seen.day > timezone.localdate(),
    }
    code = 409 if conflict else status if problems else 200
    return render(request, "program/days/session.html", context, status=code)


def _meanwhile(theirs: NoteSeen) -> str:
    return _(
        "%(name)s saved this note in the meantime. Their text is below yours; nothing is lost. "
        "Combine the two and save again."
    ) % {"name": staff_name(theirs.by)}


@needs(Permission.RECORD_ATTENDANCE)
def hours(request: HttpRequest) -> HttpResponse:
    """The week of each person against their plan, and what is missing while there is time."""
    owner, _actor = owner_here(request, Permission.RECORD_ATTENDANCE)
    day = local_day(request.GET.get("day", ""))
    planned = minutes_asked(owner)
    weeks = tallies(owner, planned, day, timezone.now())
    names = _names(owner, planned)
    rows = sorted(weeks.items(), key=lambda row: (-row[1].missing, names.get(row[0], row[0])))
    context = {"rows": rows, "names": names, "hours_words": hours_words, "day": day}
    return render(request, "program/days/hours.html", context)


def _names(owner: Owner, people: Iterable[str]) -> dict[str, str]:
    seen = people_in_care(owner, people)
    return dict(sorted(((n, p.called) for n, p in seen.items()), key=lambda pair: pair[1]))


def _clock(zone: ZoneInfo, seen: SessionSeen) -> str:
    starts, ends = seen.starts_at.astimezone(zone), seen.ends_at.astimezone(zone)
    return f"{starts:%-I:%M} – {ends:%-I:%M %p}"
