"""Version 1 of the API: search, sites, facets, places, the snapshot itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from waypost import __version__
from waypost.api import downloads, facets, places, schemas
from waypost.api.coverage import views as coverage
from waypost.api.coverage.schemas import CoverageOut, PlanNamesOut
from waypost.api.coverage.words import coverage_body, coverage_parameters, plans_body
from waypost.api.description import OpenAPI, cached, described, download, parameter
from waypost.api.find import views as search
from waypost.api.find.words import search_body, search_parameters
from waypost.api.sites import views as sites
from waypost.navigation.need import MAX_TEXT

api = OpenAPI(
    title="Waypost",
    version=__version__,
    description="Intensive outpatient programs near any place in the United States, with reasons.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-v1",
)


def _text(**more: Any) -> dict[str, Any]:
    return parameter("text", {"type": "string", "maxLength": MAX_TEXT}, "What was typed.", **more)


def _get(address: str, name: str, answer: Any, view: Callable[..., Any], extra: Any) -> None:
    api.get(
        address, response=answer, operation_id=name, summary=_summary(view), openapi_extra=extra
    )(view)


def _post(address: str, name: str, answer: Any, view: Callable[..., Any], extra: Any) -> None:
    api.post(
        address, response=answer, operation_id=name, summary=_summary(view), openapi_extra=extra
    )(view)


def _summary(view: Callable[..., Any]) -> str:
    return (view.__doc__ or "").partition("\n")[0].rstrip(".")


_get("search", "search", schemas.SearchOut, search.search_by_address, cached(search_parameters()))
_post("search", "search_privately", schemas.SearchOut, search.search_by_body, search_body())

_get(
    "coverage",
    "coverage",
    CoverageOut,
    coverage.coverage_by_address,
    coverage_parameters(),
)
_post("coverage", "coverage_privately", CoverageOut, coverage.coverage_by_body, coverage_body())
_post("coverage/plans", "find_plans", PlanNamesOut, coverage.plans_by_body, plans_body())
_get(
    "sites/{site_id}",
    "site",
    schemas.WholeSiteOut,
    sites.one_site,
    cached(described(problems=(404,))),
)
_get("facets", "facets", schemas.FacetsOut, facets.all_facets, cached(described()))
_get(
    "places",
    "place",
    schemas.PlacesOut,
    places.look_up,
    cached(described(_text(required=True, example="austin tx"))),
)
_get(
    "places/suggest",
    "suggest_places",
    schemas.SuggestionsOut,
    places.suggest,
    cached(described(_text(example="aus"))),
)
_get("manifest", "manifest", schemas.ManifestOut, facets.manifest, cached(described()))
for _kind, _view in downloads.VIEWS.items():
    _extra = cached(download(downloads.TYPES[_kind].partition(";")[0]))
    _get(f"snapshot.{_kind.value}", f"download_{_kind.value}", None, _view, _extra)
