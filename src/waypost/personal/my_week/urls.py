"""Addresses of a person's own page; none holds a word about them."""

from __future__ import annotations

from django.urls import path

from waypost.personal.my_week import views

urlpatterns = [
    path("my", views.week, name="my_week"),
    path("my/plan", views.plan, name="my_plan"),
    path("my/check-in", views.checking_in, name="my_check_in"),
    path("my/cannot-come", views.absence, name="my_absence"),
    path("my/calendar", views.calendar, name="my_calendar"),
    path("my/leave", views.leave, name="my_leave"),
    path("my/closed", views.closed, name="my_closed"),
    path("my/<str:token>", views.entrance, name="my_entrance"),
]
