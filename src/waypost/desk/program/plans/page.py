"""The individual plan: written, signed, every version with its differences, and what is due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.design.days_words import checked_words
from waypost.design.program_faults import sentences_of
from waypost.design.program_words import clock_words
from waypost.desk.frame import render
from waypost.desk.numbers import whole_number
from waypost.desk.permission import needs
from waypost.desk.program.door import (
    Opened,
    of_record,
    owner_here,
    staff_name,
    staff_names,
)
from waypost.desk.program.plans.fields import (
    line_states,
    payer_words,
    place_words,
    plan_from,
    plan_problems,
    shown_lines,
    too_many,
)
from waypost.places.states import STATE_NAMES
from waypost.treatment.consents.actions import NotAllowed
from waypost.treatment.plans.actions import (
    CannotSign,
    note_milestone,
    save_plan,
    set_review,
    sign_by_person,
    sign_for_team,
)
from waypost.treatment.plans.clocks import ClockOf
from waypost.treatment.plans.differences import differences
from waypost.treatment.plans.plan import PlanWords
from waypost.treatment.plans.queries import (
    PlanSeen,
    due_list,
    newest_plan,
    plan_versions,
    review_setting,
)
from waypost.treatment.plans.templates import the_templates
from waypost.treatment.records.drafts import ChangedMeanwhile
from waypost.treatment.records.queries import people_in_care
from waypost.treatment.who_may import CLINICIANS


@of_record(Permission.WRITE_PLANS, "plan")
def plan(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Write the plan; of two who save at once nothing is lost, and every version stays."""
    if request.method == "POST":
        return _save(request, opened)
    newest = newest_plan(opened.owner, opened.person.id)
    words = newest.words if newest else PlanWords(own_words=opened.person.words.own_words)
    return _page(request, opened, newest, words)


def _save(request: HttpRequest, opened: Opened) -> HttpResponse:
    words = plan_from(request.POST)
    number = whole_number(request.POST.get("read", "0"))
    template = the_templates().get(request.POST.get("chosen", ""))
    problems: list[str] = []
    if request.POST.get("act") == "template" and template:  # nothing is saved yet, nor lost
        if not (problems := too_many(words.lines + template.lines)):
            words = replace(words, lines=words.lines + template.lines, template=template.id)
        return _page(request, opened, _newest(opened), words, read=number, problems=problems)
    if problems := plan_problems(request.POST, words):
        return _page(request, opened, _newest(opened), words, read=number, problems=problems)
    newest = _newest(opened)
    if newest and newest.version == number and words == newest.words:
        messages.info(request, _("Nothing in the plan has changed, so that no version was added."))
        return redirect("program_plan", person=opened.person.id)
    try:
        save_plan(
            opened.owner,
            person=opened.person.id,
            words=words,
            read_version=number,
            by=opened.by,
            now=opened.now,
        )
    except ChangedMeanwhile as error:
        theirs = PlanWords.read(error.newest.words)
        context = {"theirs": differences(theirs, words), "their_name": staff_name(error.newest.by)}
        return _page(request, opened, _newest(opened), words, status=409, more=context)
    messages.success(request, _("Saved as a new version. It is agreed once both have signed."))
    return redirect("program_plan", person=opened.person.id)


def _newest(opened: Opened) -> PlanSeen | None:
    return newest_plan(opened.owner, opened.person.id)


def _page(
    request: HttpRequest,
    opened: Opened,
    newest: PlanSeen | None,
    words: PlanWords,
    *,
    read: int | None = None,
    problems: list[str] | None = None,
    status: int = 0,
    more: Mapping[str, object] | None = None,
) -> HttpResponse:
    person = opened.person.id
    state, payer = review_setting(opened.owner, person)
    context = {
        "person": opened.person,
        "words": words,
        "lines": shown_lines(words),
        "read": read if read is not None else newest.version if newest else 0,
        "newest": newest,
        "templates": the_templates(),
        "due": due_list(
            opened.owner,
            opened.today,
            wall=timezone.get_current_timezone(),
            within=120,
            person=person,
        ),
        "clock_words": clock_words(),
        "checked_words": checked_words,
        "states": line_states(),
        "us_states": {"": _("not set"), **STATE_NAMES},
        "payers": {"": _("not set"), **payer_words()},
        "state": state,
        "payer": payer,
        "problems": problems or [],
        "typed": request.POST,
        "place_words": place_words,
        "staff_name": staff_names(opened.owner),
        **(more or {}),
    }  # fmt: skip
    code = status or (400 if problems else 200)
    return render(request, "program/plans/plan.html", context, status=code)


@require_POST
@of_record(Permission.SIGN_PLANS, "plan")
def sign(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The person signs on this device, or a clinician signs for the team."""
    newest = newest_plan(opened.owner, opened.person.id)
    if newest is None or newest.id != request.POST.get("plan"):
        words = newest.words if newest else PlanWords()
        problems = [_("A newer version was saved; read and sign that one.")]
        return _page(request, opened, newest, words, problems=problems)
    name = request.POST.get("name", "")
    try:
        if "person" in request.POST:
            sign_by_person(opened.owner, plan=newest.id, name=name, by=opened.by, now=opened.now)
        else:
            role = min(opened.standing.roles & CLINICIANS, default="")
            sign_for_team(
                opened.owner,
                plan=newest.id,
                name=name or staff_name(opened.by),
                role=str(role),
                standing=opened.standing,
                by=opened.by,
                now=opened.now,
            )
    except (CannotSign, NotAllowed) as error:
        problems = sentences_of(error)
        return _page(request, opened, newest, newest.words, problems=problems)
    messages.success(request, _("Signed."))
    return redirect("program_plan", person=opened.person.id)


@of_record(Permission.WRITE_PLANS, "plan versions")
def versions(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every version, the newest first, each with what changed since the one before."""
    kept = plan_versions(opened.owner, opened.person.id)
    before = [PlanWords(), *(v.words for v in kept[:-1])] if kept else []
    rows = [(v, differences(was, v.words)) for v, was in zip(kept, before, strict=True)]
    context = {
        "person": opened.person,
        "rows": rows[::-1],
        "staff_name": staff_names(opened.owner),
        "place_words": place_words,
    }
    return render(request, "program/plans/versions.html", context)


@require_POST
@of_record(Permission.WRITE_PLANS, "plan")
def milestone(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A review or a certification was done today; or the state and payer are set."""
    kind, person = request.POST.get("kind", ""), opened.person.id
    if kind in set(ClockOf):
        note_milestone(
            opened.owner,
            person=person,
            kind=ClockOf(kind),
            on=opened.today,
            by=opened.by,
            now=opened.now,
        )
    else:
        state, payer = request.POST.get("state", ""), request.POST.get("payer", "")
        set_review(
            opened.owner,
            person=person,
            state=state if state in STATE_NAMES else "",
            payer=payer if payer in payer_words() else "",
            by=opened.by,
            now=opened.now,
        )
    return redirect("program_plan", person=person)


@needs(Permission.WRITE_PLANS)
def due(request: HttpRequest) -> HttpResponse:
    """What is overdue and due soon, for everybody in care."""
    owner, _actor = owner_here(request, Permission.WRITE_PLANS)
    today = timezone.localdate()
    items = due_list(owner, today, wall=timezone.get_current_timezone())
    context = {
        "items": items,
        "names": people_in_care(owner, {d.person for d in items}),
        "clock_words": clock_words(),
        "checked_words": checked_words,
    }
    return render(request, "program/plans/due.html", context)
