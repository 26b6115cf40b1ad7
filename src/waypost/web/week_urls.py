"""Addresses of the check-ups."""

from __future__ import annotations

from django.urls import path

from waypost.web import checkup_page

pages = [
    path("check-ups", checkup_page.check_ups),
    path("check-ups/<str:name>", checkup_page.check_up),
    path("check-ups/<str:name>/questionnaire.json", checkup_page.check_up_questionnaire),
    path("check-ups/<str:name>/response.json", checkup_page.check_up_response),
]
