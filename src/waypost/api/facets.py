"""The choices of the search with their labels, and what the snapshot says about itself."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from waypost.api.answers import json_answer, kept
from waypost.directory.codes import CODES, Code
from waypost.directory.facets import FACETS, Facet
from waypost.serving.process import snapshot_of

DOWNLOADS = {kind: f"/api/v1/snapshot.{kind}" for kind in ("sqlite3", "ndjson", "csv")}


def all_facets(request: HttpRequest) -> HttpResponseBase:
    """Every facet with its choices, and every service code; the Spanish awaits human review."""
    data = {
        "es_reviewed": False,
        "facets": [_facet(facet) for facet in FACETS],
        "codes": [_code(code) for code in CODES.values()],
    }
    return kept(request, snapshot_of(request), lambda: json_answer(data))


def _code(code: Code) -> dict[str, Any]:
    return {
        "code": code.code,
        "name": code.name,
        "description": code.description,
        "category": code.category_name,
        "surveys": sorted(survey.value for survey in code.surveys),
    }


def _facet(facet: Facet) -> dict[str, Any]:
    return {
        "key": facet.key,
        "label": facet.label,
        "label_es": facet.label_es,
        "help": facet.help,
        "help_es": facet.help_es,
        "join": facet.join.value,
        "public": facet.public,
        "choices": [
            {
                "key": o.key,
                "column": o.column,
                "label": o.label,
                "label_es": o.label_es,
                "codes": sorted(o.codes),
                "absent": sorted(o.absent),
            }
            for o in facet.options
        ],
    }


def manifest(request: HttpRequest) -> HttpResponseBase:
    """Version, sources, counts and quality of the published snapshot."""
    snapshot = snapshot_of(request)
    data = snapshot.manifest.to_json() | {"downloads": DOWNLOADS}
    return kept(request, snapshot, lambda: json_answer(data))
