"""The frame of the desk's pages: where a person can go, and who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template import loader
from django.utils.translation import gettext as _

from waypost.accounts.roles import Permission
from waypost.accounts.who_may import Actor, who_may
from waypost.treatment.consents.notices import NOTICE

PLACES = (
    ("/", Permission.SEE_DESK),
    ("/calls", Permission.CHECK_LISTINGS),
    ("/texting", Permission.ANSWER_TEXTS),
    ("/texting/words", Permission.READ_TEXT_WORDS),
    ("/sites", Permission.SEE_DESK),
    ("/publish", Permission.PUBLISH),
    ("/people", Permission.MANAGE_PEOPLE),
    ("/owners", Permission.CONFIRM_OWNERSHIP),
    ("/listings", Permission.SPEAK_FOR_LISTING),
    ("/tokens", Permission.MANAGE_TOKENS),
    ("/program/people", Permission.READ_RECORDS),
    ("/program/intake", Permission.KEEP_INTAKE),
    ("/program/due", Permission.WRITE_PLANS),
    ("/program/today", Permission.RECORD_ATTENDANCE),
    ("/program/week", Permission.SEE_TIMETABLE),
    ("/program/tests", Permission.KEEP_TESTS),
    ("/program/reports", Permission.SEE_REPORTS),
    ("/program/billing", Permission.SEE_BILLING),
    ("/program/log", Permission.READ_DISCLOSURES),
    ("/audit", Permission.READ_AUDIT),
    ("/health", Permission.SEE_DESK),
)


OF_RECORDS = "/program/"
"""Pages that may show a record: what is printed of them carries the notice of 42 CFR 2.32."""


def place_names() -> dict[str, str]:
    """The places of the desk, by address."""
    return {
        "/": _("Queue"),
        "/calls": _("Calls"),
        "/texting": _("Texts"),
        "/texting/words": _("Texts"),
        "/sites": _("Listings"),
        "/publish": _("Publish"),
        "/people": _("People"),
        "/owners": _("Owners"),
        "/listings": _("Your listings"),
        "/tokens": _("Tokens"),
        "/program/people": _("People in care"),
        "/program/intake": _("Intake"),
        "/program/due": _("Due"),
        "/program/today": _("Today"),
        "/program/week": _("Week"),
        "/program/tests": _("Tests"),
        "/program/reports": _("Reports"),
        "/program/billing": _("Billable units"),
        "/program/log": _("Reads and disclosures"),
        "/audit": _("Audit"),
        "/health": _("Health"),
    }


def frame_of(request: HttpRequest) -> dict[str, Any]:
    """What every page shows around its own content."""
    actor = getattr(request, "actor", None)
    names = place_names()
    places = _places(actor)
    return {
        "may": frozenset(p.name for p in Permission if who_may(actor, p) is None),
        "places": [(path, names[path]) for path in places],
        "here": _here(request.path_info, places),
        "me": getattr(getattr(request, "user", None), "name", "") if actor else "",
        "print_notice": NOTICE if request.path_info.startswith(OF_RECORDS) else "",
    }


def _places(actor: Actor | None) -> list[str]:
    """The places that somebody may open; what lies within a place is reached from there."""
    able = [path for path, needed in PLACES if who_may(actor, needed) is None]
    return [path for path in able if not any(_within(path, other) for other in able)]


def _within(path: str, place: str) -> bool:
    return place != "/" and path.startswith(f"{place}/")


def _here(path: str, places: list[str]) -> str:
    """The place that an address belongs to: the longest that it begins with."""
    around = [place for place in places if path == place or _within(path, place)]
    return max(around, key=len, default="")


def first_place(request: HttpRequest) -> str:
    """The first place that this person may open; "" where there is none."""
    return next(iter(_places(getattr(request, "actor", None))), "")


def start(request: HttpRequest) -> HttpResponseBase:
    """To the first place that this person may open; where there is none, the queue says why."""
    return redirect(first_place(request) or "/")


start.permission = None  # type: ignore[attr-defined]


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the desk."""
    page = loader.get_template(template, using="pages")
    return HttpResponse(page.render({**frame_of(request), **context}, request), status=status)


def for_sign_in_pages(request: HttpRequest) -> dict[str, Any]:
    """The same frame for allauth's own pages."""
    from waypost.design.assets import asset

    return frame_of(request) | {"style": asset("waypost.css"), "desk_style": asset("desk.css")}
