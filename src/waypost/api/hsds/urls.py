"""The addresses of HSDS."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path, re_path

from waypost.api.answers import kept
from waypost.api.hsds.body import JSON
from waypost.api.hsds.description import openapi
from waypost.api.hsds.lists import LISTS
from waypost.api.hsds.package import package
from waypost.api.hsds.views import hsds_door, listed, nothing, one, root


@hsds_door("GET")
def described(request: HttpRequest) -> HttpResponseBase:
    """The API's own description."""
    return kept(request, None, lambda: HttpResponse(json.dumps(openapi()), JSON))


urlpatterns = [
    re_path(r"^hsds/?$", root),
    path("hsds/openapi.json", described),
    path("hsds/datapackage.zip", package),
    *(path(f"hsds/{name}", listed, {"name": name}) for name in LISTS),
    *(path(f"hsds/{name}/<str:record_id>", one, {"name": name}) for name in LISTS),
    re_path(r"^hsds/", nothing),
]
