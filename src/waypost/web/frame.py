"""The frame of every page: navigation, languages, caching by snapshot version."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, update_wrapper
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from waypost.design.assets import design_version
from waypost.design.caching import kept
from waypost.publishing.reader import BadSnapshot
from waypost.serving.process import snapshot_of
from waypost.values.plain import plain_bytes
from waypost.values.wall_time import days_now

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def render(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of ours with its navigation and its address in the other language."""
    path = request.path_info
    is_page = status == 200 and request.method == "GET"
    frame = {
        "navigation": main_links(),
        "footer_links": footer_links(),
        "other_language": other_language(request),
        "canonical": path if is_page else "",
        "alternates": _alternates(path) if is_page else [],
        "section": context.get("section", _section(path)),
    }
    text = loader.get_template(template).render(frame | context, None)
    return HttpResponse(plain_bytes(text), status=status)


def main_links() -> list[tuple[str, str]]:
    """The few places to go from anywhere."""
    return _main_links(translation.get_language())


@cache
def _main_links(_language: str | None) -> list[tuple[str, str]]:
    return [
        ("/find", _("Find a program")),
        ("/levels", _("Levels of care")),
        ("/guide", _("Is an IOP right?")),
        ("/coverage", _("Will my plan pay?")),
        ("/articles", _("Answers")),
    ]


def footer_links() -> list[tuple[str, str]]:
    """Where the site explains itself."""
    return _footer_links(translation.get_language())


@cache
def _footer_links(_language: str | None) -> list[tuple[str, str]]:
    return [
        ("/browse", _("Programs by state")),
        ("/about-the-data", _("About the data")),
        ("/privacy", _("Privacy")),
        ("/text-support", _("Text support")),
        ("/help-now", _("Help now")),
        ("/week", _("Your week in an IOP")),
        ("/near-or-away", _("Near home or away")),
        ("/check-ups", _("Check-ups")),
        ("/answers", _("Questions and answers")),
    ]


def other_language(request: HttpRequest) -> str:
    """The same page in the other language, its query kept."""
    path = request.path_info
    swapped = path[3:] if path.startswith("/es/") else f"/es{path}"
    query = request.META.get("QUERY_STRING", "") if request.method == "GET" else ""
    return f"{swapped}?{query}" if query else swapped


def _alternates(path: str) -> list[tuple[str, str]]:
    """The page's address in each language, for search engines."""
    bare = path[3:] if path.startswith("/es/") else path
    return [("en", bare), ("es", f"/es{bare}")]


def _section(path: str) -> str:
    bare = path.removeprefix("/es")
    return "/" + bare.split("/")[1] if "/" in bare else ""


def page_etag(request: HttpRequest, more: str = "") -> str:
    """A page changes when the snapshot, the design, the language, the day or ``more`` does."""
    try:
        version = snapshot_of(request).version[:16]
    except BadSnapshot:  # a page that needs no snapshot is still served
        version = "none"
    # What a program said of its places grows old by its own days.
    days = days_now(timezone.now())
    return f'W/"{version}-{design_version()}-{translation.get_language()}-{days}{more}"'


def cacheable(view: View[P]) -> View[P]:
    """Answer 304 to a client that has this exact page; caches may keep it but must revalidate."""

    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if settings.DEBUG:  # a template may have changed
            return view(request, *args, **kwargs)
        response = kept(request, page_etag(request), lambda: view(request, *args, **kwargs))
        assert isinstance(response, HttpResponse)
        return response

    return update_wrapper(wrapped, view)  # type: ignore[return-value]
