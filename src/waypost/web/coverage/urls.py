"""Addresses of the coverage checker; those of a live question lead to the answer from files."""

from __future__ import annotations

from django.urls import path

from waypost.web.coverage import live, page

pages = [
    path("coverage", page.start),
    path("coverage/plan", page.plan_step),
    path("coverage/answer", page.answer_step),
    path("coverage/on/<str:sealed>", page.going),
    path("coverage/live", live.live_form),
    path("coverage/live/on/<str:sealed>", live.shown_form),
    path("coverage/live/answer", live.live_form),
]

urlpatterns = pages
