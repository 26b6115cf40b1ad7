"""Addresses of your week in an IOP, of near home or away, and of the check-ups."""

from __future__ import annotations

from django.urls import path

from waypost.web.later import later

questionnaire = later("checkup_page.check_up_questionnaire")

pages = [
    path("week", later("week_page.week")),
    path("week.ics", later("week_page.week_file")),
    path("near-or-away", later("near_or_away_page.near_or_away")),
    path("check-ups", later("checkup_page.check_ups")),
    path("check-ups/<str:name>", later("checkup_page.check_up")),
    path("check-ups/<str:name>/questionnaire.json", questionnaire),
    path("check-ups/<str:name>/response.json", later("checkup_page.check_up_response")),
]
