"""Version 1 of the API: search, sites, facets, places, the snapshot itself."""

from __future__ import annotations

from ninja import NinjaAPI

from waypost import __version__

api = NinjaAPI(title="Waypost", version=__version__, docs_url=None, urls_namespace="api-v1")

