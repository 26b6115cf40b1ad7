"""The two pages of a live question, if the operator turned it on.

Where it is off, the network code (httpx, the adapters) is not even loaded: what is not there cannot
leak, and a test checks that.
"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from waypost.web.coverage import page
from waypost.web.doors import takes_forms


@takes_forms
def live_form(request: HttpRequest) -> HttpResponseBase:
    """The consent and the form, or the answer from public files where nothing can be asked."""
    if settings.WAYPOST_ELIGIBILITY is None:
        return page.answer_step(request)
    from waypost.web.coverage import live_page

    return live_page.live_form(request)


@takes_forms
def live_answer(request: HttpRequest) -> HttpResponseBase:
    """The payer's answer, or the answer from public files where nothing can be asked."""
    if settings.WAYPOST_ELIGIBILITY is None:
        return page.answer_step(request)
    from waypost.web.coverage import live_page

    return live_page.live_answer(request)


def shown_form(request: HttpRequest, sealed: str) -> HttpResponseBase:
    """The form at its sealed address, or the answer from public files."""
    if settings.WAYPOST_ELIGIBILITY is None:
        return page.going(request, sealed)
    from waypost.web.coverage import live_page

    return live_page.shown_form(request, sealed)
