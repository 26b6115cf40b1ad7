"""Report a problem with a listing: no account, nothing lost that was typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.directory.actions import BadReport, report_listing
from waypost.serving.process import snapshot_of
from waypost.web.frame import render
from waypost.web.problem_words import report_problem
from waypost.web.programs.page import get_site

VISITOR = "visitor"


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
    }
    if request.method != "POST":
        return render(request, "programs/report.html", context)
    if not _same_origin(request):
        context["problem"] = _("This form was sent from another site. Please send it from here.")
        return render(request, "programs/report.html", context, status=403)
    try:
        report_listing(site_id=site.id, kind=kind, text=text, by=VISITOR, now=timezone.now())
    except BadReport as error:
        context["problem"] = report_problem(error)
        return render(request, "programs/report.html", context, status=400)
    return render(request, "programs/report_thanks.html", {"site": site})


def _same_origin(request: HttpRequest) -> bool:
    """There is no session to abuse, but a report should come from a reader of ours."""
    return request.META.get("HTTP_SEC_FETCH_SITE", "same-origin") in ("same-origin", "none")
