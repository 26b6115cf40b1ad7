"""Addresses of the APIs."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path

from waypost.api.answers import kept
from waypost.api.description import OpenAPI
from waypost.api.docs_page import docs_page
from waypost.api.door import nothing_here, open_door
from waypost.api.fhir import urls as fhir
from waypost.api.hsds.description import openapi as hsds_openapi
from waypost.api.hsds.urls import urlpatterns as hsds
from waypost.api.locator.description import api as locator
from waypost.api.reading import Json
from waypost.api.v1 import api


def opened(prefix: str, api: OpenAPI) -> URLResolver:
    """An API's addresses, each behind the open door."""

    def describe(request: HttpRequest) -> HttpResponseBase:
        return kept(request, None, lambda: _description(api))

    api.get("openapi.json", include_in_schema=False)(describe)
    patterns, app, namespace = api.urls
    for pattern in patterns:
        assert isinstance(pattern, URLPattern)
        pattern.callback = open_door(pattern.callback)
    return path(prefix, (patterns, app, namespace))


def _description(api: OpenAPI) -> HttpResponse:
    return HttpResponse(json.dumps(api.get_openapi_schema()), content_type="application/json")


def docs(request: HttpRequest) -> HttpResponseBase:
    """All APIs on one page."""
    return docs_page(request, descriptions())


def descriptions() -> dict[str, Json]:
    """Each API's description by its address."""
    described = (("/api/v1/openapi.json", api), ("/locator/openapi.json", locator))
    ninja: dict[str, Json] = {
        address: described_api.get_openapi_schema() for address, described_api in described
    }
    return ninja | {"/hsds/openapi.json": hsds_openapi()}


api.get("docs", include_in_schema=False)(docs)

urlpatterns = [
    opened("api/v1/", api),
    opened("locator/", locator),
    *fhir.urlpatterns,
    path("", include(hsds)),
    re_path(r"^(?:api|locator)(?:/|$)", open_door(nothing_here)),
]
