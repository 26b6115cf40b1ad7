"""Compare up to four programs side by side; print a shortlist as a call sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from waypost.directory.site import Site
from waypost.serving.process import snapshot_of
from waypost.web.find.keeping import MOST_COMPARED, MOST_KEPT, list_query, site_ids
from waypost.web.frame import cacheable, render
from waypost.web.programs.facts import FactRow, fact_rows, phone_rows
from waypost.web.programs.page import questions_to_ask, what_to_bring


@dataclass(frozen=True, slots=True)
class Cell:
    """A program's answer: values, each with whether all have it, or why there are none."""

    values: tuple[tuple[str, bool], ...]
    unknown: str


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One question, answered by each program in turn."""

    name: str
    cells: tuple[Cell, ...]
    differs: bool


def _sites(request: HttpRequest, most: int) -> list[Site]:
    snapshot = snapshot_of(request)
    found = (snapshot.site(i) for i in site_ids(request.GET.getlist("site"), most))
    return [site for site in found if site is not None]


@cacheable
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four programs side by side; what differs comes first."""
    sites = _sites(request, MOST_COMPARED)
    rows = [_row(cells) for cells in zip(*map(fact_rows, sites), strict=True)]
    rows.sort(key=lambda row: not row.differs)
    context = {
        "programs": [(site, phone_rows(site)[:1]) for site in sites],
        "rows": rows,
        "query": _query(sites),
    }
    return render(request, "lists/compare.html", context)


def _row(answers: tuple[FactRow, ...]) -> CompareRow:
    shared = set.intersection(*(set(a.values) for a in answers))
    cells = tuple(Cell(tuple((v, v in shared) for v in a.values), a.unknown) for a in answers)
    return CompareRow(answers[0].name, cells, len(set(cells)) > 1)


@cacheable
def shortlist(request: HttpRequest) -> HttpResponse:
    """A call sheet: numbers, questions to ask, room for notes. It lives in the address alone."""
    sites = _sites(request, MOST_KEPT)
    context = {
        "sheets": [
            (site, phone_rows(site), _query([s for s in sites if s is not site])) for site in sites
        ],
        "questions": questions_to_ask(),
        "bring": what_to_bring(),
        "query": _query(sites),
        "can_compare": len(sites) >= 2,
    }
    return render(request, "lists/shortlist.html", context)


def _query(sites: list[Site]) -> str:
    return list_query([site.id for site in sites])
