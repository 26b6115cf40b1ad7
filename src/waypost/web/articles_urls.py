"""Addresses of the articles; the house includes them under "" and under "es/"."""

from __future__ import annotations

from django.urls import path

from waypost.web.article_feed import feed
from waypost.web.article_pages import answers, article, article_list

pages = [
    path("articles", article_list),
    path("articles/feed.atom", feed),
    path("articles/<slug:slug>", article),
    path("answers", answers),
    path("answers/<slug:key>", answers),
]
