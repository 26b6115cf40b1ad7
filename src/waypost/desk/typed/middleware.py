"""Answers a button of a page with several parts: nothing that is typed in the others is lost."""

from __future__ import annotations

import copy
from collections.abc import Callable
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.messages.storage.base import BaseStorage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from waypost.desk.typed.parts import PART, filled

PRESSED = "part"
"""In a button's address: the part that it is of, "plan.sign"."""


def typed_stays(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Show a page again with what was typed in its other parts, in place of going on to it.

    Where the other parts say what is kept already, the answer stays as it is: a page that is
    loaded again then sends nothing twice.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response, saved = get_response(request), request.GET.get(PRESSED, "")
        if request.method != "POST" or not saved:
            return response
        if not isinstance(response, HttpResponse) or response.get("Content-Disposition"):
            return response
        if response.status_code == 302:
            return _shown_again(request, response, saved)
        if PART.encode() in response.content:
            page = response.content.decode()
            refused = response.status_code >= 400  # then its own part is not saved either
            part = saved.partition(".")[0] + "." if refused else saved
            response.content = filled(page, request.POST.getlist, part).encode()
        return response

    return middleware


def _shown_again(request: HttpRequest, response: HttpResponse, saved: str) -> HttpResponseBase:
    """The page that the answer leads to, filled; the answer itself where nothing would be lost."""
    if _differs(request, response, saved) is None:
        return response
    text = _("What you typed elsewhere on this page is still here, and not saved yet.")
    messages.info(request, text)
    page = _page_at(request, response, seen=True)
    if page is None:
        return response
    page.content = filled(page.content.decode(), request.POST.getlist, saved).encode()
    return page


def _differs(request: HttpRequest, response: HttpResponse, saved: str) -> bool | None:
    """Whether the page says something else than was typed; it is thrown away, not read."""
    page = _page_at(request, response, seen=False)
    kept = messages.get_messages(request)
    if isinstance(kept, BaseStorage):
        kept.used = False  # they are for whoever reads the page
    if page is None or PART.encode() not in page.content:
        return None
    text = page.content.decode()
    return True if filled(text, request.POST.getlist, saved) != text else None


def _page_at(request: HttpRequest, response: HttpResponse, *, seen: bool) -> HttpResponse | None:
    """The page of the desk that a redirect leads to; a page that nobody sees logs no read."""
    target = urlsplit(response["Location"])
    if target.scheme or target.netloc:
        return None
    try:
        match = resolve(target.path)
    except Resolver404:
        return None
    asked = copy.copy(request)
    asked.method, asked.path, asked.path_info = "GET", target.path, target.path
    asked.GET, asked.POST = QueryDict(target.query), QueryDict()
    asked.resolver_match = match
    asked.unseen = not seen  # type: ignore[attr-defined]
    page = match.func(asked, *match.args, **match.kwargs)
    return page if isinstance(page, HttpResponse) and page.status_code == 200 else None
