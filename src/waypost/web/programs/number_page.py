"""“Did this number work?”: one tap after a call, without a cookie, an account or a script."""

from __future__ import annotations

import logging
import time

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.design.environment import language_prefix
from waypost.directory.actions import count_number_answer
from waypost.limits.limit import Limit
from waypost.serving.process import snapshot_of
from waypost.web.doors import is_forged, takes_forms
from waypost.web.errors import unchecked_form
from waypost.web.frame import render
from waypost.web.programs.page import get_site
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
    answer = request.POST.get("worked", "")
    if is_forged(request):
        return _refused(request, site_id, unchecked_form(), 403)
    if answer not in ("yes", "no"):
        return _refused(request, site_id, _("Please choose yes or no."), 400)
    if _counts(request, site.id):
        try:
            count_number_answer(site_id=site.id, worked=answer == "yes", now=timezone.now())
        except DatabaseError as error:
            log.error("A caller's answer could not be counted: %s", type(error).__name__)
            words = _("We could not count your answer just now. Please try again in a few minutes.")
            return _refused(request, site_id, words, 503)
    return HttpResponseRedirect(f"{language_prefix()}/site/{site.id}/number", status=303)


def _refused(request: HttpRequest, site_id: str, words: str, status: int) -> HttpResponse:
    site = get_site(snapshot_of(request), site_id)
    context = {"site": site, "problem": words}
    return render(request, "programs/number_thanks.html", context, status=status)


def _counts(request: HttpRequest, site_id: str) -> bool:
    address = visitor_address(request, settings.WAYPOST_TRUSTED_PROXIES)
    now = time.monotonic()
    return not OF_ONE_LISTING.wait(f"{address} {site_id}", now) and not BY_ADDRESS.wait(
        address, now
    )
