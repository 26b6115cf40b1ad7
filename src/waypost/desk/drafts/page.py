"""What was typed when the session had ended, shown again after signing in."""

from __future__ import annotations

import time
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.utils import timezone

from waypost.desk.drafts.actions import Typed, keep_draft, open_draft
from waypost.desk.drafts.words import act_at
from waypost.desk.frame import render
from waypost.limits.limit import Limit

NEVER_KEPT = ("csrfmiddlewaretoken", "password")
OF_THE_PAGE = ("seen", "newest", "once")
"""Fields that the page had written itself: they are sent again, and nobody needs to read them."""
BY_ADDRESS = Limit("drafts by address", most=29)


def kept_path(request: HttpRequest) -> str:
    """Where to go after signing in: to the page, or to what was typed on it."""
    path = request.get_full_path()
    if request.method != "POST" or request.path_info.startswith(("/account/", "/api/")):
        return path
    if BY_ADDRESS.wait(request.META.get("REMOTE_ADDR", ""), time.monotonic()):
        return path
    token = keep_draft(path=path, typed=typed_in(request), now=timezone.now())
    return f"/drafts/{token}" if token else path


def typed_in(request: HttpRequest) -> Typed:
    """What a form says, without what must not be kept."""
    return {
        name: values
        for name, values in request.POST.lists()
        if not any(word in name for word in NEVER_KEPT)
    }


def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The fields, and a button that sends them where they were going; nothing is sent by itself."""
    actor = getattr(request, "actor", None)
    if actor is None:
        to = urlencode({"next": request.get_full_path()})
        return HttpResponseRedirect(f"/account/login/?{to}")
    kept = open_draft(token=token, person=actor.person, now=timezone.now())
    if kept is None:
        raise Http404
    path, typed = kept
    return draft_page(request, path, typed)


def draft_page(request: HttpRequest, path: str, typed: Typed, *, status: int = 200) -> HttpResponse:
    """What was typed, to be looked over and sent."""
    fields = [(name, value) for name, values in typed.items() for value in values]
    context = {"path": path, "fields": fields, "act": act_at(path), "hidden": OF_THE_PAGE}
    return render(request, "drafts/draft.html", context, status=status)


draft.permission = None  # type: ignore[attr-defined]  # whoever is signed in, with their own key
