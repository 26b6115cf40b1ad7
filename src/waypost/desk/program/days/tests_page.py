"""Drug tests: draw a day, keep what was collected and seen; the unexpected is a conversation."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.design.days_words import step_words
from waypost.design.program_faults import sentences_of
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.desk.program.days.page import local_day
from waypost.desk.program.door import owner_here
from waypost.treatment.attendance.queries import attended
from waypost.treatment.attendance.roster import DayAhead
from waypost.treatment.attendance.tally import week_of
from waypost.treatment.drug_tests.actions import BadStep, draw_day, keep_step
from waypost.treatment.drug_tests.draw import InDraw
from waypost.treatment.drug_tests.eligible import in_draw
from waypost.treatment.drug_tests.queries import drug_tests, seed_on
from waypost.treatment.drug_tests.result import STEPS, Panel, PanelReading, TestReading, TestStep
from waypost.treatment.records.actions import NoSuchRecord
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.queries import episodes, people_in_care
from waypost.treatment.timetable.meetings import meetings
from waypost.treatment.timetable.queries import setup_now, week_now


@needs(Permission.KEEP_TESTS)
def tests(request: HttpRequest) -> HttpResponse:
    """The tests of a day; a POST draws them."""
    owner, actor = owner_here(request, Permission.KEEP_TESTS)
    day = local_day(request.POST.get("day", "") or request.GET.get("day", ""))
    if request.method == "POST":
        people = of_day(owner, day)
        if people:
            try:
                draw_day(owner, day=day, people=people, by=actor.person, now=timezone.now())
            except DayAhead as error:
                return _page(request, owner, sentences_of(error), status=422)
        else:
            messages.info(request, _("Nobody is expected on this day, so nobody is drawn."))
        return redirect(f"/program/tests?day={day.isoformat()}")
    return _page(request, owner, [])


@require_POST
@needs(Permission.KEEP_TESTS)
def step(request: HttpRequest, test: str) -> HttpResponse:
    """Move a test on, with its readings where it has a result."""
    owner, actor = owner_here(request, Permission.KEEP_TESTS)
    to = request.POST.get("to", "")
    if to not in set(TestStep):
        return _page(request, owner, [_("Choose what happened.")])
    readings = [
        TestReading(panel, PanelReading(seen), f"expected-{panel}-{test}" in request.POST)
        for panel in Panel
        if (seen := request.POST.get(f"panel-{panel}-{test}", "")) in set(PanelReading)
    ]
    try:
        keep_step(
            owner, test=test, to=TestStep(to), readings=readings, by=actor.person,
            now=timezone.now(),
        )  # fmt: skip
    except BadStep as error:
        return _page(request, owner, sentences_of(error))
    except NoSuchRecord:
        raise Http404 from None
    return redirect(f"/program/tests?day={local_day(request.POST.get('day', ''))}")


def of_day(owner: Owner, day: date) -> list[InDraw]:
    """Everyone who is expected on a day, with their phase and the days of that week on which they
    come: those on a roster, and those whose groups nobody has opened yet.
    """
    setup = setup_now(owner)
    if setup is None:
        return []
    monday, _after = week_of(day)
    week = week_now(owner, monday).timetable
    days: dict[str, set[date]] = defaultdict(set)
    for meeting in meetings(setup[0], week, monday):
        for person in week.people_of.get(meeting.placing.group, ()):
            days[person].add(meeting.day)
    started = {e.person: e.started_on for e in episodes(owner, state=EpisodeState.ACTIVE)}
    for line in attended(owner, monday, monday + timedelta(days=6), started):
        days[line.person].add(line.day)
    here = [person for person, on in days.items() if day in on and person in started]
    return in_draw(here, started, {person: len(on) for person, on in days.items()}, day)


def _page(
    request: HttpRequest, owner: Owner, problems: list[str], *, status: int = 400
) -> HttpResponse:
    day = local_day(request.POST.get("day", "") or request.GET.get("day", ""))
    shown = drug_tests(owner, day=day)
    seed = seed_on(owner, day)
    people = people_in_care(owner, [test.person for test in shown])
    context = {
        "day": day,
        "tests": shown,
        "digest": seed[1] if seed else "",
        "names": {number: person.called for number, person in people.items()},
        "steps": {test.id: sorted(STEPS[test.step]) for test in shown},
        "step_words": step_words(),
        "panels": panel_words(),
        "readings": reading_words(),
        "problems": problems,
        "ahead": day > timezone.localdate(),
    }
    code = status if problems else 200
    return render(request, "program/days/tests.html", context, status=code)


def panel_words() -> dict[str, str]:
    """The substances of a test, by code."""
    return {
        "alcohol": _("Alcohol"),
        "amphetamines": _("Amphetamines"),
        "benzodiazepines": _("Benzodiazepines"),
        "buprenorphine": _("Buprenorphine"),
        "cannabis": _("Cannabis"),
        "cocaine": _("Cocaine"),
        "fentanyl": _("Fentanyl"),
        "methadone": _("Methadone"),
        "opiates": _("Opiates"),
        "oxycodone": _("Oxycodone"),
    }


def reading_words() -> dict[str, str]:
    """What a test shows, by code."""
    return {"negative": _("Negative"), "positive": _("Positive"), "invalid": _("Invalid")}
