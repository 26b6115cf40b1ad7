"""Health: what `waypost doctor` says."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from waypost.accounts.roles import Permission
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.serving.process import this_process


@needs(Permission.SEE_DESK)
def health(request: HttpRequest) -> HttpResponse:
    """The snapshot in use and the age of its sources."""
    manifest = this_process().snapshot().manifest
    return render(request, "health/health.html", {"manifest": manifest})
