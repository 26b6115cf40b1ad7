"""Gives every answer the language of its path and strict privacy headers."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponsePermanentRedirect
from django.urls import is_valid_path
from django.utils import translation

from waypost.design.caching import PRIVATE
from waypost.web.find.map_tiles import tile_origin

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def content_security_policy(tile_url: str, forms_to: str = "") -> str:
    """Only our own origin may serve anything; an operator's tile server may add pictures.

    ``forms_to`` is the address of our other process, to which a form may lead.
    """
    forms = " ".join(filter(None, ["'self'", tile_origin(forms_to)]))
    images = " ".join(filter(None, ["'self'", "data:", tile_origin(tile_url)]))
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self'; img-src {images}; "
        f"connect-src 'self'; form-action {forms}; base-uri 'none'; frame-ancestors 'none'; "
        "manifest-src 'self'"
    )


def _strict_transport(base_url: str) -> dict[str, str]:
    """Require HTTPS for a year, if the public reaches the site by it (RFC 6797).

    Django's own setting looks at whether the request came by TLS, which ends at the proxy.
    """
    if not base_url.startswith("https://"):
        return {}
    return {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def security_headers(get_response: GetResponse) -> GetResponse:
    """Add the headers that keep a visit between the visitor and this site."""
    headers = {
        "Content-Security-Policy": content_security_policy(
            settings.WAYPOST_TILE_URL, settings.WAYPOST_FORMS_TO
        ),
        "Cache-Control": PRIVATE,  # unless an answer says that it may be cached
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        **_strict_transport(settings.WAYPOST_BASE_URL),
        "Permissions-Policy": "geolocation=(self), camera=(), microphone=(), interest-cohort=()",
    }

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if response.status_code >= 400:
            response.headers["Cache-Control"] = PRIVATE
        return response

    return middleware


def language_from_path(get_response: GetResponse) -> GetResponse:
    """Use Spanish under ``/es/``; only the path decides, never a cookie or a header."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        language = "es" if request.path_info.startswith("/es/") else "en"
        translation.activate(language)
        request.LANGUAGE_CODE = language
        return get_response(request)

    return middleware


def one_address_each(get_response: GetResponse) -> GetResponse:
    """Redirect from a path with an extra final slash, or ``/es`` without one, to the page."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        better = _better_path(request.path_info)
        if not better or request.method not in ("GET", "HEAD"):
            return get_response(request)
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(quote(better) + (f"?{query}" if query else ""))

    return middleware


def _better_path(path: str) -> str:
    """The page meant by a path that is not a page; always a path of this site, or nothing."""
    if path == "/es":
        return "/es/"
    bare = path.rstrip("/")
    if bare == path or is_valid_path(path) or not is_valid_path(bare):
        return ""
    return "" if bare.startswith(("//", "/\\")) else bare
