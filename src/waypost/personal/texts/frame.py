"""The frame of texting's pages for people: language, the lines that answer, a quick exit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.utils import timezone, translation
from django.utils.translation import get_language

from waypost.levels_of_care.safety.safety import the_safety
from waypost.texting.queries.roster import (
    answers_around_the_clock,
    next_answer,
    somebody_answers,
)
from waypost.texting.words.hours import when_words
from waypost.values.plain import plain

ZONE = "America/New_York"
"""The clock on which hours are told to somebody whose own is not known; the page names it."""


def spoken(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of people who are not staff, in the language of its address; needs no permission."""

    @wraps(view)
    def wrapped(request: HttpRequest, language: str = "en", **named: Any) -> HttpResponse:
        with translation.override(language):
            return view(request, **named)

    wrapped.permission = None  # type: ignore[attr-defined]
    return wrapped


def language() -> str:
    """ "en" or "es": the language of this page."""
    return "es" if (get_language() or "").startswith("es") else "en"


def prefix() -> str:
    """What addresses of this language begin with."""
    return "/es" if language() == "es" else ""


def render(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page with its frame; nothing that a person typed can steer the reader's terminal."""
    now = timezone.now()
    path = request.path_info.removeprefix("/es")
    frame = {
        "service": settings.WAYPOST_TEXTING.service,
        "to": prefix(),
        "other": path if language() == "es" else f"/es{path}",
        "public": settings.WAYPOST_BASE_URL,
        "lines": [the_safety().lines[name] for name in ("988", "911")],
        "around_the_clock": answers_around_the_clock(now),
        "answers_now": somebody_answers(now),
        "planned": next_answer(now) is not None,
        "when": when_words(next_answer(now), now, ZONE, language()),
        "kept": settings.WAYPOST_TEXTING.kept,
        "number": settings.WAYPOST_TEXTING.accounts[0].number,
    }
    page = loader.get_template(template, using="pages")
    return HttpResponse(plain(page.render({**frame, **context}, None)), status=status)
