"""Report a problem with a listing: no account, nothing lost that was typed."""

from __future__ import annotations

import logging

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.directory.actions import BadReport, report_listing
from waypost.serving.process import snapshot_of
from waypost.web.doors import form_token, is_forged, takes_forms
from waypost.web.errors import unchecked_form
from waypost.web.frame import render
from waypost.web.problem_words import report_problem
from waypost.web.programs.page import get_site

VISITOR = "visitor"

log = logging.getLogger(__name__)


def kinds() -> list[tuple[str, str]]:
    """What may be wrong, as the form offers it."""
    return [
        ("phone", _("The telephone number is wrong")),
        ("closed", _("The program has closed")),
        ("address", _("The address is wrong")),
        ("name", _("The name is wrong")),
        ("services", _("It does not offer what is listed")),
        ("website", _("The website is wrong")),
        ("other", _("Something else")),
    ]


@takes_forms
def report(request: HttpRequest, site_id: str) -> HttpResponse:
    """Show the form, or store a report for review and say what happens next."""
    site = get_site(snapshot_of(request), site_id)
    kind = request.POST.get("kind", "")
    text = request.POST.get("text", "")
    context = {
        "site": site,
        "kinds": kinds(),
        "kind": kind,
        "text": text,
        "problem": "",
        "token": form_token(request),
    }
    if request.method != "POST":
        return render(request, "programs/report.html", context)
    if is_forged(request):
        context["problem"] = unchecked_form()
        return render(request, "programs/report.html", context, status=403)
    try:
        report_listing(site_id=site.id, kind=kind, text=text, by=VISITOR, now=timezone.now())
    except BadReport as error:
        context["problem"] = report_problem(error)
        return render(request, "programs/report.html", context, status=400)
    except DatabaseError as error:
        log.error("A report could not be stored: %s", type(error).__name__)
        context["problem"] = _(
            "We could not store your report just now. What you wrote is still here: please send it "
            "again in a few minutes."
        )
        return render(request, "programs/report.html", context, status=503)
    return render(request, "programs/report_thanks.html", {"site": site})
