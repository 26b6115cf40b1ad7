"""Programs by state and county: counts and links, for people and for search engines."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.navigation.find_care import find_care
from waypost.navigation.need import Need
from waypost.places.place import Found
from waypost.places.states import STATE_NAMES
from waypost.publishing.reader import Snapshot
from waypost.serving.process import snapshot_of
from waypost.web.frame import cacheable, render


@cacheable
def states(request: HttpRequest) -> HttpResponse:
    """Every state and territory with how many sites and IOPs it has."""
    counts = snapshot_of(request).counts_by_state()
    rows = [
        (code.lower(), STATE_NAMES.get(code, code), c.sites, c.iops)
        for code, c in sorted(counts.items(), key=lambda kv: STATE_NAMES.get(kv[0], kv[0]))
    ]
    totals = (sum(row[2] for row in rows), sum(row[3] for row in rows))
    return render(request, "find/browse.html", {"rows": rows, "totals": totals})


@cacheable
def state(request: HttpRequest, code: str) -> HttpResponse:
    """The counties of a state."""
    name = _state_name(code)
    counts = snapshot_of(request).counts_by_county(code.upper())
    rows = [
        (fips, c.name, c.sites, c.iops)
        for fips, c in sorted(counts.items(), key=lambda kv: kv[1].name)
    ]
    return render(request, "find/browse_state.html", {"code": code, "name": name, "rows": rows})


@cacheable
def county(request: HttpRequest, code: str, fips: str) -> HttpResponse:
    """The programs of a county, IOPs first."""
    name = _state_name(code)
    snapshot = snapshot_of(request)
    sites = [s for s in map(snapshot.site, snapshot.ids_in_county(fips)) if s and s.current]
    sites = [s for s in sites if s.state == code.upper()]
    if not sites:
        raise Http404(_("There is no county with this address."))
    sites.sort(key=lambda s: (s.name.casefold(), s.name2.casefold(), s.id))
    context = {
        "code": code,
        "name": name,
        "county": sites[0].county,
        "iops": [s for s in sites if "OIT" in s.codes],
        "others": [s for s in sites if "OIT" not in s.codes],
        "nearest": _nearest(snapshot, sites[0].county, code),
    }
    return render(request, "find/browse_county.html", context)


def _nearest(snapshot: Snapshot, county_name: str, code: str) -> str:
    """A place text that searches about the county, or '' where none resolves."""
    key = f"{county_name}, {code.upper()}"
    resolution = snapshot.gazetteer.resolve(key)
    if not isinstance(resolution, Found):
        return ""
    answer = find_care(snapshot, Need(place=resolution.place.key), timezone.now())
    return resolution.place.key if answer.place else ""


def _state_name(code: str) -> str:
    name = STATE_NAMES.get(code.upper())
    if name is None:
        raise Http404(_("There is no state with this address."))
    return name
