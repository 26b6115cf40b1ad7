"""The choices of the search with their labels, and what the snapshot says of itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from waypost.api.answers import json_answer, kept
from waypost.design.published import current_snapshot
from waypost.directory.facets import FACETS, Facet

DOWNLOADS = {kind: f"/api/v1/snapshot.{kind}" for kind in ("sqlite3", "ndjson", "csv")}


def all_facets(request: HttpRequest) -> HttpResponseBase:
    """Every facet with its choices; the Spanish labels await a human review."""
    facets = {"es_reviewed": False, "facets": [_facet(facet) for facet in FACETS]}
    return kept(request, current_snapshot(), lambda: json_answer(facets))


def _facet(facet: Facet) -> dict[str, Any]:
    return {
        "key": facet.key,
        "label": facet.label,
        "label_es": facet.label_es,
        "help": facet.help,
        "choices": [
            {
                "key": o.key,
                "column": o.column,
                "label": o.label,
                "label_es": o.label_es,
                "codes": sorted(o.codes),
            }
            for o in facet.options
        ],
    }


def manifest(request: HttpRequest) -> HttpResponseBase:
    """Version, sources, counts and quality of the published snapshot."""
    snapshot = current_snapshot()
    data = snapshot.manifest.to_json() | {"downloads": DOWNLOADS}
    return kept(request, snapshot, lambda: json_answer(data))
