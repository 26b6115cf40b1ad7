"""A listing of the published directory, by its id."""

from __future__ import annotations

from waypost.directory.site import Site
from waypost.publishing.reader import BadSnapshot
from waypost.serving.process import current_snapshot


def site_named(site_id: str) -> Site | None:
    """The listing with this id that is in the directory now; None where there is none."""
    try:
        site = current_snapshot().site(site_id)
    except BadSnapshot:
        return None
    return site if site is not None and site.current else None
