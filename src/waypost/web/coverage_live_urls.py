"""Addresses of the live question."""

from __future__ import annotations

from django.urls import path

from waypost.web import coverage_live_page

pages = [
    path("coverage/live", coverage_live_page.live_form),
    path("coverage/live/answer", coverage_live_page.live_answer),
]
