"""Addresses of your week in an IOP, of near home or away, and of the check-ups."""

from __future__ import annotations

from django.urls import path

from waypost.web.check_ups import page as check_ups
from waypost.web.near_or_away.page import near_or_away
from waypost.web.week import page as week

pages = [
    path("week", week.week),
    path("week.ics", week.week_file),
    path("near-or-away", near_or_away),
    path("check-ups", check_ups.check_ups),
    path("check-ups/<str:name>", check_ups.check_up),
    path("check-ups/<str:name>/on/<str:sealed>", check_ups.check_up_answered),
    path("check-ups/<str:name>/questionnaire.json", check_ups.check_up_questionnaire),
    path("check-ups/<str:name>/response.json", check_ups.check_up_response),
]

urlpatterns = pages
