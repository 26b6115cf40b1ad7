"""Pages for what went wrong: a sentence that helps, and never a trace."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from waypost.web.frame import render


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return _page(
        request, 400, _("That request cannot be read"), _("Please start again from a page here.")
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: there is nothing at this address."""
    return _page(
        request,
        404,
        _("There is no such page"),
        _("The address may be mistyped, or the page may have moved."),
    )


def unchecked_form() -> str:
    """The sentence for a form that is too old or was not sent by a browser from here."""
    return _("We could not check where this form came from. Please send it again.")


def sent_from_elsewhere(request: HttpRequest) -> HttpResponse:
    """403: a form that another site's page sent."""
    return _page(
        request,
        403,
        _("This form was sent from another site"),
        _("Nothing was done with it. Please open the page here and send the form from there."),
    )


def not_a_method(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """405: the address is right and the method is not."""
    words = _("This address is not used that way. Please start again from a page here.")
    response = _page(request, 405, _("That cannot be done here"), words)
    response.headers["Allow"] = ", ".join(methods)
    return response


def no_directory(request: HttpRequest) -> HttpResponse:
    """503: there is no readable snapshot, so nothing can be searched."""
    response = _page(
        request,
        503,
        _("The directory is not ready"),
        _(
            "The list of programs cannot be read right now; it is being put in order. Please try "
            "again in a few minutes. The helpline below can find a program for you by telephone."
        ),
    )
    response.headers["Retry-After"] = "120"
    return response


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
