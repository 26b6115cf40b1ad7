"""Broadcasts: a draft, a preview of who, when and at what cost, and another person who sends it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from waypost.accounts.roles import Permission
from waypost.desk.frame import render
from waypost.desk.permission import asking, needs
from waypost.desk.sign_in.again import asks_again
from waypost.desk.texting import words
from waypost.desk.texting.faults import sentences_of
from waypost.texting.actions.staff import CannotSave, draft_broadcast, send_broadcast
from waypost.texting.faults import TextingFault
from waypost.texting.queries.series import approved_series
from waypost.texting.queries.staff import broadcast_preview, broadcasts


@require_safe
@needs(Permission.EDIT_SERIES)
def text_broadcasts(request: HttpRequest) -> HttpResponse:
    """Drafts with their previews, and what was sent."""
    return _page(request, {}, [])


def _page(request: HttpRequest, typed: dict[str, str], problems: list[str]) -> HttpResponse:
    actor, now = asking(request), timezone.now()
    every = broadcasts()
    context = {
        "drafts": [p for b in every if b.sent_at is None and (p := broadcast_preview(b.id, now))],
        "sent": [b for b in every if b.sent_at],
        "series": approved_series(),
        "typed": typed,
        "me_id": actor.person if actor else "",
        "problems": problems,
        "words": words,
    }
    return render(request, "texting/broadcasts.html", context, status=400 if problems else 200)


@require_POST
@needs(Permission.EDIT_SERIES)
def draft(request: HttpRequest) -> HttpResponse:
    """Keep a draft; it is shown with its preview."""
    actor = asking(request)
    typed = {name: request.POST.get(name, "") for name in ("series", "text_en", "text_es")}
    try:
        if typed["series"] not in {series.id for series in approved_series()}:
            raise CannotSave(TextingFault.NO_SERIES)
        draft_broadcast(**typed, by=actor.person if actor else "", now=timezone.now())
    except CannotSave as error:
        return _page(request, typed, sentences_of(error))
    return redirect("desk_broadcasts")


@require_POST
@needs(Permission.SUPERVISE_TEXTS)
@asks_again
def send(request: HttpRequest, number: int) -> HttpResponse:
    """Send a draft that another person wrote."""
    actor = asking(request)
    try:
        send_broadcast(number=number, by=actor.person if actor else "", now=timezone.now())
    except CannotSave as error:
        return _page(request, {}, sentences_of(error))
    return redirect("desk_broadcasts")
