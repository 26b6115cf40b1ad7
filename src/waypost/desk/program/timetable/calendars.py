"""Calendar feeds of the program: made, shown once, revoked."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.roles import Permission
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.desk.program.door import owner_here
from waypost.treatment.records.queries import in_care, people_in_care
from waypost.treatment.timetable.actions import make_feed, revoke_feeds
from waypost.treatment.timetable.queries import feeds, setup_now


@needs(Permission.KEEP_TIMETABLE)
def calendars(request: HttpRequest) -> HttpResponse:
    """Private addresses for facilitators, rooms and people; each can be revoked."""
    owner, actor = owner_here(request, Permission.KEEP_TIMETABLE)
    setup = setup_now(owner)
    people = people_in_care(owner, in_care(owner))
    names = {number: person.called for number, person in people.items()}
    subjects = {
        **{f"facilitator:{f.id}": f.id for f in (setup[0].facilitators if setup else ())},
        **{f"room:{r.id}": r.id for r in (setup[0].rooms if setup else ())},
        **{f"person:{number}": name for number, name in names.items()},
    }
    address, problems, now = "", [], timezone.now()
    chosen = request.POST.get("subject", "")
    if "revoke" in request.POST:
        revoke_feeds(owner, ids=[request.POST["revoke"]], by=actor.person, now=now)
    elif request.method == "POST" and chosen in subjects:
        kind, _colon, subject = chosen.partition(":")
        token = make_feed(owner, kind=kind, subject=subject, by=actor.person, now=now)
        address = f"{settings.WAYPOST_DESK_URL}/calendar/{token}.ics"
    elif request.method == "POST":
        problems.append(_("Choose whose calendar it is."))
    context = {
        "subjects": subjects,
        "feeds": feeds(owner),
        "names": names,
        "address": address,
        "problems": problems,
    }
    status = 400 if problems else 200
    return render(request, "program/timetable/calendars.html", context, status=status)
