"""A program's people say when it meets and whether it has a place: one row for each."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.accounts.queries import owner_of
from waypost.accounts.queries import owners as all_owners
from waypost.accounts.roles import Permission
from waypost.accounts.who_may import Actor, who_may
from waypost.design.directory_faults import directory_words
from waypost.design.timetable_faults import fault_text
from waypost.desk.drafts.presence import others_on
from waypost.desk.frame import render
from waypost.desk.listings.known import site_named
from waypost.desk.listings.word_page import seen_version, speaker_of
from waypost.desk.permission import asking, ensure, needs
from waypost.directory.queries import said_now
from waypost.directory.said.actions import SaidMeanwhile, say_timetable_as_seen
from waypost.directory.said.queries import version_of_words
from waypost.directory.site import Site
from waypost.directory.timetables import HOLDS, OPENINGS, TRACKS
from waypost.values.placed_fault import Faulty
from waypost.values.timetable_csv import lines_of, object_of

COLUMNS = {
    TRACKS: ("id", "sessions", "zone", "hours_a_week", "attendance", "language", "starts_on"),
    OPENINGS: ("track", "places", "waiting_days", "next_start", "as_of"),
}
ROWS_MORE = 2
MOST_ROWS = 40
Line = dict[str, str]


@needs(Permission.SPEAK_FOR_LISTING)
def listings(request: HttpRequest) -> HttpResponse:
    """The listings that this person may speak for."""
    actor = asking(request)
    ours = [
        (o, site_named(request, o.site_id))
        for o in all_owners()
        if who_may(actor, Permission.SPEAK_FOR_LISTING, o.organization) is None
    ]
    return render(request, "listings/listings.html", {"listings": ours})


@needs(Permission.SPEAK_FOR_LISTING)
def listing(request: HttpRequest, site_id: str) -> HttpResponse:
    """One listing's tracks and openings; what is wrong comes back with everything typed."""
    actor = ensure(request, Permission.SPEAK_FOR_LISTING, owner_of(site_id))
    site = site_named(request, site_id)
    if site is None:
        raise Http404
    field = request.POST.get("field", "")
    problems: list[str] = []
    stands = {name: lines_of(site_id, said_now(site_id, name)) for name in HOLDS}
    lines, meanwhile = dict(stands), False
    if request.method == "POST" and field not in HOLDS:
        problems = [_("Press the button for the change that you want.")]
    elif request.method == "POST":
        lines[field] = _typed(request, field)
        try:
            problems = _say(request, site, field, lines[field], actor)
        except SaidMeanwhile as error:
            meanwhile, problems = True, directory_words(error)
        if not problems:
            messages.success(request, _("Saved. It goes out with the next publish."))
            return redirect("desk_listing", site_id=site_id)
    context = {
        "site": site,
        "rows": {name: [*lines[name], *_empty(name, site)] for name in HOLDS},
        "problems": problems,
        "refused": field if problems else "",
        "names": column_names(),
        "columns": COLUMNS,
        "stands": [_in_words(row) for row in stands.get(field, [])],
        "meanwhile": meanwhile,
        "seen": version_of_words(site_id),
        "others": others_on(request, f"site:{site_id}"),
    }
    status = 409 if meanwhile else 400 if problems else 200
    return render(request, "listings/listing.html", context, status=status)


def _empty(field: str, site: Site) -> list[Line]:
    return [{"zone": site.timezone} if field == TRACKS else {} for _row in range(ROWS_MORE)]


def _typed(request: HttpRequest, field: str) -> list[Line]:
    """The rows in which anything but the zone was typed."""
    rows = [
        {name: request.POST.get(f"{name}-{i}", "").strip() for name in COLUMNS[field]}
        for i in range(MOST_ROWS)
    ]
    return [row for row in rows if any(v for name, v in row.items() if name != "zone")]


def _in_words(row: Line) -> str:
    names = column_names()
    return ", ".join(f"{names[name]}: {value}" for name, value in row.items() if name in names)


def _say(
    request: HttpRequest, site: Site, field: str, lines: list[Line], actor: Actor
) -> list[str]:
    organization = owner_of(site.id)
    try:
        say_timetable_as_seen(
            site_id=site.id,
            field=field,
            value=[object_of(line) for line in lines],
            speaker=speaker_of(actor, organization),
            organization=organization,
            by=actor.person,
            now=timezone.now(),
            seen=seen_version(request),
            zone=site.timezone,
        )
    except Faulty as error:
        return [f"{_place(f.place, column_names())}: {fault_text(f)}" for f in error.faults]
    return []


def _place(place: str, names: Mapping[str, str]) -> str:
    """ "tracks[0].sessions[1].start" as "Row 1, Sessions"."""
    row, _dot, rest = place.partition(".")
    number = row.partition("[")[2].rstrip("]")
    column = names.get(rest.partition("[")[0].partition(".")[0], "")
    words = _("Row %(n)s") % {"n": int(number) + 1} if number.isdigit() else _("The table")
    return f"{words}, {column}" if column else words


def column_names() -> dict[str, str]:
    """The columns of both tables, in words."""
    return {
        "id": _("Short name"),
        "sessions": _("Sessions"),
        "zone": _("Time zone"),
        "hours_a_week": _("Hours a week"),
        "attendance": _("In person or telehealth"),
        "language": _("Language"),
        "starts_on": _("Starts on"),
        "track": _("Short name of the track"),
        "places": _("Places"),
        "waiting_days": _("Days of waiting"),
        "next_start": _("Next start"),
        "as_of": _("As of"),
    }
