"""The answer to a need as plain JSON values."""

from __future__ import annotations

from functools import cache
from typing import Any
from urllib.parse import urlencode

import orjson

from waypost.api.answers import ready_json
from waypost.api.sites.site_json import summary
from waypost.directory.facets import option
from waypost.navigation.answer import Answer, Change, RankedSite, Standing
from waypost.navigation.hours_json import count_json, fit_json
from waypost.navigation.need import MAX_PAGE, Need
from waypost.navigation.need_json import to_json
from waypost.navigation.need_url import query_pairs
from waypost.places.place import Found, Place
from waypost.values.geo import shown_miles

PATH = "/api/v1/search"


def answer_json(answer: Answer, links: dict[str, str] | None, *, counts: bool) -> dict[str, Any]:
    """Results, total, place and changes; ``counts`` adds the live count of every choice.

    ``links`` are None in the answer to a private query, which they would put into a URL.
    """
    need = answer.need
    data: dict[str, Any] = {
        "version": answer.version,
        "need": to_json(need),
        "place": place_json(answer.place) if answer.place else None,
        "corrected": isinstance(answer.resolution, Found) and answer.resolution.corrected,
        "total": answer.total,
        "page": need.page,
        "pages": answer.pages,
        "page_size": need.page_size,
        "links": links or {},
        "results": [_result(answer, program) for program in answer.options],
        "changes": [_change(change, links=links is not None) for change in answer.changes],
        "nearest": _result(answer, answer.nearest) if answer.nearest else None,
        "hours": count_json(answer.hours),
    }
    if counts:
        data["counts"] = dict(answer.counts)
    return data


def page_links(answer: Answer, *, counts: bool) -> dict[str, str]:
    """The addresses of this page, the next and the previous one."""
    page, base = answer.need.page, link(answer.need, counts=counts)
    links = {"self": _page(base, page)}
    if page < min(answer.pages, MAX_PAGE):
        links["next"] = _page(base, page + 1)
    if page > 1:
        links["prev"] = _page(base, min(page - 1, answer.pages))
    return links


def link(need: Need, *, counts: bool = False) -> str:
    """The address of the first page of the answer to a need."""
    pairs = [(name, value) for name, value in query_pairs(need) if name != "page"]
    query = urlencode([*pairs, ("counts", "1")] if counts else pairs)
    return f"{PATH}?{query}" if query else PATH


def _page(base: str, page: int) -> str:
    if page == 1:
        return base
    return f"{base}{'&' if '?' in base else '?'}page={page}"


def place_json(place: Place) -> dict[str, Any]:
    """A place; ``key`` is text that always means exactly this place."""
    return {
        "kind": place.kind.value,
        "key": place.key,
        "label": place.label,
        "latitude": place.point.lat,
        "longitude": place.point.lon,
        "state": place.state,
        "county": place.county,
        "county_fips": place.county_fips,
        "timezone": place.timezone,
        "population": place.population,
    }


def _result(answer: Answer, program: RankedSite) -> dict[str, Any]:
    return {
        "number": program.number,
        "miles": shown_miles(program.miles, exact=program.exact),
        "approximate": not program.exact,
        "score": program.score,
        "hours": fit_json(program.hours),
        "reasons": [_reason(reason.column, reason.standing) for reason in program.reasons],
        "site": summary(answer.version, program.site, answer.asked_at),
    }


@cache
def _reason(column: str, standing: Standing) -> orjson.Fragment:
    """A choice and whether it is offered, cached because there are only a few hundred."""
    words = {"choice": column, "label": option(column).label, "standing": standing.value}
    return ready_json(words)


def _change(change: Change, *, links: bool) -> dict[str, Any]:
    data: dict[str, Any] = {
        "kind": change.kind.value,
        "detail": change.detail,
        "total": change.total,
        "need": to_json(change.need),
    }
    return data | {"link": link(change.need)} if links else data
