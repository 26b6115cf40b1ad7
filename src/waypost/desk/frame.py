"""The frame of the desk's pages: where a person can go, and who is signed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils.translation import gettext as _

from waypost.accounts.queries import person_name
from waypost.accounts.roles import Permission
from waypost.accounts.who_may import who_may

PLACES = (
    ("/", Permission.SEE_DESK),
    ("/people", Permission.MANAGE_PEOPLE),
    ("/owners", Permission.CONFIRM_OWNERSHIP),
    ("/listings", Permission.SPEAK_FOR_LISTING),
    ("/tokens", Permission.MANAGE_TOKENS),
    ("/audit", Permission.READ_AUDIT),
    ("/health", Permission.SEE_DESK),
)


def place_names() -> dict[str, str]:
    """The places of the desk, by address."""
    return {
        "/": _("Queue"),
        "/people": _("People"),
        "/owners": _("Owners"),
        "/listings": _("Your listings"),
        "/tokens": _("Tokens"),
        "/audit": _("Audit"),
        "/health": _("Health"),
    }


def frame_of(request: HttpRequest) -> dict[str, Any]:
    """What every page shows around its own content."""
    actor = getattr(request, "actor", None)
    names = place_names()
    person = int(actor.person.partition(":")[2]) if actor else 0
    return {
        "places": [
            (path, names[path]) for path, needed in PLACES if who_may(actor, needed) is None
        ],
        "here": "/" + request.path_info.split("/")[1],
        "me": person_name(person) if person else "",
    }


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the desk."""
    page = loader.get_template(template, using="pages")
    return HttpResponse(page.render({**frame_of(request), **context}, request), status=status)


def for_sign_in_pages(request: HttpRequest) -> dict[str, Any]:
    """The same frame for allauth's own pages."""
    from waypost.design.assets import asset

    return frame_of(request) | {"style": asset("waypost.css"), "desk_style": asset("desk.css")}
