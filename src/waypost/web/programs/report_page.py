"""Report a problem with a listing: no account, nothing lost that was typed.

A browser's form is answered by a redirect: to thanks, or to a sealed address that shows why the
report was not taken, with everything that was typed (`waypost.web.programs.refused`).
"""

from __future__ import annotations

import logging
import math
import time
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.design.caching import PRIVATE
from waypost.design.directory_faults import directory_sentence
from waypost.directory.actions import BadReport, TooManyReports, report_listing
from waypost.directory.faults import DirectoryFault
from waypost.directory.reporting import MAX_TEXT, MOST_A_DAY, VISITOR
from waypost.directory.site import Site
from waypost.limits.limit import Limit
from waypost.serving.process import snapshot_of
from waypost.values.coded_fault import CodedFault
from waypost.web.doors import form_token, is_forged, is_from_a_browser, takes_forms
from waypost.web.errors import unchecked_form
from waypost.web.frame import render
from waypost.web.programs.page import get_site
from waypost.web.programs.refused import FormRefusal, RefusedForm, read_form, sealed_form, see
from waypost.web.sealing import Unreadable
from waypost.web.visitor import visitor_address

log = logging.getLogger(__name__)

BY_ADDRESS = Limit("reports by address", most=10)
ALARM = Limit("alarm: reports", most=1)
FAULTS: dict[StrEnum, FormRefusal] = {
    DirectoryFault.NO_KIND: FormRefusal.NO_KIND,
    DirectoryFault.NO_WORDS: FormRefusal.NO_WORDS,
    DirectoryFault.TOO_LONG: FormRefusal.TOO_LONG,
}
AGAIN_SECONDS = {FormRefusal.MANY_TODAY: 3600, FormRefusal.NOT_STORED: 300}
"""When to try again, where nobody knows when it will be possible."""


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
    """Show the form, or store a report for review and lead to what happens next."""
    site = get_site(snapshot_of(request), site_id)
    if request.method == "POST":
        return _sent(request, site)
    if request.GET.get("sent") == "yes":
        return render(request, "programs/report_thanks.html", {"site": site})
    return render(request, "programs/report.html", _form_context(request, site))


def refused_report(request: HttpRequest, site_id: str, sealed: str) -> HttpResponse:
    """The form again, with what was typed and why it was not taken."""
    site = get_site(snapshot_of(request), site_id)
    try:
        return _refused(request, site, read_form(sealed))
    except Unreadable:
        problem = _(
            "This page is too old: what you wrote is kept nowhere, and its address opens nothing "
            "any more. Please write it again."
        )
        return _form_page(request, _form_context(request, site, problem=problem), 410)


def _sent(request: HttpRequest, site: Site) -> HttpResponse:
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "")
    if not is_from_a_browser(request):  # it has no Back, and nothing of it is shown again
        return _refused(request, site, RefusedForm(FormRefusal.UNCHECKED))
    refusal, again_at = _checked(request)
    refusal = refusal or _stored(site.id, kind, text)
    if refusal is None:
        return see(f"{site.id}/report?sent=yes")
    offered = kind if kind in dict(kinds()) else ""
    form = RefusedForm(refusal, offered, text, again_at)
    sealed = sealed_form(form)
    if sealed is None:  # longer than the form lets anyone write: better shown once than lost
        return _refused(request, site, form)
    return see(f"{site.id}/report/on/{sealed}")


def _form_context(
    request: HttpRequest, site: Site, *, kind: str = "", text: str = "", problem: str = ""
) -> dict[str, Any]:
    return {
        "site": site,
        "kinds": kinds(),
        "kind": kind,
        "text": text,
        "problem": problem,
        "token": form_token(request, f"/site/{site.id}/report"),
    }


def _form_page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    context |= {"canonical": "", "alternates": []}
    page = render(request, "programs/report.html", context, status=status)
    page.headers["Cache-Control"] = PRIVATE
    return page


def _refused(request: HttpRequest, site: Site, form: RefusedForm) -> HttpResponse:
    """The form with its problem; without one when the time to wait has passed."""
    wait = form.wait(time.time()) or AGAIN_SECONDS.get(form.refusal, 0)
    over = form.refusal is FormRefusal.MANY_FROM_ONE and not wait
    problem = "" if over else _refusal_words(form.refusal, math.ceil(wait / 60))
    context = _form_context(request, site, kind=form.kind, text=form.text, problem=problem)
    page = _form_page(request, context, 200 if over else form.status)
    if wait:
        page.headers["Retry-After"] = str(wait)
    return page


def _refusal_words(refusal: FormRefusal, minutes: int) -> str:
    """Why a report is not taken, and what to do."""
    words_for = {
        FormRefusal.UNCHECKED: unchecked_form(),
        FormRefusal.NO_KIND: directory_sentence(DirectoryFault.NO_KIND),
        FormRefusal.NO_WORDS: directory_sentence(DirectoryFault.NO_WORDS),
        FormRefusal.TOO_LONG: directory_sentence(
            CodedFault(DirectoryFault.TOO_LONG, facts={"most": MAX_TEXT})
        ),
        FormRefusal.MANY_FROM_ONE: _(
            "Many reports came from your connection. What you wrote is still here: please send it "
            "again in %(minutes)s minutes."
        )
        % {"minutes": minutes},
        FormRefusal.MANY_TODAY: directory_sentence(DirectoryFault.TOO_MANY_TODAY),
        FormRefusal.NOT_STORED: _(
            "We could not store your report just now. What you wrote is still here: please send it "
            "again in a few minutes."
        ),
    }
    return words_for.get(refusal, words_for[FormRefusal.UNCHECKED])


def _checked(request: HttpRequest) -> tuple[FormRefusal | None, float]:
    """Whether a form of ours sent it, and not too many others from the same connection; with the
    second at which it can be sent again."""
    if is_forged(request):
        return FormRefusal.UNCHECKED, 0
    address = visitor_address(request, settings.WAYPOST_TRUSTED_PROXIES)
    wait = BY_ADDRESS.wait(address, time.monotonic())
    return (FormRefusal.MANY_FROM_ONE, time.time() + wait) if wait else (None, 0)


def _stored(site_id: str, kind: str, text: str) -> FormRefusal | None:
    """Store the report; why not, where it cannot be."""
    try:
        report_listing(site_id=site_id, kind=kind, text=text, by=VISITOR, now=timezone.now())
    except BadReport as error:
        return FAULTS[error.faults[0].code]
    except TooManyReports:
        if ALARM.wait("", time.monotonic()) == 0:
            log.error("ALARM: %s reports came in a day; no more are taken for now.", MOST_A_DAY)
        return FormRefusal.MANY_TODAY
    except DatabaseError as error:
        log.error("A report could not be stored: %s", type(error).__name__)
        return FormRefusal.NOT_STORED
    return None
