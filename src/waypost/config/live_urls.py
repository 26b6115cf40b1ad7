"""The doors of live questions to payers, for people who are not staff: the private process's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import path

from waypost.api.coverage.live import submit
from waypost.web.coverage import live_page

LIVE: tuple[tuple[str, Callable[..., Any]], ...] = (
    ("coverage/live", live_page.live_form),
    ("coverage/live/on/<str:sealed>", live_page.shown_form),
    ("coverage/live/answer", live_page.live_answer),
    ("es/coverage/live", live_page.live_form),
    ("es/coverage/live/on/<str:sealed>", live_page.shown_form),
    ("es/coverage/live/answer", live_page.live_answer),
)
"""Pages, in both languages."""

SUBMIT = "fhir/CoverageEligibilityRequest/$submit"
"""For a program's own software, with its key."""

urlpatterns = [*(path(route, view) for route, view in LIVE), path(SUBMIT, submit)]
