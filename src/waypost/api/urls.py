"""Addresses of the APIs."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from waypost.api.description import OpenAPI
from waypost.api.door import nothing_here, open_door
from waypost.api.locator.description import api as locator
from waypost.api.v1 import api


def opened(prefix: str, api: OpenAPI) -> URLResolver:
    """An API's addresses, each behind the open door."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        pattern.callback = open_door(pattern.callback)
    return path(prefix, (patterns, app, namespace))


urlpatterns = [
    opened("api/v1/", api),
    opened("locator/", locator),
    re_path(r"^(?:api|locator)(?:/|$)", open_door(nothing_here)),
]
