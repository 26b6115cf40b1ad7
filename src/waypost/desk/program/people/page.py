"""People in care: who is here, one person's record, their team and their episode."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.queries import Colleague, colleagues
from waypost.accounts.roles import PERMISSIONS, OrganizationKind, Permission
from waypost.audit.actions import record_event
from waypost.design.check_up_words import bam_result
from waypost.design.program_faults import sentence_of, sentences_of
from waypost.design.program_words import end_reason_words, level_name, state_words
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.desk.program.door import (
    Opened,
    find_record,
    of_record,
    owner_here,
    refused,
    roles_in,
    staff_name,
    staff_names,
)
from waypost.desk.program.people.fields import (
    person_differences,
    person_from,
    person_problems,
)
from waypost.desk.program.people.guardian_page import signer_words, signing
from waypost.treatment.consents.actions import NotAllowed, break_glass
from waypost.treatment.consents.queries import consents_in_force
from waypost.treatment.intake.actions import leave_waiting_list
from waypost.treatment.intake.queries import assessments, referrals, waits_since
from waypost.treatment.intake.waiting import LeftList
from waypost.treatment.own_page.queries import announced_absences, check_ins
from waypost.treatment.plans.queries import newest_plan
from waypost.treatment.progress.actions import end_episode
from waypost.treatment.records.actions import (
    change_person,
    join_team,
    leave_team,
    move_episode,
)
from waypost.treatment.records.drafts import ChangedMeanwhile
from waypost.treatment.records.episode import BadMove, EndReason, EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords
from waypost.treatment.records.queries import (
    care_team,
    episodes,
    on_teams,
    open_episode,
    people_in_care,
)
from waypost.treatment.timetable.actions import openings_follow
from waypost.treatment.who_may import SEES_EVERYONE


@needs(Permission.READ_RECORDS)
def people(request: HttpRequest) -> HttpResponse:
    """Everybody whose record this person may open, those in care first; one look is one event."""
    owner, actor = owner_here(request, Permission.READ_RECORDS)
    everyone = roles_in(actor, owner) & SEES_EVERYONE
    seen = people_in_care(owner, None if everyone else on_teams(owner, actor.person))
    newest = {episode.person: episode for episode in episodes(owner)}
    rows = [(person, newest.get(number)) for number, person in seen.items()]
    rows.sort(key=lambda row: (_rank(row[1].state if row[1] else None), row[0].called.casefold()))
    record = f"organization:{owner.organization}"
    record_event(act="listed people in care", record=record, by=actor.person, now=timezone.now())
    context = {"rows": rows, "level_name": level_name, "state_words": state_words}
    return render(request, "program/people/people.html", context)


def _rank(state: str | None) -> int:
    return {"active": 0, "planned": 1, None: 2, "ended": 3}[state]


@of_record(Permission.READ_RECORDS, "record")
def record(request: HttpRequest, opened: Opened) -> HttpResponse:
    """One person's record on a page, with the way to each of its parts."""
    return _record(request, opened, [])


def _record(request: HttpRequest, opened: Opened, problems: list[str]) -> HttpResponse:
    owner, person = opened.owner, opened.person.id
    stays, signed_by = episodes(owner, person=person), signing(opened)
    refused_contact, staff = signed_by.contact_refused, colleagues(owner.organization)
    context = {
        "person": opened.person,
        "problems": problems,
        "episodes": stays,
        "open": next((s for s in stays if s.state is not EpisodeState.ENDED), None),
        "referrals": referrals(owner, person),
        "waits_since": waits_since(owner, person),
        "assessments": assessments(owner, person, parts=False),
        "plan": newest_plan(owner, person),
        "consents": consents_in_force(owner, person, opened.today),
        "team": care_team(owner, person),
        "absences": announced_absences(owner, since=opened.today, person=person),
        "check_ins": _check_ins(owner, person),
        "colleagues": _could_join(staff),
        "reasons": end_reason_words(),
        "today": opened.today,
        "signing": signed_by,
        "contact_refused": sentence_of(refused_contact) if refused_contact else "",
        "signers": signer_words(),
        "staff_name": staff_names(owner, {member.person: member.name for member in staff}),
        "level_name": level_name,
        "state_words": state_words,
    }
    return render(request, "program/people/record.html", context, status=400 if problems else 200)


def _check_ins(owner: Owner, person: str) -> list[tuple[datetime, str]]:
    """When the person checked in, and the parts of the BAM where every question was answered."""
    return [(c.at, bam_result(c.answers)) for c in check_ins(owner, person)]


def _could_join(staff: Iterable[Colleague]) -> list[Colleague]:
    """Colleagues whose role opens records at all: nobody else is of use on a care team."""
    return [
        colleague
        for colleague in staff
        if Permission.READ_RECORDS in PERMISSIONS[OrganizationKind.PROGRAM, colleague.role]
    ]


@require_POST
@needs(Permission.BREAK_GLASS)
def emergency(request: HttpRequest, person: str) -> HttpResponse:
    """Open a record in an emergency, with a reason, for a day."""
    opened = find_record(request, Permission.BREAK_GLASS, person)
    try:
        break_glass(
            opened.owner,
            person=person,
            standing=opened.standing,
            reason=request.POST.get("reason", ""),
            by=opened.by,
            now=opened.now,
        )
    except NotAllowed as error:
        return refused(request, opened, error.refusal, sentences_of(error))
    return redirect("program_record", person=person)


@of_record(Permission.KEEP_INTAKE, "details")
def details(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What is known of a person; what is wrong comes back with everything typed, and what somebody
    else saved meanwhile beside it."""
    if request.method != "POST":
        return _details(request, opened, opened.person.words, opened.person.words.version)
    words, read = person_from(request.POST), request.POST.get("read", "")
    if problems := person_problems(words, opened.today):
        return _details(request, opened, words, read, problems=problems)
    try:
        change_person(
            opened.owner,
            person=opened.person.id,
            words=words,
            read_version=read,
            by=opened.by,
            now=opened.now,
        )
    except ChangedMeanwhile as error:
        theirs = PersonWords.read(dict(error.newest.words))
        return _details(request, opened, words, theirs.version, theirs=theirs, by=error.newest.by)
    messages.success(request, _("Saved."))
    return redirect("program_record", person=opened.person.id)


def _details(
    request: HttpRequest,
    opened: Opened,
    words: PersonWords,
    read: str,
    *,
    problems: Iterable[str] = (),
    theirs: PersonWords | None = None,
    by: str = "",
) -> HttpResponse:
    """The form with ``words``, which were typed on a page that showed the version ``read``."""
    context = {
        "person": opened.person,
        "words": words,
        "read": read,
        "problems": problems,
        "theirs": person_differences(words, theirs) if theirs else None,
        "their_name": staff_name(by) or _("Somebody"),
    }
    status = 409 if theirs else 400 if problems else 200
    return render(request, "program/people/details.html", context, status=status)


@require_POST
@of_record(Permission.WRITE_PLANS, "team")
def team(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Put a colleague on the care team, or take them off."""
    staff = request.POST.get("staff", "")
    ours = {f"person:{c.person}": c for c in _could_join(colleagues(opened.owner.organization))}
    person, by, now = opened.person.id, opened.by, opened.now
    if leaves := request.POST.get("leave", ""):
        leave_team(opened.owner, person=person, staff=leaves, by=by, now=now)
    elif staff in ours:
        role = ours[staff].role.value
        join_team(opened.owner, person=person, staff=staff, role=role, by=by, now=now)
    else:
        return _record(request, opened, [_("Choose a colleague who works with records.")])
    return redirect("program_record", person=opened.person.id)


@require_POST
@of_record(Permission.DECIDE_LEVEL, "episode")
def episode(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Begin the planned episode today, or end it with one of the listed reasons."""
    current = open_episode(opened.owner, opened.person.id)
    reason = request.POST.get("reason", "")
    if current is None:
        return _record(request, opened, [_("This person has no open episode.")])
    common: dict[str, Any] = {"on": opened.today, "by": opened.by, "now": opened.now}
    try:
        if "end" in request.POST:
            reason = reason if reason in set(EndReason) else ""
            end_episode(opened.owner, episode=current, reason=reason, **common)
        else:
            move_episode(opened.owner, episode=current.id, to=EpisodeState.ACTIVE, **common)
            leave_waiting_list(
                opened.owner,
                person=opened.person.id,
                left=LeftList.ADMITTED,
                by=opened.by,
                now=opened.now,
            )
            openings_follow(opened.owner, by=opened.by, now=opened.now)
    except BadMove as error:
        return _record(request, opened, sentences_of(error))
    messages.success(request, _("Saved."))
    return redirect("program_record", person=opened.person.id)
