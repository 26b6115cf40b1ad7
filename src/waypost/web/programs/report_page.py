"""Report a problem with a listing: no account, nothing lost that was typed."""

from __future__ import annotations

import logging
import math
import time
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.design.environment import language_prefix
from waypost.directory.actions import BadReport, TooManyReports, report_listing
from waypost.directory.reporting import MOST_A_DAY, VISITOR
from waypost.limits.limit import Limit
from waypost.serving.process import snapshot_of
from waypost.web.doors import form_token, is_forged, takes_forms
from waypost.web.errors import unchecked_form
from waypost.web.frame import render
from waypost.web.problem_words import report_problem
from waypost.web.programs.page import get_site
from waypost.web.visitor import visitor_address

log = logging.getLogger(__name__)

BY_ADDRESS = Limit("reports by address", most=10)
ALARM = Limit("alarm: reports", most=1)


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
    """Show the form, or store a report for review and say what happens next.

    A report that is stored leads to a page of its own: Reload and Back never send it twice.
    """
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
        name = "report_thanks" if request.GET.get("sent") == "yes" else "report"
        return render(request, f"programs/{name}.html", context)
    refusal = _checked(request) or _stored(site.id, kind, text)
    if refusal is None:
        sent = f"{language_prefix()}/site/{site.id}/report?sent=yes"
        return HttpResponseRedirect(sent, status=303)
    context["problem"] = refusal.words
    response = render(request, "programs/report.html", context, status=refusal.status)
    if refusal.again_seconds:
        response.headers["Retry-After"] = str(refusal.again_seconds)
    return response


class _Refusal(NamedTuple):
    """Why a report is not taken; the form comes back with everything that was typed."""

    words: str
    status: int
    again_seconds: int = 0


def _checked(request: HttpRequest) -> _Refusal | None:
    """Whether a form of ours sent it, and not too many others from the same connection."""
    if is_forged(request):
        return _Refusal(unchecked_form(), 403)
    address = visitor_address(request, settings.WAYPOST_TRUSTED_PROXIES)
    wait = BY_ADDRESS.wait(address, time.monotonic())
    if not wait:
        return None
    words = _(
        "Many reports came from your connection. What you wrote is still here: please send it "
        "again in %(minutes)s minutes."
    )
    return _Refusal(words % {"minutes": math.ceil(wait / 60)}, 429, math.ceil(wait))


def _stored(site_id: str, kind: str, text: str) -> _Refusal | None:
    """Store the report; why not, where it cannot be."""
    try:
        report_listing(site_id=site_id, kind=kind, text=text, by=VISITOR, now=timezone.now())
    except BadReport as error:
        return _Refusal(report_problem(error), 400)
    except TooManyReports:
        if ALARM.wait("", time.monotonic()) == 0:
            log.error("ALARM: %s reports came in a day; no more are taken for now.", MOST_A_DAY)
        words = _(
            "More reports came today than can be read. What you wrote is still here: please send "
            "it again tomorrow. The program itself can be reached at the number on its page."
        )
        return _Refusal(words, 429, 3600)
    except DatabaseError as error:
        log.error("A report could not be stored: %s", type(error).__name__)
        words = _(
            "We could not store your report just now. What you wrote is still here: please send it "
            "again in a few minutes."
        )
        return _Refusal(words, 503, 300)
    return None
