"""All addresses of the private process: the desk, and the doors of people who are not staff.

A live question needs nobody to be signed in and no cookie: its forms carry a token of their own,
and its pages the public site's headers: they look and behave like the page that led there.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from waypost.api.coverage.live import submit
from waypost.config.live_urls import LIVE, SUBMIT
from waypost.desk import errors
from waypost.desk.permission import open_to_all
from waypost.personal import urls as personal
from waypost.publishing.reader import BadSnapshot
from waypost.web.doors import check_charset, refusal
from waypost.web.errors import no_directory
from waypost.web.middleware import security_headers

View = Callable[..., HttpResponseBase]


def for_everyone(view: View) -> Any:
    """A page for people who are not staff, guarded as the public site's pages are."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        def answer(asked: HttpRequest) -> HttpResponseBase:
            check_charset(asked)
            try:
                return refusal(asked, view) or view(asked, *args, **kwargs)
            except BadSnapshot:
                return no_directory(asked)

        return security_headers(answer)(request)

    return csrf_exempt(open_to_all(opened))


urlpatterns = [
    *(path(route, for_everyone(view)) for route, view in LIVE),
    path(SUBMIT, csrf_exempt(open_to_all(submit))),
    *personal.urlpatterns,
    path("", include("waypost.desk.urls")),
]
handler404 = errors.not_found
handler500 = errors.broken
