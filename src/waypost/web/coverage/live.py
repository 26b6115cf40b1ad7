"""The addresses of a live question in the public process, which asks no payer.

An old link or form finds the answer from public files here; what it carries of a person is not
read. The pages themselves stand in the private process (`config.live_urls`).
"""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from waypost.web.coverage import page
from waypost.web.doors import takes_forms


@takes_forms
def live_form(request: HttpRequest) -> HttpResponseBase:
    """The answer from public files."""
    return page.answer_step(request)


def shown_form(request: HttpRequest, sealed: str) -> HttpResponseBase:
    """The answer from public files."""
    return page.going(request, sealed)
