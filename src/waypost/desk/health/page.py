"""Health: what `waypost doctor` says, and the sources with their age."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from waypost.accounts.roles import Permission
from waypost.desk.frame import render
from waypost.desk.permission import needs
from waypost.serving.doctor import checks
from waypost.serving.process import snapshot_of


@needs(Permission.SEE_DESK)
def health(request: HttpRequest) -> HttpResponse:
    """The snapshot in use, every check of this installation, and the age of each source."""
    snapshot = snapshot_of(request)
    manifest = snapshot.manifest
    every_byte = request.GET.get("bytes") == "1"
    today = timezone.now().date()
    context = {
        "manifest": manifest,
        "findings": list(checks(lambda: snapshot, every_byte=every_byte)),
        "every_byte": every_byte,
        "sources": [(s, (today - s.as_of).days) for s in manifest.sources],
    }
    return render(request, "health/health.html", context)
