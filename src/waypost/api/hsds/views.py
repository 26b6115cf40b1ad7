"""The addresses of HSDS: the same answer to every reader, and nothing that is kept of who asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import timezone

from waypost.api.answers import json_answer
from waypost.api.door import CORS, View, open_door
from waypost.api.hsds.about import about
from waypost.api.hsds.answers import answer
from waypost.api.hsds.asking import TAKEN, TAKEN_BY_ONE, read_ask
from waypost.api.hsds.body import parameters_of
from waypost.api.hsds.columns import HsdsDirectory, directory_of
from waypost.api.hsds.lists import LISTS
from waypost.api.problems import BadRequest, problem
from waypost.design import caching
from waypost.design.assets import design_version
from waypost.serving.process import snapshot_of

NOTHING_HERE = "There is nothing at this address. /hsds/openapi.json lists every address."
CHANGED = "That is not the version that If-Match names."


def hsds_door(*methods: str) -> Callable[[View], View]:
    """The open door for these methods. What is posted here is a search of public facts, so the
    answer to it may be read by pages of any origin too."""

    def decorate(view: View) -> View:
        @wraps(view)
        def only(request: HttpRequest, **path: Any) -> HttpResponseBase:
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            return view(request, **path)

        inner = open_door(only)

        @wraps(inner)
        def readable(request: HttpRequest, **path: Any) -> HttpResponseBase:
            response = inner(request, **path)
            if response.status_code == 412:
                response = problem(412, CHANGED)
            for name, value in CORS.items():
                response.headers[name] = value
            if request.method == "OPTIONS" and "Allow" in response.headers:
                response.headers["Access-Control-Allow-Methods"] = response.headers["Allow"]
            return response

        return readable

    return decorate


def _kept(
    request: HttpRequest, directory: HsdsDirectory, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """As every answer is kept; a change back to what was before is a change here as well."""
    version = directory.snapshot.version[:16]
    tag = f'W/"{version}-{directory.sites.last_changed:x}-{design_version()}"'
    return caching.kept(request, tag, make)


@hsds_door("GET")
def root(request: HttpRequest) -> HttpResponseBase:
    """What this API is, and where it is described."""
    read_ask(parameters_of(request), ())
    directory = directory_of(snapshot_of(request), timezone.now())
    return _kept(request, directory, lambda: json_answer(about(request)))


@hsds_door("GET", "POST")
def listed(request: HttpRequest, name: str) -> HttpResponseBase:
    """A list, by its parameters in the address or in a body."""
    kind = LISTS[name]
    directory = directory_of(snapshot_of(request), timezone.now())
    ask = read_ask(parameters_of(request), TAKEN[name])

    def make() -> HttpResponseBase:
        return answer(ask, *kind.find(directory, ask))

    if request.method == "GET":
        return _kept(request, directory, make)
    response = make()
    response.headers["Cache-Control"] = caching.PRIVATE
    return response


@hsds_door("GET")
def one(request: HttpRequest, name: str, record_id: str) -> HttpResponseBase:
    """One record with all that belongs to it; of a site that is gone as well."""
    kind = LISTS[name]
    ask = read_ask(parameters_of(request), TAKEN_BY_ONE.get(name, ()))
    directory = directory_of(snapshot_of(request), timezone.now())
    row = kind.by_id(directory, record_id.lower(), ask)
    if row is None:
        raise BadRequest({"id": f"There is no {kind.one} with the id “{record_id[:40]}”."}, 404)
    return _kept(request, directory, lambda: json_answer(row))


@hsds_door("GET", "POST")
def nothing(request: HttpRequest) -> HttpResponseBase:
    """Any other address below."""
    raise BadRequest({"address": NOTHING_HERE}, 404)
