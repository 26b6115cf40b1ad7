"""Every view of the desk names the permission that it needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from waypost.accounts.roles import Permission
from waypost.accounts.who_may import Actor, Refusal, who_may
from waypost.audit.actions import record_event
from waypost.desk.drafts.page import kept_path
from waypost.desk.errors import refused

View = Callable[..., HttpResponseBase]


class Refused(Exception):
    """The actor may not do this; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def asking(request: HttpRequest) -> Actor | None:
    """Who is asking; None where nobody is signed in."""
    actor: Actor | None = getattr(request, "actor", None)
    return actor


def needs(permission: Permission) -> Callable[[View], View]:
    """A view open only to people who have ``permission`` in some organization.

    Where the record belongs to an organization, the view asks `ensure` again with its id.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = who_may(asking(request), permission)
            if refusal is Refusal.NOT_SIGNED_IN:
                to = urlencode({"next": kept_path(request)})
                return HttpResponseRedirect(f"{reverse('account_login')}?{to}")
            if refusal is not None:
                return _refused(request, permission, refusal)
            try:
                return view(request, *args, **kwargs)
            except Refused as error:
                return _refused(request, permission, error.refusal)

        wrapped.permission = permission  # type: ignore[attr-defined]
        return wrapped

    return decorate


def _refused(request: HttpRequest, permission: Permission, refusal: Refusal) -> HttpResponse:
    """The page that says so; who tried what is an event of the audit."""
    actor = asking(request)
    if actor is not None:
        record_event(
            act=f"was refused: {permission} ({refusal})",
            record="desk",
            by=actor.person,
            now=timezone.now(),
        )
    return refused(request, refusal)


def ensure(request: HttpRequest, permission: Permission, organization: str) -> Actor:
    """The actor, if they may do this for ``organization``; otherwise raises `Refused`."""
    actor = asking(request)
    refusal = who_may(actor, permission, organization)
    if refusal is not None or actor is None:
        raise Refused(refusal or Refusal.NOT_SIGNED_IN)
    return actor


def open_to_all(view: View) -> View:
    """A view that needs nobody to be signed in, and says so."""
    view.permission = None  # type: ignore[attr-defined]
    return view
