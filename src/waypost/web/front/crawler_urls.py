"""Addresses of the files for crawlers, which are in no language."""

from __future__ import annotations

from django.urls import path

from waypost.web.front import words_pages

urlpatterns = [
    path("robots.txt", words_pages.robots),
    path("sitemap.xml", words_pages.sitemap),
]
