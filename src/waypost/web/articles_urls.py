"""Addresses of the articles; the house includes them under "" and under "es/"."""

from __future__ import annotations

from django.urls import path

from waypost.web.later import later

answers = later("article_pages.answers")

pages = [
    path("articles", later("article_pages.article_list")),
    path("articles/feed.atom", later("article_feed.feed")),
    path("articles/<slug:slug>", later("article_pages.article")),
    path("answers", answers),
    path("answers/<slug:key>", answers),
]
