"""The directory that a request reads, and how long a client may keep what it says."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from waypost.api.fhir.directory import FhirDirectory, directory_of
from waypost.design import caching
from waypost.design.assets import design_version
from waypost.serving.process import snapshot_of


def directory_now(request: HttpRequest) -> FhirDirectory:
    """The request's snapshot as it is at this moment."""
    return directory_of(snapshot_of(request), timezone.now())


def kept(
    request: HttpRequest, directory: FhirDirectory, make: Callable[[], HttpResponseBase]
) -> HttpResponseBase:
    """304 for a client that has this answer; what fades is another answer, as what is published."""
    version = directory.snapshot.version[:16]
    tag = f'W/"{version}-{directory.last_changed:x}-{design_version()}"'
    return caching.kept(request, tag, make)
