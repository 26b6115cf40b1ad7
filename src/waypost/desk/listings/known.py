"""A listing of the published directory, by its id."""

from __future__ import annotations

from django.http import HttpRequest

from waypost.directory.site import Site
from waypost.publishing.reader import BadSnapshot
from waypost.serving.process import snapshot_of


def site_named(request: HttpRequest, site_id: str) -> Site | None:
    """The current listing with this id in the request's snapshot; None where there is none."""
    try:
        site = snapshot_of(request).site(site_id)
    except BadSnapshot:
        return None
    return site if site is not None and site.current else None
