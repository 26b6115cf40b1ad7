"""The whole rule table as a page that a clinician can read, and as files to sign."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.guide.sheet import SHEET_FILE, sheet_text
from waypost.levels_of_care.guide.table import (
    EXITS_FILE,
    LEVELS_FILE,
    exits_text,
    levels_text,
)
from waypost.web.frame import cacheable, render
from waypost.web.guide.result import signature_words, suggestion_words


@cacheable
def rules(request: HttpRequest) -> HttpResponse:
    """Exits, scales, levels and notes in the order in which they are read."""
    guide = the_guide()
    context = {
        "guide": guide,
        "lang": translation.get_language() or "en",
        "signature": signature_words(guide),
        "rows": [(row, [suggestion_words(s) for s in row.suggest]) for row in guide.levels],
    }
    return render(request, "guide/rules.html", context)


@cache
def _level_text() -> str:
    return levels_text(the_guide())


@cache
def _exit_text() -> str:
    return exits_text(the_guide())


@cache
def _sheet_text() -> str:
    return sheet_text(the_guide())


@cacheable
def sheet(request: HttpRequest) -> HttpResponse:
    """Everything that decides, as one sheet with a place to sign."""
    return _file(_sheet_text(), SHEET_FILE, "text/markdown")


@cacheable
def level_table(request: HttpRequest) -> HttpResponse:
    """Every combination and the level rule that decides it, as CSV."""
    return _file(_level_text(), LEVELS_FILE)


@cacheable
def exit_table(request: HttpRequest) -> HttpResponse:
    """Every combination and the withdrawal and pregnancy exits that it raises, as CSV."""
    return _file(_exit_text(), EXITS_FILE)


def _file(text: str, name: str, kind: str = "text/csv") -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
