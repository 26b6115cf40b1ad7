"""Addresses of calendar feeds."""

from __future__ import annotations

from django.urls import path

from waypost.personal.calendars.views import calendar

urlpatterns = [path("calendar/<str:token>.ics", calendar, name="calendar_feed")]
