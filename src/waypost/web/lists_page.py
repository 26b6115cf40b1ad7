"""Compare up to four programs side by side; print a shortlist as a call sheet."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from waypost.design.published import current_snapshot
from waypost.directory.site import Site
from waypost.web.frame import cacheable, render
from waypost.web.keeping import MOST_COMPARED, list_query, site_ids
from waypost.web.site_facts import fact_rows, phone_rows
from waypost.web.site_page import questions_to_ask


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One question, answered by each program in turn."""

    name: str
    cells: tuple[str, ...]


def _sites(request: HttpRequest, most: int) -> list[Site]:
    snapshot = current_snapshot()
    found = (snapshot.site(i) for i in site_ids(request.GET.getlist("site"), most))
    return [site for site in found if site is not None]


@cacheable
def compare(request: HttpRequest) -> HttpResponse:
    """Up to four programs side by side; what differs comes first."""
    sites = _sites(request, MOST_COMPARED)
    manifest = current_snapshot().manifest
    columns = [fact_rows(site, manifest) for site in sites]
    rows = [
        CompareRow(cells[0].name, tuple("; ".join(c.values) or c.unknown for c in cells))
        for cells in zip(*columns, strict=True)
    ]
    rows.sort(key=lambda row: len(set(row.cells)) == 1)
    phones = CompareRow(
        _("Telephone"), tuple(next((p.display for p in phone_rows(s)), "") for s in sites)
    )
    address = CompareRow(_("Address"), tuple(f"{s.street}, {s.city}, {s.state}" for s in sites))
    context = {"sites": sites, "rows": [phones, address, *rows], "query": _query(sites)}
    return render(request, "compare.html", context)


@cacheable
def shortlist(request: HttpRequest) -> HttpResponse:
    """A call sheet: numbers, questions to ask, room for notes. It lives in the address alone."""
    sites = _sites(request, 20)
    context = {
        "sheets": [(site, phone_rows(site)) for site in sites],
        "questions": questions_to_ask(),
        "query": _query(sites),
        "can_compare": len(sites) >= 2,
    }
    return render(request, "shortlist.html", context)


def _query(sites: list[Site]) -> str:
    return list_query([site.id for site in sites])
