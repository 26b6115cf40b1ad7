"""One site, with what every source says about every fact."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from waypost.api.answers import json_answer, kept
from waypost.api.problems import BadRequest
from waypost.api.sites.site_json import whole
from waypost.directory.timetables import still_said
from waypost.serving.process import snapshot_of
from waypost.values.wall_time import day_in, days_now


def one_site(request: HttpRequest, site_id: str) -> HttpResponseBase:
    """A site with all its claims; one that is no longer listed says ``"current": false``."""
    snapshot = snapshot_of(request)
    site = snapshot.site(site_id)
    if site is None:
        raise BadRequest({"site_id": f"There is no site called “{site_id[:40]}”."}, 404)
    now = timezone.now()
    stands = still_said(site, day_in(site.timezone, now))
    claims = snapshot.claims(site.id)
    return kept(request, snapshot, lambda: json_answer(whole(stands, claims)), days_now(now))
