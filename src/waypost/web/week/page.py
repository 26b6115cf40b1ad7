"""Your week in an IOP: a form in the address, a week and twelve weeks out, a calendar file."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from waypost.design.caching import PRIVATE
from waypost.design.saved_as import saved_as
from waypost.design.times import day_names, days_text, hours_text, span_text, time_text
from waypost.levels_of_care.hours import the_hours
from waypost.levels_of_care.week.calendar_file import calendar_file, wish_from_query
from waypost.levels_of_care.week.plan import Age, BadWeek, PlanFault, WeekPlan
from waypost.levels_of_care.week.query import FIELDS, plan_from_query, query_pairs
from waypost.levels_of_care.week.sessions import Week, least_hours, week_of
from waypost.navigation.hours import FreeTime, come_texts
from waypost.values.wall_time import WEEK
from waypost.web.frame import cacheable, render
from waypost.web.week import words
from waypost.web.week.form import week_form
from waypost.web.week.picture import week_picture


@require_safe
@cacheable
def week(request: HttpRequest) -> HttpResponse:
    """The page; without a query it shows an example."""
    try:
        plan = plan_from_query(_query(request))
    except BadWeek as error:
        return _refused(request, error.problems)
    given = any(name in request.GET for name in FIELDS)
    return render(request, "week/week.html", _context(request, plan, {}) | {"given": given})


@require_safe
def week_file(request: HttpRequest) -> HttpResponse:
    """The twelve weeks as an iCalendar file; nothing of it is kept."""
    now = timezone.now()
    problems: dict[str, PlanFault] = {}
    plan = wish = None
    try:
        plan = plan_from_query(_query(request))
    except BadWeek as error:
        problems |= error.problems
    try:
        wish = wish_from_query(_query(request), now.date())
    except BadWeek as error:
        problems |= error.problems
    if plan is None or wish is None:
        return _refused(request, problems, plan)
    file = HttpResponse(
        calendar_file(plan, wish, now, _calendar_words()),
        content_type="text/calendar; charset=utf-8",
    )
    file.headers["Content-Disposition"] = saved_as("week.ics")
    file.headers["Cache-Control"] = PRIVATE
    return file


def _query(request: HttpRequest) -> dict[str, list[str]]:
    return {name: [str(v) for v in request.GET.getlist(name)] for name in request.GET}


def _refused(
    request: HttpRequest, problems: Mapping[str, PlanFault], plan: WeekPlan | None = None
) -> HttpResponse:
    context = _context(request, plan, problems)
    return render(request, "week/week.html", context, status=400)


def _context(
    request: HttpRequest, plan: WeekPlan | None, faults: Mapping[str, PlanFault]
) -> dict[str, Any]:
    form = week_form(_query(request), faults)
    context: dict[str, Any] = {"form": form, "given": True, "week": None, "section": "/week"}
    context["hours"] = the_hours().names()
    if plan is None:
        return context
    week = week_of(plan)
    young = plan.age is Age.YOUNG
    reach = words.reach_text(week.reach, plan.age, short_of_days=week.short_of_days)
    return context | {
        "week": week,
        "plan": plan,
        "pairs": query_pairs(plan),
        "query": urlencode(query_pairs(plan)),
        "picture": week_picture(plan, week),
        "summary": _summary(plan, week),
        "reach": reach,
        "conflicts": words.conflict_texts(week.conflicts),
        "free": _free(week),
        "rows": _rows(plan, week),
        "phases": _phases(week),
        "bars": [
            (in_week.number, round(80 * in_week.minutes / week.minutes)) for in_week in week.weeks
        ],
        "ask": days_text(week.days),
        "come": _come(plan),
        "ask_time": span_text(plan.session.start, plan.session.end),
        "least": least_hours(plan.age),
        "most": the_hours().iop.most,
        "young": young,
    }


def _come(plan: WeekPlan) -> list[str]:
    """The hours of this week on every day that one can come, as the search reads them."""
    span = plan.session
    return come_texts(FreeTime(WEEK[day], span.start, span.end) for day in plan.days)


def _summary(plan: WeekPlan, week: Week) -> str:
    return ngettext(
        "%(n)s session a week, %(days)s, %(time)s: %(hours)s of treatment.",
        "%(n)s sessions a week, %(days)s, %(time)s: %(hours)s of treatment.",
        len(week.days),
    ) % {
        "n": len(week.days),
        "days": days_text(week.days),
        "time": span_text(plan.session.start, plan.session.end),
        "hours": hours_text(week.minutes),
    }


def _free(week: Week) -> list[str]:
    travel = hours_text(week.travel_minutes)
    rows = [
        _("%(hours)s of travel a week.") % {"hours": travel},
        _("About %(hours)s awake for everything else, with 8 hours of sleep a night.")
        % {"hours": hours_text(week.free_minutes // 60 * 60)},
    ]
    without = [day for day in range(7) if day not in week.days]
    if without:
        rows.append(_("Days without a session: %(days)s.") % {"days": days_text(without)})
    if week.free_evenings:
        evenings = days_text(week.free_evenings)
        rows.append(_("Free evenings, 6 to 9 pm: %(days)s.") % {"days": evenings})
    else:
        rows.append(_("No evening is free from 6 to 9 pm. Ask where rest would fit."))
    return rows


def _rows(plan: WeekPlan, week: Week) -> list[tuple[str, str, str, str]]:
    names = words.duty_names()
    rows = []
    for day, name in enumerate(day_names()):
        duties = [
            f"{names[duty.kind]}, {span_text(duty.span.start, duty.span.end)}"
            for duty in plan.duties
            if day in duty.days
        ]
        session = span_text(plan.session.start, plan.session.end) if day in week.days else ""
        travel = _travel(plan) if day in week.days else ""
        rows.append((name, session, travel, "; ".join(duties)))
    return rows


def _travel(plan: WeekPlan) -> str:
    if not plan.travel:
        return _("no travel")
    session = plan.session
    return _("leave at %(out)s, back at %(home)s") % {
        "out": time_text(session.start - plan.travel),
        "home": time_text(session.end + plan.travel),
    }


def _phases(week: Week) -> list[tuple[str, str, str, str]]:
    """The twelve weeks, weeks alike together: which, days, hours, called."""
    rows = []
    for (days, minutes, reach), group in groupby(
        week.weeks, key=lambda in_week: (in_week.days, in_week.minutes, in_week.reach)
    ):
        numbers = [in_week.number for in_week in group]
        first, last = numbers[0], numbers[-1]
        weeks = f"{first}"
        if first != last:
            weeks = _("%(first)s to %(last)s") % {"first": first, "last": last}
        called = words.phase_text(reach)
        rows.append((weeks, days_text(days), hours_text(minutes), called))
    return rows


def _calendar_words() -> dict[str, str]:
    """Neutral words: a calendar is often seen by others."""
    return {
        "title": _("My week"),
        "summary": _("Appointment"),
        "description": _("A plan to talk about, not a booking. Confirm the times by phone."),
    }
