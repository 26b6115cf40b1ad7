"""A program's page: what it offers, in plain words, with a source and a date for every fact."""

from __future__ import annotations

from urllib.parse import urlencode
from zlib import crc32

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.design.caching import kept
from waypost.design.fact_sources import Origin, answered_in, origins, service_origins
from waypost.design.timetable_words import opening_lines, said_words, track_lines
from waypost.design.word_words import closed_words, word_rows
from waypost.directory.site import Site
from waypost.directory.timetables import still_said
from waypost.navigation.find_care import find_care
from waypost.navigation.need import Need
from waypost.navigation.one_site import as_option, place_of
from waypost.publishing.reader import Snapshot
from waypost.serving.process import snapshot_of
from waypost.values.wall_time import day_in
from waypost.web.doors import form_token, token_period
from waypost.web.find.keeping import carried
from waypost.web.frame import page_etag, render
from waypost.web.programs.callers import callers_of, callers_words
from waypost.web.programs.decides import decisive_lines, distance_line
from waypost.web.programs.facts import fact_rows, field_rows, json_ld, phone_rows
from waypost.web.programs.history import history_lines
from waypost.web.programs.signs import checked_words, number_signs, other_signs


def get_site(snapshot: Snapshot, site_id: str) -> Site:
    """The site of this id, or 404."""
    site = snapshot.site(site_id)
    if site is None:
        raise Http404(_("There is no program with this address."))
    return site


def site(request: HttpRequest, site_id: str) -> HttpResponseBase:
    """One program; a listing that is gone answers 410 and shows what is near."""
    callers = callers_words(callers_of(site_id))
    # The page carries a form, and what callers say: it is new when its token or their word is.
    more = f"-{token_period()}-{crc32(callers.encode()):x}"
    if settings.DEBUG:  # a template may have changed
        return _page(request, site_id, callers)
    return kept(request, page_etag(request, more), lambda: _page(request, site_id, callers))


def _page(request: HttpRequest, site_id: str, callers: str) -> HttpResponse:
    snapshot = snapshot_of(request)
    listing = get_site(snapshot, site_id)
    search = carried(request)
    place = place_of(snapshot, search.need) if search.searched else None
    need = Need(
        place=f"{listing.point.lat:.5f},{listing.point.lon:.5f}", radius_miles=None, page_size=6
    )
    now = timezone.now()
    today = day_in(listing.timezone, now)
    listing = still_said(listing, today)
    near = find_care(snapshot, need, now)
    sources, signs = origins(listing, snapshot.manifest), snapshot.signs(listing)
    context = {
        "site": listing,
        "phones": phone_rows(listing),
        "phone_hints": number_signs(signs),
        "callers": callers,
        "signs": other_signs(signs),
        "checked": checked_words(listing, today),
        "token": form_token(request, f"/site/{listing.id}/number"),
        "decides": decisive_lines(listing, search.need, place, now),
        "tracks": track_lines(listing, today),
        "openings": opening_lines(listing, today),
        "said": said_words(listing.facts.get("tracks") or listing.facts.get("openings")),
        "words": word_rows(listing, today),
        "closed": closed_words(listing, today),
        "distance": distance_line(as_option(listing, search.need, place), place),
        "answered": answered_in(snapshot.manifest),
        "search": search,
        "kept": listing.id in search.kept,
        "toggled": search.query(search.toggled(listing.id)),
        "rows": fact_rows(listing, today),
        "fields": field_rows(listing),
        "origins": sources,
        "service_origins": service_origins(sources),
        "origin_list": sorted({o.number: o for o in sources.values()}.values(), key=_number),
        "history": history_lines(listing),
        "near": [o for o in near.options if o.site.id != listing.id][:5],
        "json_ld": json_ld(listing),
        "questions": questions_to_ask(),
        "bring": what_to_bring(),
        "map_app": map_app(listing),
        "maps": map_services(listing),
    }
    return render(request, "programs/site.html", context, status=200 if listing.current else 410)


def _number(origin: Origin) -> int:
    return origin.number


def map_app(site: Site) -> str:
    """The place for a map application on the device (RFC 5870), '' where it is not known."""
    return f"geo:{site.point.lat},{site.point.lon}" if site.exact else ""


def map_services(site: Site) -> list[tuple[str, str]]:
    """Plain links that a person chooses to follow; [] where the address is withheld.

    Sources: OpenStreetMap's and Google's documented map addresses, Apple's Map Links reference.
    """
    if site.exact:
        to = f"{site.point.lat},{site.point.lon}"
    elif site.street:
        to = f"{site.street}, {site.city}, {site.state} {site.zip}"
    else:
        return []
    own = (
        "directions?" + urlencode({"to": to})
        if site.exact
        else "search?" + urlencode({"query": to})
    )
    google = urlencode({"api": 1, "destination": to})
    return [
        ("OpenStreetMap", f"https://www.openstreetmap.org/{own}"),
        ("Google Maps", f"https://www.google.com/maps/dir/?{google}"),
        ("Apple Maps", f"https://maps.apple.com/?{urlencode({'daddr': to})}"),
    ]


def questions_to_ask() -> list[str]:
    """What to ask on the telephone."""
    return [
        _("Which days and hours do the groups meet? Is there an evening group?"),
        _("Do you have an intensive outpatient program, and is there a place now, or a wait?"),
        _("Do you take my insurance? If not, what does a week cost, and is there a sliding fee?"),
        _("What happens at the first visit, and how soon can it be?"),
        _("Can I keep taking my medication, such as buprenorphine, methadone or naltrexone?"),
        _("Is there help with getting there, or with child care?"),
        _("What happens if I use while I am in the program?"),
        _("How is my family included, and what comes after the program?"),
    ]


def what_to_bring() -> list[str]:
    """What most first visits ask for."""
    return [
        _("A photo ID, if you have one"),
        _("Your insurance card, or a note of what you earn for a sliding fee"),
        _("A list of your medicines and doses"),
        _("The name of a doctor, court or helper who sent you, if there is one"),
        _("Someone you trust, if you would like company"),
    ]
