"""Addresses of the pages that explain."""

from __future__ import annotations

from django.urls import path

from waypost.web.front import words_pages

urlpatterns = [
    path("about-the-data", words_pages.about_the_data),
    path("help-now", words_pages.help_now),
    path("privacy", words_pages.privacy),
    path("text-support", words_pages.text_support),
]
