"""Refuses what no page accepts: methods it does not name, unknown charsets, forged forms.

The pages set no cookie, so there is no session to abuse. What a forged form could do is send a
report, or a question to a payer, from a visitor's own address; those forms also carry a token.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable, Sequence
from email.message import Message
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from waypost.publishing.reader import BadSnapshot
from waypost.web.errors import no_directory, not_a_method, sent_from_elsewhere

GetResponse = Callable[[HttpRequest], HttpResponseBase]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

READ = ("GET", "HEAD", "OPTIONS")
FORM = ("GET", "HEAD", "OPTIONS", "POST")
APIS = re.compile(r"/(?:api|hsds|locator|fhir)(?:/|$)")
"""What answers for its methods itself, and has no forms of ours."""

CHARSETS = frozenset(
    {"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252"}
)
"""The charsets in which browsers send forms. Python knows many more, some of which are not text
(``rot13``, ``zlib``) and one of which takes forever (``punycode``)."""

TOKEN_SECONDS = 12 * 3600
_SALT = "waypost.web.doors"

log = logging.getLogger(__name__)


def takes_forms(view: View) -> View:
    """Mark a page's view as one that accepts a form."""
    view.methods = FORM  # type: ignore[attr-defined]
    return view


def takes_forms_from_elsewhere(view: View) -> View:
    """Mark a page's view as one that accepts a form of another site's page, for it does nothing."""
    view.from_elsewhere = True  # type: ignore[attr-defined]
    return takes_forms(view)


def methods_of(view: Callable[..., Any]) -> Sequence[str]:
    """The methods that a view accepts; by default a page is only read."""
    methods: Sequence[str] = getattr(view, "methods", READ)
    return methods


def doors(get_response: GetResponse) -> GetResponse:
    """The middleware that guards every page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        check_charset(request)
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponseBase | None:
        if APIS.match(request.path_info):
            return None
        return refusal(request, view)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        if not isinstance(error, BadSnapshot):
            return None
        log.error("%s", error)
        return no_directory(request)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def refusal(request: HttpRequest, view: Callable[..., Any]) -> HttpResponseBase | None:
    """405 with the allowed methods, 403 for another site's form; None if nothing is wrong."""
    methods = methods_of(view)
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ", ".join(methods)})
    if request.method not in methods:
        return not_a_method(request, methods)
    welcome = getattr(view, "from_elsewhere", False)
    if request.method == "POST" and not welcome and is_foreign(request):
        return sent_from_elsewhere(request)
    return None


def check_charset(request: HttpRequest) -> None:
    """Refuse text in a charset that no browser sends.

    Raises:
        BadRequest: the charset is not in `CHARSETS`.
    """
    content_type = request.META.get("CONTENT_TYPE", "")
    charset = charset_of(content_type) if content_type else ""
    if charset and charset not in CHARSETS:
        log.warning("A request was refused: its text is in an unsupported charset.")
        raise BadRequest("The text of this request is in an unsupported charset; send UTF-8.")


def charset_of(content_type: str) -> str:
    """The charset that a Content-Type names, in lower case; '' where it names none."""
    message = Message()
    message["Content-Type"] = content_type.replace("\r", " ").replace("\n", " ")
    return (message.get_content_charset() or "").strip().lower()


def is_foreign(request: HttpRequest) -> bool:
    """Whether a browser says that the page of another site sent this request.

    An ``Origin`` of ``null`` is what browsers send for our own forms too, since our pages ask them
    to send no referrer (Fetch, "append a request Origin header"): ``Sec-Fetch-Site`` then decides.
    """
    site = request.META.get("HTTP_SEC_FETCH_SITE")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.META.get("HTTP_ORIGIN")
    return origin not in (None, "null") and not _is_ours(request, str(origin))


def is_forged(request: HttpRequest) -> bool:
    """Whether a form that does something was not sent by a page of ours in a browser.

    Every browser says where a form comes from; a client that does not is not a browser. The token
    shows that the form was fetched here within half a day: an old or invented one is refused.
    """
    return not is_from_a_browser(request) or is_foreign(request) or not _token_holds(request)


def is_from_a_browser(request: HttpRequest) -> bool:
    """Whether a form says where it comes from, as every browser does."""
    return bool({"HTTP_SEC_FETCH_SITE", "HTTP_ORIGIN"} & request.META.keys())


def form_token(request: HttpRequest, sent_to: str = "") -> str:
    """The token that a form carries, good for half a day and for where the form is sent to.

    It identifies nobody. By default, a page sends its form to its own address.
    """
    return signing.TimestampSigner(salt=_SALT).sign(_purpose(sent_to or request.path_info))


def token_period() -> str:
    """Changes while a token of the page still holds: part of the ETag of a page with a form."""
    return str(int(time.time()) // (TOKEN_SECONDS // 4))


def _token_holds(request: HttpRequest) -> bool:
    try:
        purpose = signing.TimestampSigner(salt=_SALT).unsign(
            request.POST.get("token", ""), max_age=TOKEN_SECONDS
        )
    except signing.BadSignature:
        return False
    return purpose == _purpose(request.path_info)


def _purpose(path: str) -> str:
    """What a form is for: its address, in either language and at either of its steps."""
    return path.removeprefix("/es").removesuffix("/answer")


def _is_ours(request: HttpRequest, origin: str) -> bool:
    try:
        host = urlsplit(origin).netloc.lower()
    except ValueError:
        return False
    return host in (request.get_host().lower(), urlsplit(settings.WAYPOST_BASE_URL).netloc.lower())
