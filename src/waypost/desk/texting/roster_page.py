"""The roster of shifts: what is planned, what it covers, and who puts whom on it."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts.queries import person_name
from waypost.accounts.roles import Permission
from waypost.desk.frame import render
from waypost.desk.numbers import whole_number
from waypost.desk.permission import asking, needs
from waypost.desk.texting import words
from waypost.desk.texting.conversation_page import answerer, answerers
from waypost.desk.texting.faults import sentences_of
from waypost.texting.actions.staff import CannotSave, add_shift, withdraw_shift
from waypost.texting.faults import TextingFault
from waypost.texting.queries.roster import answers_around_the_clock, next_answer, shifts
from waypost.texting.roster import ShiftDuty
from waypost.values.wall_time import known_zones

ZONE = "America/New_York"


@require_safe
@needs(Permission.ANSWER_TEXTS)
def roster(request: HttpRequest) -> HttpResponse:
    """Two weeks of shifts."""
    return _page(request, {}, [])


def _page(request: HttpRequest, typed: dict[str, str], problems: list[str]) -> HttpResponse:
    now = timezone.now()
    context = {
        "shifts": shifts(now - timedelta(hours=12), now + timedelta(days=14)),
        "covered": answers_around_the_clock(now),
        "next": next_answer(now),
        "people": answerers(),
        "duties": list(ShiftDuty),
        "typed": {"zone": ZONE} | typed,
        "zone": ZoneInfo(typed.get("zone") or ZONE)
        if typed.get("zone", ZONE) in known_zones()
        else ZoneInfo(ZONE),
        "problems": problems,
        "words": words,
    }
    return render(request, "texting/roster.html", context, status=400 if problems else 200)


@require_POST
@needs(Permission.SUPERVISE_TEXTS)
def put_on_roster(request: HttpRequest) -> HttpResponse:
    """Put somebody on the roster; a mistake keeps what was typed."""
    actor = asking(request)
    typed = {
        n: request.POST.get(n, "").strip()[:120]
        for n in ("person", "duty", "begin", "end", "zone", "number")
    }
    try:
        begin, end = (_moment(typed[name], typed["zone"]) for name in ("begin", "end"))
        number = whole_number(typed["person"].partition(":")[2], 9)
        add_shift(
            person=answerer(typed["person"]),
            name=person_name(number) if number else "",
            duty=typed["duty"],
            begin=begin,
            end=end,
            alert_number=typed["number"],
            by=actor.person if actor else "",
            now=timezone.now(),
        )
    except CannotSave as error:
        return _page(request, typed, sentences_of(error))
    return redirect("desk_roster")


def _moment(text: str, zone: str) -> datetime:
    try:
        wall = datetime.fromisoformat(text)
        return wall.replace(tzinfo=ZoneInfo(zone)) if wall.tzinfo is None else wall
    except (ValueError, KeyError, OSError, OverflowError) as error:
        raise CannotSave(TextingFault.SHIFT_TIMES) from error


@require_POST
@needs(Permission.SUPERVISE_TEXTS)
def take_off_roster(request: HttpRequest, number: int) -> HttpResponse:
    """Take a shift off the roster."""
    actor = asking(request)
    withdraw_shift(number=number, by=actor.person if actor else "", now=timezone.now())
    return redirect("desk_roster")
