"""One person in the week: groups that are for them, pins, tracks, and what breaks at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waypost.accounts.roles import Permission
from waypost.accounts.who_may import who_may
from waypost.design.days_words import breach_words, hours_words, kind_words, slot_words
from waypost.desk.frame import render
from waypost.desk.permission import Refused
from waypost.desk.program.door import Opened, of_record
from waypost.treatment.attendance.tally import week_of
from waypost.treatment.plans.plan import AskedWeek
from waypost.treatment.plans.queries import weeks_asked
from waypost.treatment.timetable.actions import keep_wishes
from waypost.treatment.timetable.attendees import AttendeeWishes, attendee
from waypost.treatment.timetable.checking import check
from waypost.treatment.timetable.kinds import SPECIALIZED
from waypost.treatment.timetable.problem import Attendee, Timetable
from waypost.treatment.timetable.queries import (
    setup_now,
    week_current,
    wishes_of,
)
from waypost.treatment.timetable.setup import ProgramSetup

ALWAYS, NEVER = "always", "never"


@of_record(Permission.SEE_TIMETABLE, "week")
def person_week(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Which groups are for a person, which they always or never attend, and their week now."""
    person, setup = opened.person.id, setup_now(opened.owner)
    if request.method == "POST":
        _ensure(opened)
        kept = _typed(request.POST, setup[0] if setup else None)
        keep_wishes(opened.owner, person=person, wishes=kept, by=opened.by, now=opened.now)
        messages.success(request, _("Saved. Make the week again where something is to change."))
        return redirect("program_person_week", person=person)
    week = weeks_asked(opened.owner, [person]).get(person, AskedWeek())
    wishes = wishes_of(opened.owner, [person]).get(person, AttendeeWishes())
    context = {
        "person": opened.person,
        "week": week,
        "wishes": wishes,
        "kinds": kind_words(),
        "specialized": sorted(SPECIALIZED),
        "tracks": list(dict.fromkeys(slot.track for slot in setup[0].slots)) if setup else [],
        "breaches": [],
        "rows": [],
    }
    if setup:
        context |= _in_week(opened, setup[0], attendee(person, week, wishes))
    return render(request, "program/timetable/person.html", context)


def _ensure(opened: Opened) -> None:
    """Whoever keeps the timetable or writes plans may change this."""
    organization = opened.owner.organization
    refusals = [
        who_may(opened.actor, permission, organization)
        for permission in (Permission.KEEP_TIMETABLE, Permission.WRITE_PLANS)
    ]
    if all(refusals):
        raise Refused(refusals[0])  # type: ignore[arg-type]


def _typed(post: QueryDict, setup: ProgramSetup | None) -> AttendeeWishes:
    """What the form says, of kinds, tracks and groups that there are."""
    groups = [group.id for group in setup.groups] if setup else []
    tracks = {slot.track for slot in setup.slots} if setup else set()
    said = {name: post.get(f"group-{number}", "") for number, name in enumerate(groups)}
    return AttendeeWishes(
        for_whom=tuple(kind for kind in sorted(SPECIALIZED) if kind in post.getlist("for_whom")),
        wishes=tuple(track for track in sorted(tracks) if track in post.getlist("wishes")),
        pinned=tuple(name for name, word in said.items() if word == ALWAYS),
        kept_out=tuple(name for name, word in said.items() if word == NEVER),
    )


def _in_week(opened: Opened, setup: ProgramSetup, person: Attendee) -> dict[str, Any]:
    """Each group with its time and what was said of it; the rules that their week breaks now.

    No rule about one person asks for another's plan, so nobody else's is opened here.
    """
    monday, _after = week_of(opened.today)
    seen = week_current(opened.owner, monday)
    monday = max(monday, seen.from_monday or monday)
    placings, slots = seen.timetable.placing_of, {slot.id: slot for slot in setup.slots}
    theirs = seen.timetable.groups_of.get(person.id, frozenset())
    rows = [
        (
            number,
            group,
            slot_words(slots[placings[group.id].slot]) if group.id in placings else "",
            group.id in theirs,
            ALWAYS if group.id in person.pinned else NEVER if group.id in person.kept_out else "",
        )
        for number, group in enumerate(setup.groups)
        if placings.get(group.id) is None or placings[group.id].slot in slots
    ]
    problem = setup.problem((person,), monday)
    own = [
        breach_words(breach, {person.id: opened.person.called})
        for breach in check(problem, seen.timetable)
        if breach.subject == person.id
    ]
    minutes = _minutes(setup, seen.timetable, theirs)
    return {"rows": rows, "breaches": own, "reached": hours_words(minutes)}


def _minutes(setup: ProgramSetup, timetable: Timetable, groups: frozenset[str]) -> int:
    slots = {slot.id: slot for slot in setup.slots}
    at = [timetable.placing_of[group].slot for group in groups if group in timetable.placing_of]
    return sum(slots[slot].minutes for slot in at if slot in slots)
