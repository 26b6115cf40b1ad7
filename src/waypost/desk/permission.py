"""Every view of the desk names the permission that it needs."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from waypost.accounts.roles import Permission
from waypost.accounts.who_may import REFUSALS, Actor, Refusal, who_may
from waypost.desk.errors import refused

View = Callable[..., HttpResponseBase]


class Refused(Exception):
    """The actor may not do this; ``refusal`` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(REFUSALS[refusal])
        self.refusal = refusal


def asking(request: HttpRequest) -> Actor | None:
    """Who asks; None where nobody is signed in."""
    found: Actor | None = getattr(request, "actor", None)
    return found


def needs(permission: Permission) -> Callable[[View], View]:
    """A view that only those may open who hold ``permission`` somewhere.

    Where the record belongs to an organization, the view asks `ensure` again with its id.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            refusal = who_may(asking(request), permission)
            if refusal is Refusal.NOT_SIGNED_IN:
                to = urlencode({"next": request.get_full_path()})
                return HttpResponseRedirect(f"{reverse('account_login')}?{to}")
            if refusal is not None:
                return refused(request, refusal)
            try:
                return view(request, *args, **kwargs)
            except Refused as error:
                return refused(request, error.refusal)

        wrapped.permission = permission  # type: ignore[attr-defined]
        return wrapped

    return decorate


def ensure(request: HttpRequest, permission: Permission, organization: str) -> Actor:
    """The actor, who may do this for ``organization``; raises `Refused`."""
    actor = asking(request)
    refusal = who_may(actor, permission, organization)
    if refusal is not None or actor is None:
        raise Refused(refusal or Refusal.NOT_SIGNED_IN)
    return actor


def open_to_all(view: View) -> View:
    """A view that needs nobody to be signed in, and says so."""
    view.permission = None  # type: ignore[attr-defined]
    return view
