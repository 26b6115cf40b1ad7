"""The carriers' door: verify the signature, store, answer at once. The loop does the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cache

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from waypost.texting.actions.delivery import count
from waypost.texting.actions.hearing import take_in
from waypost.texting.carriers.making import make_carriers
from waypost.texting.carriers.port import CARRIERS, Carrier, WebhookCall
from waypost.texting.operator import Texting

log = logging.getLogger(__name__)


def carriers_first(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer a carrier's call before anything looks for a session, a person or a form's token.

    A carrier has none of them, and its signature is checked by the view.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method == "POST" and request.path_info.startswith(CARRIERS):
            try:
                view, _, words = resolve(request.path_info)
            except Resolver404:
                return get_response(request)
            answer: HttpResponseBase = view(request, **words)
            return answer
        return get_response(request)

    return middleware


@csrf_exempt
@require_POST
def carrier_said(request: HttpRequest, account: str, what: str) -> HttpResponse:
    """A carrier's webhook.

    A call that the carrier did not sign is refused with 403 and an empty body, leaves no row but a
    count, and costs the same whatever was wrong. Where the database does not answer the status is
    503, so that the carrier tries again and then its own fallback.
    """
    carrier = _carriers(settings.WAYPOST_TEXTING, settings.WAYPOST_DESK_URL).get(account)
    now = timezone.now()
    try:
        call = _call(request)
        if carrier is None or call is None or not carrier.verify(call, now):
            whose = account if carrier else "no such account"
            count("forged webhook", whose[:40], f"{now:%Y-%m-%d}", 1, now)
            return HttpResponse(status=403)
        take_in(account=account, news=carrier.parse(call), now=now)
    except DatabaseError:
        log.exception("A webhook of %s could not be stored.", account)
        return HttpResponse(status=503)
    body, kind = carrier.acknowledgment()
    return HttpResponse(body, content_type=kind)


carrier_said.permission = None  # type: ignore[attr-defined]  # signed calls only, no session


@cache
def _carriers(texting: Texting, public_url: str) -> Mapping[str, Carrier]:
    """The carriers that may call, by their accounts."""
    return make_carriers(texting, public_url)


def _call(request: HttpRequest) -> WebhookCall | None:
    """The call with our own public address, never the one that a proxy or a forger gives."""
    body = request.body
    try:
        fields = {name: tuple(request.POST.getlist(name)) for name in request.POST}
    except UnicodeError:
        return None
    return WebhookCall(
        url=settings.WAYPOST_DESK_URL + request.get_full_path(),
        body=body,
        headers={name.lower(): value for name, value in request.headers.items()},
        fields=fields,
    )
