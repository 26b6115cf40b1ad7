"""Addresses of a visitor's own list."""

from __future__ import annotations

from django.urls import path

from waypost.web.lists import page

urlpatterns = [
    path("compare", page.compare),
    path("shortlist", page.shortlist),
]
