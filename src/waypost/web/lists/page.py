"""Your list: compare up to four programs side by side; print the list as a call sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from waypost.design.asked import asked_parts
from waypost.design.environment import language_prefix
from waypost.design.fact_sources import answered_in
from waypost.directory.site import Site
from waypost.navigation.engine_query import has_border
from waypost.navigation.one_site import as_option, place_of
from waypost.places.place import Place
from waypost.publishing.reader import Snapshot
from waypost.serving.process import snapshot_of
from waypost.values.wall_time import day_in
from waypost.web.find.keeping import MOST_COMPARED, MOST_KEPT, Carried, carried
from waypost.web.frame import cacheable, render
from waypost.web.programs.decides import DecisiveLine, decisive_lines, distance_line
from waypost.web.programs.facts import FactRow, PhoneRow, fact_rows, phone_rows
from waypost.web.programs.page import questions_to_ask, what_to_bring


@dataclass(frozen=True, slots=True)
class Cell:
    """A program's answer: values, each with whether all have it, or why there are none."""

    values: tuple[tuple[str, bool], ...]
    unknown: str


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One question, answered by each program in turn."""

    name: str
    cells: tuple[Cell, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class CallSheet:
    """One program on the list: numbers to call, how far, what decides, and the list without it."""

    site: Site
    phones: list[PhoneRow]
    distance: str
    decides: list[DecisiveLine]
    rest: str


def _sites(snapshot: Snapshot, search: Carried) -> list[Site]:
    sites = (snapshot.site(i) for i in search.kept)
    return [site for site in sites if site is not None]


@cacheable
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four programs side by side: what was asked for, what differs, and the rest folded."""
    snapshot = snapshot_of(request)
    search = carried(request, "site", MOST_COMPARED)
    sites = _sites(snapshot, search)
    place = place_of(snapshot, search.need) if search.searched else None
    now = timezone.now()
    facts = (fact_rows(site, day_in(site.timezone, now)) for site in sites)
    rows = [_row(cells) for cells in zip(*facts, strict=True)]
    context = {
        "programs": [(site, phone_rows(site)[:1]) for site in sites],
        "first": _first_rows(sites, search, place, now),
        "differing": [row for row in rows if row.differs],
        "same": [row for row in rows if not row.differs],
        "query": search.list_query([site.id for site in sites]),
        "search": search,
    }
    return render(request, "lists/compare.html", context)


def _first_rows(
    sites: list[Site], search: Carried, place: Place | None, now: datetime
) -> list[CompareRow]:
    """What was asked for and what most people need to know, as the programs' pages say it."""
    lines = [decisive_lines(site, search.need, place, now) for site in sites]
    rows = [
        CompareRow(answers[0].name, tuple(Cell(((a.answer, False),), "") for a in answers), True)
        for answers in zip(*lines, strict=True)
    ]
    if place is None:
        return rows
    far = [distance_line(as_option(site, search.need, place), place) for site in sites]
    return [CompareRow(_("How far"), tuple(Cell(((f, False),), "") for f in far), True), *rows]


def _row(answers: tuple[FactRow, ...]) -> CompareRow:
    shared = set.intersection(*(set(a.values) for a in answers))
    cells = tuple(Cell(tuple((v, v in shared) for v in a.values), a.unknown) for a in answers)
    return CompareRow(answers[0].name, cells, len(set(cells)) > 1)


@cacheable
def shortlist(request: HttpRequest) -> HttpResponse:
    """Your list: numbers, questions to ask, room for notes. It lives in the address alone."""
    snapshot = snapshot_of(request)
    search = carried(request, "site", MOST_KEPT)
    sites = _sites(snapshot, search)
    place = place_of(snapshot, search.need) if search.searched else None
    query = search.list_query([site.id for site in sites])
    address = f"{settings.WAYPOST_BASE_URL}{language_prefix()}/shortlist?{query}"
    context = {
        "sheets": [_sheet(site, sites, search, place) for site in sites],
        "needs": _needs(search, place),
        "place": place,
        "questions": questions_to_ask(),
        "bring": what_to_bring(),
        "query": query,
        "address": address,
        "by_text": f"sms:?&body={quote(address)}",
        "by_mail": f"mailto:?subject={quote(_('A list'))}&body={quote(address)}",
        "qr": qr_code(address),
        "search": search,
        "answered": answered_in(snapshot.manifest),
        "can_compare": len(sites) >= 2,
    }
    return render(request, "lists/shortlist.html", context)


def _sheet(site: Site, sites: list[Site], search: Carried, place: Place | None) -> CallSheet:
    option = as_option(site, search.need, place)
    rest = search.list_query([other.id for other in sites if other is not site])
    lines = decisive_lines(site, search.need, place, timezone.now())
    return CallSheet(site, phone_rows(site), distance_line(option, place), lines, rest)


def _needs(search: Carried, place: Place | None) -> list[str]:
    """What was asked for, for the top of the sheet; nobody's name is on it."""
    if not search.searched:
        return []
    about_point = place is not None and not has_border(place)
    return [part.words for part in asked_parts(search.need, about_point=about_point)]


def qr_code(text: str) -> Markup:
    """A QR code (ISO/IEC 18004) as an inline SVG; error correction L, for it is seen on a screen
    or on clean paper."""
    code = segno.make_qr(text, error="l")
    drawn = code.svg_inline(scale=2, border=2, omitsize=True, svgclass="qr", lineclass=None)
    return Markup(drawn)  # noqa: S704 - only modules of the code, no text
