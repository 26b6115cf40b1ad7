"""Views that are loaded when somebody first opens them, so that a worker starts at once."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase


def later(name: str) -> Callable[..., HttpResponseBase]:
    """The view of this name in `waypost.web`: ``"week_page.week"``.

    A worker answers a search without the articles, the guide and the coverage rules in memory.
    """
    module, function = name.split(".")

    def view(request: HttpRequest, **parts: Any) -> HttpResponseBase:
        found = getattr(import_module(f"waypost.web.{module}"), function)
        answer: HttpResponseBase = found(request, **parts)
        return answer

    return view
