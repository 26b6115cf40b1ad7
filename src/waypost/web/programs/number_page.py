"""“Did this number work?”: one tap after a call, without a cookie, an account or a script."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.directory.actions import count_number_answer
from waypost.directory.site import Site
from waypost.limits.limit import Limit
from waypost.serving.process import snapshot_of
from waypost.web.doors import is_forged, is_from_a_browser, takes_forms
from waypost.web.errors import unchecked_form
from waypost.web.frame import render
from waypost.web.programs.page import get_site
from waypost.web.programs.refused import FormRefusal, RefusedForm, read_form, sealed_form, see
from waypost.web.sealing import Unreadable
from waypost.web.visitor import visitor_address

log = logging.getLogger(__name__)

OF_ONE_LISTING = Limit("number answers by address and listing", most=1)
BY_ADDRESS = Limit("number answers by address", most=20)


@takes_forms
def number_answer(request: HttpRequest, site_id: str) -> HttpResponse:
    """Count a caller's yes or no and say thank you.

    A second answer for the same listing within the hour from the same connection is thanked for and
    not counted, so that one person cannot cast doubt on a program.
    """
    site = get_site(snapshot_of(request), site_id)
    if request.method != "POST":
        return render(request, "programs/number_thanks.html", {"site": site, "problem": ""})
    if not is_from_a_browser(request):  # it has no Back
        return _refused(request, site, FormRefusal.UNCHECKED)
    refusal = _why_not(request, site)
    if refusal is None:
        return see(f"{site.id}/number")
    return see(f"{site.id}/number/on/{sealed_form(RefusedForm(refusal))}")


def refused_number(request: HttpRequest, site_id: str, sealed: str) -> HttpResponse:
    """Why an answer was not counted; what is too old leads to the page where it was asked."""
    site = get_site(snapshot_of(request), site_id)
    try:
        return _refused(request, site, read_form(sealed).refusal)
    except Unreadable:
        return see(site.id)


def _why_not(request: HttpRequest, site: Site) -> FormRefusal | None:
    """Count the answer; why not, where it cannot be."""
    answer = request.POST.get("worked", "")
    if is_forged(request):
        return FormRefusal.UNCHECKED
    if answer not in ("yes", "no"):
        return FormRefusal.NO_ANSWER
    if _counts(request, site.id):
        try:
            count_number_answer(site_id=site.id, worked=answer == "yes", now=timezone.now())
        except DatabaseError as error:
            log.error("A caller's answer could not be counted: %s", type(error).__name__)
            return FormRefusal.NOT_STORED
    return None


def _refused(request: HttpRequest, site: Site, refusal: FormRefusal) -> HttpResponse:
    words_for = {
        FormRefusal.NO_ANSWER: _("Please choose yes or no."),
        FormRefusal.NOT_STORED: _(
            "We could not count your answer just now. Please try again in a few minutes."
        ),
    }
    context = {"site": site, "problem": words_for.get(refusal, unchecked_form())}
    status = RefusedForm(refusal).status
    return render(request, "programs/number_thanks.html", context, status=status)


def _counts(request: HttpRequest, site_id: str) -> bool:
    address = visitor_address(request, settings.WAYPOST_TRUSTED_PROXIES)
    now = time.monotonic()
    return not OF_ONE_LISTING.wait(f"{address} {site_id}", now) and not BY_ADDRESS.wait(
        address, now
    )
