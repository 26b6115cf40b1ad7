"""The person's own page: open it with a code, my week, what I agreed to, check-in, I can't come."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.design.check_up_words import bam_check_up, read_bam
from waypost.design.days_words import hours_words
from waypost.design.program_words import closed_link_words
from waypost.design.words import date_text
from waypost.levels_of_care.safety.safety import the_safety
from waypost.personal.my_week.door import KEY, OwnRecord, asked_language, for_anyone, own, page
from waypost.personal.my_week.place import place_of_program
from waypost.personal.my_week.sessions import week_of
from waypost.treatment.own_page.actions import (
    LinkClosed,
    cannot_come,
    check_in,
    open_link,
)
from waypost.treatment.own_page.queries import announced_absences, check_ins
from waypost.treatment.plans.actions import CannotSign, sign_by_person
from waypost.treatment.plans.queries import agreed_plan, newest_plan, plan_versions
from waypost.treatment.timetable.actions import make_feed

LINES = ("helpline",)
NAMES = {"spanish": "Español", "english": "English"}
"""Each language by its own name, whatever the page speaks."""
LONGEST = timedelta(days=60)
MOST_REASON = 500


@for_anyone
def entrance(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask for the code; a wrong one is counted, and the page says nothing of anybody."""
    with translation.override(asked_language(request)):
        if request.method != "POST":
            return page(request, "entrance.html", {"problem": "", **NAMES})
        try:
            opened = open_link(token=token, code=request.POST.get("code", ""), now=timezone.now())
        except LinkClosed as error:
            problem = closed_link_words()[error.why]
            return page(request, "entrance.html", {"problem": problem, **NAMES}, status=403)
    request.session.cycle_key()  # a page opened before the code must not become the opened one
    request.session[KEY] = {
        "organization": opened.owner.organization,
        "person": opened.person,
        "link": opened.link,
    }
    return redirect("my_week")


@for_anyone
def closed(request: HttpRequest) -> HttpResponseBase:
    """Where somebody lands whose page is not open."""
    with translation.override(asked_language(request)):
        return page(request, "closed.html", {})


@require_POST
@for_anyone
def leave(request: HttpRequest) -> HttpResponseBase:
    """Close the page on this device."""
    request.session.pop(KEY, None)
    return redirect("my_closed")


@own
def week(request: HttpRequest, opened: OwnRecord) -> HttpResponse:
    """My week, my hours, what is next, and whom to call."""
    return _week(request, opened, "", {})


def _week(
    request: HttpRequest,
    opened: OwnRecord,
    problem: str,
    typed: dict[str, str],
    calendar: str = "",
) -> HttpResponse:
    today = timezone.localdate(opened.now)
    person = opened.person.id
    plans = plan_versions(opened.owner, person)
    agreed = next((plan for plan in reversed(plans) if plan.agreed), None)
    context = {
        "own": opened,
        "week": week_of(opened.owner, person, opened.now),
        "asked": agreed.words.week if agreed else None,
        "hours_words": hours_words,
        "waits": plans[-1] if plans and not agreed else None,
        "absences": announced_absences(opened.owner, since=today, person=person),
        "lines": [the_safety().lines[n] for n in LINES if n in the_safety().lines],
        "place": place_of_program(request, opened.owner),
        "today": today,
        "last": today + LONGEST,
        "problem": problem,
        "typed": typed,
        "calendar": calendar,
    }
    return page(request, "week.html", context, status=400 if problem else 200)


@require_POST
@own
def absence(request: HttpRequest, opened: OwnRecord) -> HttpResponse:
    """I can't come, with a reason; what is wrong comes back with everything typed."""
    typed = {name: request.POST.get(name, "").strip() for name in ("on", "reason")}
    today = timezone.localdate(opened.now)
    try:
        on = date.fromisoformat(typed["on"])
    except ValueError:
        return _week(request, opened, _("Choose the day on which you cannot come."), typed)
    if not today <= on <= today + LONGEST:
        return _week(request, opened, _("Choose a day from today on, within two months."), typed)
    if not typed["reason"]:
        return _week(request, opened, _("Write a word about why; “sick” is enough."), typed)
    if len(typed["reason"]) > MOST_REASON:
        sentence = _("Write at most %(most)s characters; “sick” is enough.")
        return _week(request, opened, sentence % {"most": MOST_REASON}, typed)
    said = announced_absences(opened.owner, since=on, person=opened.person.id)
    if any(row.on == on and row.reason == typed["reason"] for row in said):  # pressed twice
        return redirect("my_week")
    cannot_come(
        opened.owner,
        person=opened.person.id,
        on=on,
        session="",
        reason=typed["reason"],
        now=opened.now,
    )
    return redirect("my_week")


@require_POST
@own
def calendar(request: HttpRequest, opened: OwnRecord) -> HttpResponse:
    """The address of my sessions for a calendar, shown once; an older one stops working."""
    person = opened.person.id
    token = make_feed(
        opened.owner, kind="person", subject=person, by=f"self:{person}", now=opened.now
    )
    return _week(request, opened, "", {}, f"{settings.WAYPOST_DESK_URL}/calendar/{token}.ics")


@own
def plan(request: HttpRequest, opened: OwnRecord) -> HttpResponse:
    """What I agreed to; a newer version can be read and signed here."""
    newest, problem = newest_plan(opened.owner, opened.person.id), ""
    name = request.POST.get("name", "").strip()[:200]
    if request.method == "POST" and newest is not None:
        if newest.id != request.POST.get("plan", ""):
            problem = _(
                "Your counselor changed the plan in the meantime. Read it again, then sign."
            )
        elif not name:
            problem = _("Write your name to sign.")
    if request.method == "POST" and newest is not None and not problem:
        try:
            sign_by_person(
                opened.owner,
                plan=newest.id,
                name=name,
                by=f"self:{opened.person.id}",
                now=opened.now,
            )
            return redirect("my_plan")
        except (CannotSign, LookupError):
            problem = _("This cannot be signed yet. Write your name, or ask your counselor.")
    context = {
        "own": opened,
        "agreed": agreed_plan(opened.owner, opened.person.id),
        "newest": newest,
        "problem": problem,
        "name": name,
        "day_text": _day_text,
    }
    return page(request, "plan.html", context, status=400 if problem else 200)


def _day_text(typed: str) -> str:
    """A day of a plan in words; as it was typed where it is none."""
    try:
        return date_text(date.fromisoformat(typed))
    except ValueError:
        return typed


@own
def checking_in(request: HttpRequest, opened: OwnRecord) -> HttpResponse:
    """The BAM before a review: an unfinished one is kept, and can be finished later."""
    before = check_ins(opened.owner, opened.person.id)
    recent = before[-1] if before and before[-1].at > opened.now - timedelta(days=7) else None
    answers = dict(recent.answers) if recent else {}
    done = False
    said = read_bam(request.POST) if request.method == "POST" else {}
    if said:
        if said != answers:  # the button was not pressed twice
            check_in(opened.owner, person=opened.person.id, answers=said, now=opened.now)
        answers, done = said, True
    check_up = bam_check_up(answers, opened.language)
    context = {
        "own": opened,
        "check_up": check_up,
        "done": done,
        "empty": request.method == "POST" and not said,
        "unfinished": done and not check_up.result,
    }
    status = 400 if context["empty"] else 200
    return page(request, "check_in.html", context, status=status)
