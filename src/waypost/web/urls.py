"""Addresses of the public site; each stands again under ``/es/`` in Spanish."""

from __future__ import annotations

from typing import Any

from django.urls import include, path

from waypost.web.find import browse_page
from waypost.web.find.page import find
from waypost.web.front import words_pages
from waypost.web.front.home_page import home
from waypost.web.private_walk.page import begin, walk

READ_LATER = ("programs", "lists", "articles", "coverage", "guide", "week", "accuracy")
"""Rooms that are named, not included: each is loaded at its first request, so that a new worker is
ready a seventh sooner (`make bench`, cold start). They stand last: no page above waits for them."""


def _named(room: str) -> Any:
    """What `include` gives for a room, but by its name: Django loads it when it is asked."""
    return f"waypost.web.{room}.urls", None, None


pages: list[Any] = [
    path("", home),
    path("find", find),
    path("browse", browse_page.states),
    path("browse/<str:code>", browse_page.state),
    path("browse/<str:code>/<str:fips>", browse_page.county),
    path("about-the-data", words_pages.about_the_data),
    path("help-now", words_pages.help_now),
    path("privacy", words_pages.privacy),
    path("text-support", words_pages.text_support),
    path("private", begin),
    path("private/<str:sealed>", walk),
    *(path("", _named(room)) for room in READ_LATER),
]

urlpatterns = [
    path("es/", include(pages)),
    path("robots.txt", words_pages.robots),
    path("sitemap.xml", words_pages.sitemap),
    *pages,
]
