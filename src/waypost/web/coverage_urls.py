"""Addresses of the coverage checker."""

from __future__ import annotations

from django.urls import path

from waypost.web import coverage_page

pages = [
    path("coverage", coverage_page.start),
    path("coverage/plan", coverage_page.plan_step),
    path("coverage/answer", coverage_page.answer_step),
]
