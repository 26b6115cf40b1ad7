"""Continuing care from the directory: looked for near the person, and kept with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from waypost.accounts.queries import owners
from waypost.accounts.roles import Permission
from waypost.design.facets import label
from waypost.desk.frame import render
from waypost.desk.program.door import Opened, of_record
from waypost.desk.program.near_care import ListedNearby, program_by_id, programs_near
from waypost.desk.program.progress.page import newest_stay
from waypost.navigation.need import LEVEL, Choices
from waypost.treatment.progress.actions import choose_care
from waypost.treatment.progress.transition import TYPED, ContinuingCare
from waypost.treatment.timetable.queries import setup_now

MOST = 5
LEVELS = ("outpatient", "iop", "php", "medication", "otp", "recovery-housing", "residential")
WISHES = (
    "group:veterans",
    "group:women",
    "language:spanish",
    "medication:buprenorphine",
    "medication:methadone",
    "payment:medicaid",
    "payment:medicare",
    "practical:child-care",
    "practical:peer",
    "telehealth:telehealth",
)
"""What is most often asked of continuing care; the public search has every facet."""


@dataclass(frozen=True, slots=True)
class CareAsked:
    """What the form says: where, which kind of care, and what it must have."""

    near: str
    level: str = LEVELS[0]
    wishes: tuple[str, ...] = ()
    name: str = ""
    phone: str = ""

    @property
    def choices(self) -> Choices:
        """The choices in the form that the search takes."""
        columns = sorted((f"{LEVEL}:{self.level}", *self.wishes))
        of_facet = groupby((column.split(":") for column in columns), key=lambda pair: pair[0])
        return tuple((facet, tuple(pair[1] for pair in pairs)) for facet, pairs in of_facet)


@of_record(Permission.DECIDE_PROGRESS, "continuing care")
def continuing_care(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Look, and choose one; the address holds neither the place nor what is looked for."""
    stay = newest_stay(opened)
    if stay is None:
        return redirect("program_progress", person=opened.person.id)
    asked = _asked(request, opened)
    if request.method != "POST" or request.POST.get("act") == "look":
        return _page(request, opened, asked, [])
    care = _chosen(request, asked)
    if care is None:
        problem = (
            _("Write the name of the place, and its number.")
            if request.POST.get("act") == "type"
            else _("This place is not in the directory any more. Choose another.")
        )
        return _page(request, opened, asked, [problem])
    choose_care(opened.owner, episode=stay, care=care, by=opened.by, now=opened.now)
    messages.success(request, _("Saved. Call the place before the person goes there."))
    response = redirect("program_progress", person=opened.person.id)
    response["Location"] += "#transition"
    return response


def _asked(request: HttpRequest, opened: Opened) -> CareAsked:
    post = request.POST
    level, name, phone = post.get("level", ""), post.get("name", ""), post.get("phone", "")
    wishes = tuple(wish for wish in post.getlist("wish") if wish in WISHES)
    near = " ".join(post.get("near", _usual_place(request, opened)).split())[:100]
    asked = CareAsked(near, wishes=wishes, name=name.strip()[:200], phone=phone.strip()[:40])
    return replace(asked, level=level) if level in LEVELS else asked


def _usual_place(request: HttpRequest, opened: Opened) -> str:
    """Where the person lives; the program's own address where that is not known."""
    if opened.person.words.address:
        return opened.person.words.address
    setup = setup_now(opened.owner)
    ours = [o.site_id for o in owners() if o.organization == opened.owner.organization]
    for number in [*([setup[0].site] if setup and setup[0].site else []), *ours]:
        site = program_by_id(request, number)
        if site is not None:
            return site.address
    return ""


def _chosen(request: HttpRequest, asked: CareAsked) -> ContinuingCare | None:
    if request.POST.get("act") == "type":
        known = bool(asked.name and asked.phone)
        return ContinuingCare(asked.name, asked.phone, source=TYPED) if known else None
    site = program_by_id(request, request.POST.get("site", "")[:80])
    return _kept(site) if site else None


def _kept(site: ListedNearby) -> ContinuingCare:
    return ContinuingCare(
        site.name, site.phone, site.address, site.source, site.as_of, site=site.id
    )


def _page(
    request: HttpRequest, opened: Opened, asked: CareAsked, problems: list[str]
) -> HttpResponse:
    context: Mapping[str, object] = {
        "person": opened.person,
        "typed": asked,
        "near": programs_near(request, asked.near, asked.choices, MOST),
        "levels": {level: label(f"{LEVEL}:{level}") for level in LEVELS},
        "wishes": {column: label(column) for column in WISHES},
        "problems": problems,
    }
    status = 400 if problems else 200
    return render(request, "program/progress/care.html", context, status=status)
