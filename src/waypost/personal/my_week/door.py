"""The door to a person's own page: the session that a link and its code opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template import loader
from django.utils import timezone, translation

from waypost.treatment.own_page.queries import link_works
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonSeen
from waypost.treatment.records.queries import person_in_care
from waypost.treatment.wall.queries import zone_of

KEY = "own page"
LANGUAGES = ("en", "es")


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """Whose page is open, and when."""

    owner: Owner
    person: PersonSeen
    now: datetime

    @property
    def language(self) -> str:
        """The language they chose to be spoken to in."""
        return self.person.words.language


View = Callable[..., HttpResponseBase]


def for_anyone(view: View) -> View:
    """A view that needs no staff session, and says so."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def own(view: View) -> View:
    """A view of the page that this browser has opened; otherwise it asks for the link again.

    A link that was revoked meanwhile closes the page at once.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, **more: Any) -> HttpResponseBase:
        opened = _opened(request)
        if opened is None:
            return redirect("my_closed")
        here = timezone.override(zone_of(opened.owner))
        with translation.override(opened.language), here:
            return view(request, opened, **more)

    return for_anyone(wrapped)


def _opened(request: HttpRequest) -> OwnRecord | None:
    kept, now = request.session.get(KEY), timezone.now()
    if not isinstance(kept, dict):
        return None
    owner = Owner(kept.get("organization", ""))
    if not link_works(owner, kept.get("link", ""), now):
        request.session.pop(KEY, None)
        return None
    person = person_in_care(owner, kept.get("person", ""))
    return OwnRecord(owner, person, now) if person else None


def page(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page in the reader's language; its title and address say nothing of anybody."""
    page_template = loader.get_template(f"my_week/{template}", using="pages")
    return HttpResponse(page_template.render(dict(context), request), status=status)


def asked_language(request: HttpRequest) -> str:
    """The language of the page before anybody is known: ``?lang=es``, or the browser's."""
    asked = request.GET.get("lang", "") or request.headers.get("Accept-Language", "")[:2]
    return asked if asked in LANGUAGES else "en"
