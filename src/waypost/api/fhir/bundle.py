"""A page of a search as a Bundle."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any
from urllib.parse import urlencode

from waypost.api.fhir.directory import FhirDirectory
from waypost.api.fhir.including import MOST, included
from waypost.api.fhir.outcome import outcome_json
from waypost.api.fhir.question import Question
from waypost.api.fhir.searching import BundlePage, find_page
from waypost.api.fhir.subsets import elements_of, subsetted
from waypost.api.fhir.systems import DISTANCE, UCUM

Json = dict[str, Any]
LEFT_OUT = f"More than {MOST:,} resources are to be included with this page; ask for fewer matches."


def searchset(directory: FhirDirectory, question: Question, base: str) -> Json:
    """The Bundle of a page: matches, what they include, and links to the pages beside it."""
    page = find_page(directory, question, base)
    bundle: Json = {"resourceType": "Bundle", "type": "searchset"}
    if question.total != "none" or question.summary == "count":
        bundle["total"] = page.total
    bundle["link"] = _links(question, page, base)
    entries = _entries(directory, question, page, base)
    if entries:
        bundle["entry"] = entries
    return bundle


def _entries(
    directory: FhirDirectory, question: Question, page: BundlePage, base: str
) -> list[Json]:
    elements = elements_of(question)
    entries = []
    for at, row in enumerate(page.rows.tolist()):
        entry = _entry(directory, question.type, row, "match", elements, base)
        if page.km is not None:
            entry["search"] = {"extension": [_distance(float(page.km[at]))], "mode": "match"}
        entries.append(entry)
    if not question.includes and not question.revincludes:
        return entries
    more, cut = included(directory, question, page.rows)
    entries += [_entry(directory, t, row, "include", None, base) for t, row in more]
    if cut:
        words = outcome_json(LEFT_OUT, "too-costly", severity="warning")
        entries.append({"resource": words, "search": {"mode": "outcome"}})
    return entries


def _entry(
    directory: FhirDirectory,
    type_: str,
    row: int,
    mode: str,
    elements: Collection[str] | None,
    base: str,
) -> Json:
    resource = directory.resource(type_, row, elements)
    if elements is not None:
        subsetted(resource)
    return {
        "fullUrl": f"{base}/{type_}/{resource['id']}",
        "resource": resource,
        "search": {"mode": mode},
    }


def _distance(km: float) -> Json:
    value = {"value": round(km, 3), "unit": "km", "system": UCUM, "code": "km"}
    return {"url": DISTANCE, "valueDistance": value}


def _links(question: Question, page: BundlePage, base: str) -> list[Json]:
    """Each link is whole in itself and read by GET: nothing is kept here between two pages."""
    links = [("self", question.offset)]
    if question.count and question.summary != "count":
        count, offset = question.count, question.offset
        links.append(("first", 0))
        if offset:
            links.append(("previous", max(0, offset - count)))
        if offset + count < page.total:
            links.append(("next", offset + count))
        links.append(("last", max(0, page.total - 1) // count * count))
    return [{"relation": name, "url": _address(question, at, base)} for name, at in links]


def _address(question: Question, offset: int, base: str) -> str:
    pairs: Sequence[tuple[str, str]] = [
        (name, str(question.count) if name == "_count" else value)
        for name, value in question.kept
        if name not in ("_offset", "_format")
    ]
    query = urlencode([*pairs, *([("_offset", str(offset))] if offset else [])], safe=":,/")
    address = f"{base}/{question.type}"
    return f"{address}?{query}" if query else address
