"""The queue: by tier, then by how long somebody waits; what is to be done; who was called."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from waypost.accounts.roles import Permission
from waypost.desk.frame import render
from waypost.desk.permission import asking, needs
from waypost.desk.texting import words
from waypost.desk.texting.faults import sentences_of
from waypost.texting.actions.staff import CannotSave, finish_follow_up
from waypost.texting.queries.queue import alerts_for, follow_ups, waiting
from waypost.texting.queries.roster import on_shift


@needs(Permission.ANSWER_TEXTS)
def text_queue(request: HttpRequest) -> HttpResponse:
    """Open conversations without their words: reading those is a step of its own, and recorded."""
    return _page(request, [])


def _page(request: HttpRequest, problems: list[str]) -> HttpResponse:
    actor, now = asking(request), timezone.now()
    me = actor.person if actor else ""
    context = {
        "now": now,
        "items": waiting(now, me),
        "alerts": alerts_for(me),
        "tasks": follow_ups(now),
        "on_shift": on_shift(now),
        "me_id": me,
        "words": words,
        "problems": problems,
    }
    status = 400 if problems else 200
    return render(request, "texting/queue.html", context, status=status)


@require_POST
@needs(Permission.ANSWER_TEXTS)
def follow_up_done(request: HttpRequest, number: int) -> HttpResponse:
    """A task is done, and how it went."""
    actor = asking(request)
    try:
        finish_follow_up(
            number=number,
            outcome=request.POST.get("outcome", ""),
            by=actor.person if actor else "",
            now=timezone.now(),
        )
    except CannotSave as error:
        return _page(request, sentences_of(error))
    return redirect("desk_texting")
