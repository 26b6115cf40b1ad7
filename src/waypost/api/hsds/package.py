"""The data package for download: a file made at publish, in ranges, under an ETag of its own."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from waypost.api.downloads import AGAIN_SECONDS, BEING_MADE
from waypost.api.file_answer import file_answer
from waypost.api.hsds.columns import directory_of
from waypost.api.hsds.views import hsds_door
from waypost.api.problems import problem
from waypost.design.caching import PUBLIC
from waypost.design.saved_as import saved_as
from waypost.editions.hsds.making import make_beside, package_path, package_tag
from waypost.serving.process import snapshot_of

ZIP = "application/zip"


@hsds_door("GET")
def package(request: HttpRequest) -> HttpResponseBase:
    """Every table of the directory as one archive."""
    sites = directory_of(snapshot_of(request), timezone.now()).sites
    path = package_path(settings.WAYPOST_DATA_DIR, sites)
    # an archive is compressed as it is: again would cost its length and its ranges
    request.META.pop("HTTP_ACCEPT_ENCODING", None)
    try:
        response = file_answer(request, path, path, f"hsds-{package_tag(sites)}", ZIP)
    except OSError:  # an older publish, or a snapshot that was put back
        make_beside(settings.WAYPOST_DATA_DIR)
        response = problem(503, BEING_MADE)
        response.headers["Retry-After"] = str(AGAIN_SECONDS)
        return response
    response.headers["Cache-Control"] = PUBLIC
    response.headers["Content-Disposition"] = saved_as(path.name)
    return response
