"""Who does something that harms in the wrong hands shows once more who they are.

A desk is left open, a session is taken: reading goes on, but such an act asks for the password or
the passkey again unless it was given in the last minutes. What was sent is kept, sealed, and comes
back to be looked over and sent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from waypost.desk.drafts.page import kept_path
from waypost.desk.sign_in.events import SINCE

View = Callable[..., HttpResponseBase]


def asks_again(view: View) -> View:
    """A view whose POST is done only by somebody who showed lately who they are."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method != "POST" or shown_lately(request):
            return view(request, *args, **kwargs)
        return _show_again(request)

    wrapped.asks_again = True  # type: ignore[attr-defined]
    return wrapped


def shown_lately(request: HttpRequest) -> bool:
    """Whether they signed in, or showed again who they are, in the last minutes (a setting)."""
    since = request.session.get(SINCE)
    age = timezone.now().timestamp() - since if isinstance(since, int | float) else -1.0
    fresh = 0 <= age < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
    return fresh or bool(did_recently_reauthenticate(request))


def _show_again(request: HttpRequest) -> HttpResponseBase:
    """To the password or the passkey; who has neither here signs in at their provider again."""
    to = urlencode({"next": kept_path(request)})
    ways = get_adapter().get_reauthentication_methods(request.user)
    if not ways:
        logout(request)
        return HttpResponseRedirect(f"{reverse('account_login')}?{to}")
    return HttpResponseRedirect(f"{ways[0]['url']}?{to}")
