"""The week of a program: made by the solver, changed by hand, checked at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.accounts.who_may import who_may
from waypost.design.days_words import (
    breach_words,
    day_names,
    hours_words,
    kind_words,
    not_placed_words,
    remedy_words,
    slot_words,
)
from waypost.design.program_faults import sentences_of
from waypost.design.times import time_text
from waypost.design.words import date_text
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.desk.program.days.page import local_day
from waypost.desk.program.door import owner_here
from waypost.treatment.attendance.tally import week_of
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import people_in_care
from waypost.treatment.timetable.actions import BreaksRules, Changed, keep_one_week, keep_timetable
from waypost.treatment.timetable.checking import Breach, check, known_part
from waypost.treatment.timetable.effort import Effort
from waypost.treatment.timetable.explaining import not_placed, shortfalls
from waypost.treatment.timetable.moving import (
    swap_groups,
    with_person,
    with_placing,
    without_person,
)
from waypost.treatment.timetable.problem import Placing, Timetable, WeekProblem
from waypost.treatment.timetable.queries import (
    WeekSeen,
    first_mondays,
    newest_week,
    people_of_week,
    setup_now,
    week_now,
)
from waypost.treatment.timetable.scoring import WEIGHTS, Score, score
from waypost.treatment.timetable.setup import ProgramSetup
from waypost.treatment.timetable.solver import solve
from waypost.values.wall_time import MINUTES_A_DAY

EFFORT = Effort(seconds=8.0)
"""Within the time that a page may take; the best week then, with its bound."""
CHANGES = ("make", "swap", "move", "add", "remove")
"""What can be done to a week by hand; each has its own fields, "move-group" beside "add-group"."""
FIELDS = ("person", "group", "other", "slot", "room", "facilitator", "reason")
MOST_SHORT = 30
WEEKS_AHEAD = 9


@needs(Permission.SEE_TIMETABLE)
def week(request: HttpRequest) -> HttpResponse:
    """The week as it is kept, what it cannot meet, and the forms that change it."""
    owner, _actor = owner_here(request, Permission.SEE_TIMETABLE)
    return _page(request, owner, _monday(owner, request.GET.get("monday", "")))


def _monday(owner: Owner, typed: str) -> date:
    """The Monday of the week that is asked for; this week's, or that of the first to come."""
    monday = week_of(local_day(typed))[0]
    begun = [] if typed else first_mondays(owner)
    return begun[0] if begun and min(begun) > monday else monday


@require_POST
@needs(Permission.KEEP_TIMETABLE)
def change(request: HttpRequest) -> HttpResponse:
    """Make the week anew, or change it by hand; what breaks a rule needs a reason to be kept."""
    owner, actor = owner_here(request, Permission.KEEP_TIMETABLE)
    monday = _monday(owner, request.POST.get("monday", ""))
    setup, seen = setup_now(owner), week_now(owner, monday)
    if setup is None:
        return _page(request, owner, monday, [_("Enter groups, rooms and facilitators first.")])
    act = request.POST.get("act", "")
    if act not in CHANGES:
        return _page(request, owner, monday, [_("Press the button for the change that you want.")])
    asked = {name: request.POST.get(f"{act}-{name}", "") for name in FIELDS}
    problem = setup[0].problem(people_of_week(owner), monday)
    try:
        timetable, worth, bound = _changed(act, asked, problem, known_part(problem, seen.timetable))
    except KeyError:
        return _page(request, owner, monday, [_("Choose something that is in this week.")])
    read = request.POST.get("read", "")
    keep: Callable[..., int] = keep_timetable
    if f"{act}-alone" in request.POST:
        back = _("As it was before the week of %(day)s") % {"day": date_text(monday)}
        keep = partial(keep_one_week, back=back)
    now = timezone.now()
    try:
        keep(
            owner,
            timetable=timetable,
            after=int(read) if read.isdecimal() and len(read) < 7 else newest_week(owner),
            from_monday=monday,
            override=asked["reason"],
            worth=worth,
            bound=bound,
            by=actor.person,
            now=now,
        )
    except BreaksRules as error:
        problems = [*sentences_of(error), *_breaches(owner, error.breaches)]
        return _page(request, owner, monday, problems)
    except Changed:
        sentence = _("Somebody saved another week in the meantime. This is it; change it again.")
        return _page(request, owner, monday, [sentence], status=409)
    messages.success(request, _("Saved. The openings in the search follow with the next publish."))
    return redirect(f"/program/week?monday={monday.isoformat()}")


def _changed(
    act: str, asked: Mapping[str, str], problem: WeekProblem, timetable: Timetable
) -> tuple[Timetable, int | None, int | None]:
    """The week after what was asked; `KeyError` where it names what is not there."""
    group = asked["group"]
    if act == "make":
        before = timetable if timetable.placings else None
        solved = solve(problem, before=before, effort=EFFORT)
        return solved.timetable, solved.worth, solved.bound
    if act == "swap":
        return swap_groups(timetable, group, asked["other"]), None, None
    if act == "move":
        placing = Placing(
            problem.group_of[group].id,
            problem.slot_of[asked["slot"]].id,
            problem.room_of[asked["room"]].id,
            problem.facilitator_of[asked["facilitator"]].id,
        )
        return with_placing(timetable, placing), None, None
    person = problem.person_of[asked["person"]].id
    change_person = with_person if act == "add" else without_person
    return change_person(timetable, person, problem.group_of[group].id), None, None


def _page(
    request: HttpRequest,
    owner: Owner,
    monday: date,
    problems: list[str] | None = None,
    *,
    status: int = 400,
) -> HttpResponse:
    setup, seen = setup_now(owner), week_now(owner, monday)
    context: dict[str, Any] = {
        "problems": problems or [],
        "pressed": request.POST.get("act", ""),
        "may_change": who_may(getattr(request, "actor", None), Permission.KEEP_TIMETABLE) is None,
        "seen": seen,
        "read": newest_week(owner),
        "monday": monday,
        "mondays": _mondays(monday),
        "setup": setup and setup[0],
    }
    if setup is not None:
        context |= _week_words(owner, setup[0], seen, monday)
    code = status if problems else 200
    return render(request, "program/timetable/week.html", context, status=code)


def _mondays(monday: date) -> list[date]:
    """The weeks that can be chosen: this one, those to come, and the one that is shown."""
    this = week_of(local_day())[0]
    return sorted({monday, *(this + timedelta(weeks=number) for number in range(WEEKS_AHEAD))})


def _week_words(owner: Owner, setup: ProgramSetup, seen: WeekSeen, monday: date) -> dict[str, Any]:
    problem = setup.problem(people_of_week(owner), monday)
    present = {*problem.person_of, *(person for person, _group in seen.timetable.places)}
    names, kinds = _names(owner, present), kind_words()
    slots = dict(problem.slot_of)
    known = known_part(problem, seen.timetable)
    short = shortfalls(problem, known, MOST_SHORT)
    breaches = check(problem, seen.timetable)
    return {
        "tracks": _tracks(setup, known),
        "days": day_names(),
        "kinds": kinds,
        "names": {p.id: names.get(p.id, p.id) for p in problem.people},
        "slots": {slot.id: slot_words(slot) for slot in setup.slots},
        "breaches": [breach_words(breach, names) for breach in breaches],
        "short": [
            (names.get(s.person, s.person), hours_words(s.reached), hours_words(s.wanted),
             [kinds[kind] for kind, _n in s.missing],
             [remedy_words(r, slots) for r in s.remedies])
            for s in short
        ],
        "not_placed": _not_meeting(problem, known),
        "parts": _parts(score(problem, known)),
        "gap": _gap(seen),
        "away": setup.away(monday),
        "closed": [day for day in setup.closed if monday <= day < monday + timedelta(days=7)],
    }  # fmt: skip


def _not_meeting(problem: WeekProblem, timetable: Timetable) -> list[tuple[str, list[str]]]:
    """Why groups do not meet, and which."""
    groups: dict[str, list[str]] = {}
    for group, why in not_placed(problem, timetable).items():
        groups.setdefault(not_placed_words()[why], []).append(group)
    return list(groups.items())


def _gap(seen: WeekSeen) -> str:
    if seen.worth is None or not seen.bound:
        return ""
    return f"{100 * (seen.bound - seen.worth) / seen.bound:.1f}"


def _parts(met: Score) -> list[tuple[str, int, int]]:
    """What the week meets, each with its weight."""
    words = {
        "minute": _("Minutes of the plans"),
        "need": _("Groups that a plan names"),
        "group_meets": _("Groups that meet"),
        "wished_track": _("Sessions in a track that was wished for"),
        "day_spared": _("Days that nobody has to come"),
    }
    return [(text, getattr(met, name), getattr(WEIGHTS, name)) for name, text in words.items()]


def _names(owner: Owner, people: Iterable[str] | None = None) -> dict[str, str]:
    return {number: person.called for number, person in people_in_care(owner, people).items()}


def _breaches(owner: Owner, breaches: tuple[Breach, ...]) -> list[str]:
    names = _names(owner)
    return [breach_words(breach, names) for breach in breaches]


def _tracks(setup: ProgramSetup, timetable: Timetable) -> list[dict[str, Any]]:
    """Each track as a table: a row for each time of day, a cell for each day."""
    tracks = []
    for track in dict.fromkeys(slot.track for slot in setup.slots):
        slots = [slot for slot in setup.slots if slot.track == track]
        days = sorted({slot.day for slot in slots})
        times = sorted({(s.start % MINUTES_A_DAY, s.end - s.day * MINUTES_A_DAY) for s in slots})
        rows = [
            (f"{time_text(start)} – {time_text(end)}",
             [_cell(setup, timetable, track, day * MINUTES_A_DAY + start) for day in days])
            for start, end in times
        ]  # fmt: skip
        tracks.append({"name": track, "days": days, "rows": rows})
    return tracks


def _cell(setup: ProgramSetup, timetable: Timetable, track: str, start: int) -> list[Any]:
    """The groups that meet then: the placing, how many people, and the cap."""
    slots = {slot.id for slot in setup.slots if slot.track == track and slot.start == start}
    groups = {group.id: group for group in setup.groups}
    return [
        (placing, groups[placing.group], len(timetable.people_of.get(placing.group, ())))
        for placing in timetable.placings
        if placing.slot in slots
    ]
