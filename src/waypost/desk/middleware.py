"""Headers of every answer of the private process, and who is asking."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import unquote

from allauth.usersessions.middleware import UserSessionsMiddleware
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils import timezone

from waypost.accounts.queries import actor
from waypost.accounts.when_may import sign_in_holds
from waypost.accounts.who_may import Actor
from waypost.design.caching import PRIVATE
from waypost.desk.drafts.page import kept_path
from waypost.desk.errors import unreadable, without_keys
from waypost.desk.sign_in.events import SECOND_FACTOR, SINCE
from waypost.files.keyring import CannotOpen

log = logging.getLogger(__name__)

GetResponse = Callable[[HttpRequest], HttpResponseBase]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",  # Django's check against forged posts over TLS reads it
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), publickey-credentials-get=(self)"
    ),
    "X-Robots-Tag": "noindex, nofollow",
}  # fmt: skip
BEFORE_A_SECOND_FACTOR = ("mfa_", "account_", "usersessions_")
"""Addresses, by the beginning of their name, that someone without a second factor may open."""


AS_IT_CAME = ("/texts/carrier/", "/api/", "/static/")
"""What a program sends is not typed: a webhook's text is kept whatever is in it."""

NUL = "\x00"

NOTED, NOTED_EVERY = "noted", 60
"""Where a session keeps its own key and when its use was noted, and the seconds between notes."""


def private_headers(get_response: GetResponse) -> GetResponse:
    """Keep browsers and anything in between from caching the desk."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if settings.WAYPOST_OPENID_ORIGIN:  # a form of ours may lead to the provider
            forms = f"form-action 'self' {settings.WAYPOST_OPENID_ORIGIN}"
            policy = POLICY.replace("form-action 'self'", forms)
            response.headers.setdefault("Content-Security-Policy", policy)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if not request.path_info.startswith("/static/"):
            response.headers["Cache-Control"] = PRIVATE
        return response

    return middleware


def no_nul(get_response: GetResponse) -> GetResponse:
    """A NUL in what is asked or sent is a 400: nobody types one, and no database keeps it."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(AS_IT_CAME):
            texts = [request.path_info, unquote(request.META.get("QUERY_STRING", ""))]
            if request.method == "POST":
                texts += [text for _name, values in request.POST.lists() for text in values]
            if any(NUL in text for text in texts):
                return unreadable(request)
        return get_response(request)

    return middleware


def keys_fit(get_response: GetResponse) -> GetResponse:
    """Say so where the keys open nothing: a database that was restored without its own."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    middleware.process_exception = _not_opened  # type: ignore[attr-defined]  # Django looks for it
    return middleware


def _not_opened(request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
    if not isinstance(exception, CannotOpen):
        return None
    log.error("The keys do not open what the database holds; restore the file of keys.")
    return without_keys(request)


def use_noted(get_response: GetResponse) -> GetResponse:
    """Note the use of a session at most once a minute: for its end, and for the list of sessions.

    Each page would otherwise write both rows. A session ends at most a minute sooner than its time
    after the last use, never later; one that signs in anew is noted at once.
    """
    tracked = UserSessionsMiddleware(get_response)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        session, seconds = request.session, timezone.now().timestamp()
        key, noted = session.get(NOTED) or ("", 0)  # read first: a forged cookie is empty then
        if session.is_empty():
            return get_response(request)
        if key == session.session_key and 0 <= seconds - noted < NOTED_EVERY:
            return get_response(request)
        session[NOTED] = [session.session_key, seconds]
        response: HttpResponseBase = tracked(request)
        return response

    return middleware


def who_asks(get_response: GetResponse) -> GetResponse:
    """Set ``request.actor``; someone without a second factor is led to set one up first.

    Whoever signed in too long ago is signed out, however busy they are.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.user.is_authenticated and not sign_in_holds(_since(request), timezone.now()):
            to = kept_path(request)
            logout(request)
            return redirect_to_login(to)
        asking = _actor(request)
        request.actor = asking  # type: ignore[attr-defined]
        if asking is not None and not asking.second_factor and not _may_go_on(request):
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def _since(request: HttpRequest) -> datetime | None:
    seconds = request.session.get(SINCE)
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int | float) else None


def _actor(request: HttpRequest) -> Actor | None:
    if not request.user.is_authenticated or request.user.pk is None:
        return None
    from allauth.mfa.utils import is_mfa_enabled

    theirs = request.session.get(SECOND_FACTOR) is True  # the identity provider asked for one
    return actor(request.user.pk, second_factor=theirs or is_mfa_enabled(request.user))


def _may_go_on(request: HttpRequest) -> bool:
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return True  # nothing to protect: the answer will be "not found"
    return name.startswith(BEFORE_A_SECOND_FACTOR)
