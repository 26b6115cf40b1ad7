"""Pages for what went wrong: a sentence that helps, and never a trace."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from waypost.web.frame import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return _page(
        request, 400, _("That request cannot be read"), _("Please start again from a page here.")
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing lives at this address."""
    return _page(
        request,
        404,
        _("There is no such page"),
        _("The address may be mistyped, or the page may have moved."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault."""
    return _page(
        request,
        500,
        _("Something went wrong on our side"),
        _("It is not your doing. Please try again in a minute. The helpline below always answers."),
    )


def _page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    context = {"heading": title, "words": words}
    return render(request, "error.html", context, status=status)
