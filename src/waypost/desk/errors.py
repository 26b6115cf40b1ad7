"""What is refused or not there, in our own frame."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from waypost.accounts.who_may import REFUSALS, Refusal
from waypost.desk.frame import render


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A sentence that says why; what was done is nothing."""
    return render(request, "refused.html", {"sentence": _(REFUSALS[refusal])}, status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A post that no page of ours sent, or one whose page is too old."""
    sentence = _("This form is too old, or did not come from this site. Go back and send it again.")
    return render(request, "refused.html", {"sentence": sentence}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing at this address, or it is not for the one who asks."""
    return render(request, "refused.html", {"sentence": _("There is nothing here.")}, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours; the log has it."""
    sentence = _("Something went wrong on our side. Nothing was changed. Please try again.")
    return render(request, "refused.html", {"sentence": sentence}, status=500)
