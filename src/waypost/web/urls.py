"""Addresses of the public site; each stands again under ``/es/`` in Spanish."""

from __future__ import annotations

from typing import Any

from django.urls import include, path

from waypost.web.find import browse_page
from waypost.web.find.page import find
from waypost.web.front.home_page import home

READ_LATER = (
    "front", "private_walk", "programs", "lists", "articles", "coverage", "guide", "week",
    "accuracy",
)  # fmt: skip
"""Rooms that are named, not included: each is loaded at its first request, so that a new worker is
ready a fifth sooner (`make bench`, cold start). They stand last: no page above waits for them."""


def _named(room: str, module: str = "urls") -> Any:
    """What `include` gives for a room, but by its name: Django loads it when it is asked."""
    return f"waypost.web.{room}.{module}", None, None


pages: list[Any] = [
    path("", home),
    path("find", find),
    path("browse", browse_page.states),
    path("browse/<str:code>", browse_page.state),
    path("browse/<str:code>/<str:fips>", browse_page.county),
    *(path("", _named(room)) for room in READ_LATER),
]

urlpatterns = [
    path("es/", include(pages)),
    *pages,
    path("", _named("front", "crawler_urls")),
]
