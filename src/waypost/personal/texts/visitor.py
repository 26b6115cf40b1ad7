"""Where a form came from, for limits and against forged ones."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's network address as the server saw it; only a day's digest of it is kept."""
    return str(request.META.get("REMOTE_ADDR", ""))


def is_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent by a page of ours: browsers name another origin, and we refuse it."""
    origin = request.headers.get("Origin", "")
    if not origin:
        return True  # an old browser, or no browser: there is no session to steal here
    here = {request.get_host(), urlsplit(settings.WAYPOST_DESK_URL).netloc}
    return urlsplit(origin).netloc in here
