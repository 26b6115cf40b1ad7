"""A bare Django view: what this machine can do at all, to read the other figures by."""

from __future__ import annotations

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

settings.configure(
    SECRET_KEY="only-for-the-benchmark",
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
)


def small(request: HttpRequest) -> JsonResponse:
    """A small body."""
    return JsonResponse({"near": request.GET.get("near"), "total": 20})


def form(request: HttpRequest) -> HttpResponse:
    """Reads what is sent, as every form does."""
    return HttpResponse(f"{len(request.body)} bytes")


urlpatterns = [path("small", small), path("form", form)]
application = get_wsgi_application()
