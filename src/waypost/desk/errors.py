"""Error pages of the desk, in its own frame."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from waypost.accounts.who_may import REFUSALS, Refusal
from waypost.desk.frame import render


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A page that says why nothing was done."""
    return render(request, "refused.html", {"sentence": _(REFUSALS[refusal])}, status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a POST that no page of ours sent, or that comes from an outdated page."""
    sentence = _("This form is too old, or did not come from this site. Go back and send it again.")
    return render(request, "refused.html", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page for an address where nothing is, or nothing that this person may see."""
    return render(request, "refused.html", {"sentence": _("There is nothing here.")}, status=404)


def unreadable(request: HttpRequest) -> HttpResponse:
    """The page for what holds a character that nobody types and no database stores."""
    sentence = _("Something in this cannot be read. Go back, type it again, and send it.")
    return render(request, "refused.html", {"sentence": sentence}, status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """The page for an error of ours, which the log records."""
    sentence = _("Something went wrong on our side. Nothing was changed. Please try again.")
    return render(request, "refused.html", {"sentence": sentence}, status=500)
