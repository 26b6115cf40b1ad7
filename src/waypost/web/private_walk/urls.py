"""Addresses of the private search."""

from __future__ import annotations

from django.urls import path

from waypost.web.private_walk.page import begin, walk

urlpatterns = [
    path("private", begin),
    path("private/<str:sealed>", walk),
]
