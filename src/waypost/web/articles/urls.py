"""Addresses of the articles."""

from __future__ import annotations

from django.urls import path

from waypost.web.articles import pages as views
from waypost.web.articles.feed import feed

pages = [
    path("articles", views.article_list),
    path("articles/feed.atom", feed),
    path("articles/<slug:slug>", views.article),
    path("answers", views.answers),
    path("answers/<slug:key>", views.answers),
]

urlpatterns = pages
