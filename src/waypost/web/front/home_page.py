"""Home: three questions: where, who it is for, how it will be paid."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from waypost.serving.process import snapshot_of
from waypost.web.frame import cacheable, render


@cacheable
def home(request: HttpRequest) -> HttpResponse:
    """The first page: a place, a person, how it is paid, and the way on."""
    payments = [
        ("medicaid", _("Medicaid")),
        ("private", _("Insurance from work or that I buy")),
        ("medicare", _("Medicare")),
        ("military", _("TRICARE or other military insurance")),
        ("cash", _("I pay myself")),
        ("low-cost", _("There is little or no money")),
    ]
    context = {
        "payments": payments,
        "manifest": snapshot_of(request).manifest,
    }
    return render(request, "front/home.html", context)
