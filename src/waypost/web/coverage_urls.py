"""Addresses of the coverage checker, and of the live question where an operator turned it on.

Where live questions are off, the way over the network stays out of the process.
"""

from __future__ import annotations

from django.urls import path

from waypost.web.later import later

pages = [
    path("coverage", later("coverage_page.start")),
    path("coverage/plan", later("coverage_page.plan_step")),
    path("coverage/answer", later("coverage_page.answer_step")),
    path("coverage/live", later("coverage_live_page.live_form")),
    path("coverage/live/answer", later("coverage_live_page.live_answer")),
]
