"""Addresses of your week in an IOP, of near home or away, and of the check-ups."""

from __future__ import annotations

from django.urls import path

from waypost.web import checkup_page, week_page
from waypost.web.near_or_away_page import near_or_away

pages = [
    path("week", week_page.week),
    path("week.ics", week_page.week_file),
    path("near-or-away", near_or_away),
    path("check-ups", checkup_page.check_ups),
    path("check-ups/<str:name>", checkup_page.check_up),
    path("check-ups/<str:name>/questionnaire.json", checkup_page.check_up_questionnaire),
    path("check-ups/<str:name>/response.json", checkup_page.check_up_response),
]
