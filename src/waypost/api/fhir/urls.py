"""Addresses below /fhir."""

from __future__ import annotations

from django.urls import path, re_path

from waypost.api.fhir import bulk, views
from waypost.api.fhir.door import opened

TYPE = r"(?P<type_>[A-Za-z]+)"
ID = r"(?P<id_>[A-Za-z0-9.-]{1,64})"

urlpatterns = [
    path("fhir/metadata", opened(views.metadata, "GET")),
    path("fhir/$bulk-publish", opened(bulk.manifest, "GET")),
    re_path(rf"^fhir/bulk/{TYPE}\.ndjson$", opened(bulk.ndjson, "GET")),
    re_path(rf"^fhir/{TYPE}/?$", opened(views.search, "GET")),
    re_path(rf"^fhir/{TYPE}/_search$", opened(views.search_by_form, "POST", "GET")),
    re_path(rf"^fhir/{TYPE}/{ID}$", opened(views.read, "GET")),
    re_path(
        rf"^fhir/{TYPE}/{ID}/_history/(?P<version>[A-Za-z0-9.-]{{1,64}})$",
        opened(views.vread, "GET"),
    ),
    re_path(r"^fhir(?:/(?P<path>.*))?$", opened(views.nothing, "GET", "POST")),
]
