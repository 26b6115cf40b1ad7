"""What the API says of itself at its root."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

VERSION = "3.2.3"
PROFILE = "https://docs.openreferral.org/"
LOOPBACK = ("http://127.0.0.1", "http://localhost")


def base_url(request: HttpRequest) -> str:
    """Where the public reaches this site: as it is set, or where the request was sent to."""
    base: str = settings.WAYPOST_BASE_URL
    if base.startswith(LOOPBACK):  # nothing was set: a program on another port means that one
        return f"{request.scheme}://{request.get_host()}"
    return base


def about(request: HttpRequest) -> dict[str, Any]:
    """Version, profile, description and publisher, with absolute addresses."""
    base = base_url(request)
    return {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": f"{base}/hsds/openapi.json",
        "description": "Treatment for substance use and mental health in the United States, from "
        "federal and other public lists, with the source and the date of every fact.",
        "data_guide": f"{base}/about-the-data",
        "publisher": {"name": "Waypost", "website": base},
    }
