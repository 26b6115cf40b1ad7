"""The whole rule table as a page that a clinician can read, and as files to sign."""

from __future__ import annotations

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from waypost.design.saved_as import saved_as
from waypost.levels_of_care.guide import table
from waypost.levels_of_care.guide.rules_file import the_guide
from waypost.levels_of_care.guide.sheet import SHEET_FILE, sheet_text, tables
from waypost.web.frame import cacheable, render
from waypost.web.guide.result import suggestion_words
from waypost.web.guide.words import signature_words


@cacheable
def rules(request: HttpRequest) -> HttpResponse:
    """Dangers, scales, levels and notes in the order in which they are read."""
    guide = the_guide()
    rows = [
        [(row, [suggestion_words(s) for s in row.suggest]) for row in rows]
        for rows in (guide.levels, guide.young)
    ]
    context = {
        "guide": guide,
        "lang": translation.get_language() or "en",
        "signature": signature_words(guide),
        "adult_rows": rows[0],
        "young_rows": rows[1],
        "table_sizes": _sizes(),
    }
    return render(request, "guide/rules.html", context)


@cache
def _sizes() -> dict[str, int]:
    """How many rows each table has."""
    return {name: len(text.splitlines()) - 1 for name, text in _tables().items()}


@cache
def _tables() -> dict[str, str]:
    return tables(the_guide())


@cache
def _sheet_text() -> str:
    return sheet_text(the_guide())


@cacheable
def sheet(request: HttpRequest) -> HttpResponse:
    """Everything that decides, as one sheet with a place to sign."""
    return _file(_sheet_text(), SHEET_FILE, "text/markdown")


@cacheable
def level_table(request: HttpRequest) -> HttpResponse:
    """Every combination for adults and the level rule that decides it, as CSV."""
    return _file(_tables()[table.LEVELS_FILE], table.LEVELS_FILE)


@cacheable
def young_table(request: HttpRequest) -> HttpResponse:
    """Every combination under 18 and the rule that decides it, as CSV."""
    return _file(_tables()[table.YOUNG_FILE], table.YOUNG_FILE)


@cacheable
def substance_table(request: HttpRequest) -> HttpResponse:
    """Each substance in every way, and the dangers that it raises, as CSV."""
    return _file(_tables()[table.SUBSTANCES_FILE], table.SUBSTANCES_FILE)


@cacheable
def exit_table(request: HttpRequest) -> HttpResponse:
    """Every danger and every pair of dangers, with the steps and numbers shown, as CSV."""
    return _file(_tables()[table.EXITS_FILE], table.EXITS_FILE)


def _file(text: str, name: str, kind: str = "text/csv") -> HttpResponse:
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response.headers["Content-Disposition"] = saved_as(name)
    return response
