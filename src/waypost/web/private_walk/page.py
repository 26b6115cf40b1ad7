"""Search privately: a form sent by POST, and pages whose addresses say nothing.

The form is answered by a redirect to a sealed address (see `waypost.web.sealing`), so that Back and
Reload show the page again and never ask to send a form twice. What stands there is the very page
that the open address shows; its links and forms lead on under sealed addresses (`links`), through
filters, pages of results, programs, lists and the other language.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import resolve

from waypost.design.caching import PRIVATE
from waypost.design.environment import language_prefix
from waypost.web.doors import methods_of, takes_forms
from waypost.web.errors import not_a_method
from waypost.web.frame import render
from waypost.web.private_walk.links import PAGE, URLS, is_open_page, sealed_address, sealed_links
from waypost.web.private_walk.opened import opened
from waypost.web.sealing import LONGEST, Unreadable


@takes_forms
def begin(request: HttpRequest) -> HttpResponse:
    """Where a form leads that is sent privately: to the page that it names, under a sealed address.

    Raises:
        BadRequest: it names no page of ours, or is longer than an address can be.
    """
    if request.method != "POST":
        return _private(HttpResponseRedirect(f"{language_prefix()}/find"))
    page = request.POST.get(PAGE, "")
    if not is_open_page(page):
        raise BadRequest("A private form names a page of this site.")
    pairs = [(k, v) for k, vs in request.POST.lists() for v in vs if k != PAGE and v]
    address = sealed_address(language_prefix(), page, urlencode(pairs))
    if len(address) > LONGEST:
        raise BadRequest("This form holds more than a search.")
    return _private(HttpResponse(status=303, headers={"Location": address}))


@takes_forms
def walk(request: HttpRequest, sealed: str) -> HttpResponse:
    """The page that a sealed address leads to, with links that are sealed as well; a form of a
    program's page is sent to one and answered under it."""
    try:
        page, query = opened(sealed)
    except Unreadable:
        return _private(render(request, "private_walk/too_old.html", {}, status=410))
    match = resolve(page, urlconf=URLS)
    if request.method not in methods_of(match.func):
        return _private(not_a_method(request, methods_of(match.func)))
    request.path = request.path_info = language_prefix() + page
    request.META["QUERY_STRING"] = query
    request.META.pop("HTTP_IF_NONE_MATCH", None)  # the page is kept by nobody
    request.GET = QueryDict(query)
    response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    return _private(sealed_links(response, request.path_info))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = PRIVATE
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers.pop("ETag", None)
    return response
