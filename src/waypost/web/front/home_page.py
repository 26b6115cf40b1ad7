"""Home: one question, where and who for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from waypost.serving.process import snapshot_of
from waypost.web.frame import cacheable, render


@cacheable
def home(request: HttpRequest) -> HttpResponse:
    """The first page: a place, a person, and the way on."""
    groups = [
        ("", "", _("Anyone")),
        ("group", "women", _("Women")),
        ("group", "men", _("Men")),
        ("group", "adolescents", _("A teenager")),
        ("group", "young-adults", _("A young adult")),
        ("group", "older-adults", _("An older adult")),
        ("group", "veterans", _("A veteran")),
        ("group", "pregnant", _("Someone pregnant or with a new baby")),
        ("group", "lgbtq", _("Someone LGBTQ")),
    ]
    context = {
        "groups": groups,
        "manifest": snapshot_of(request).manifest,
    }
    return render(request, "front/home.html", context)
