"""Addresses of the accuracy of the directory: a page and two files."""

from __future__ import annotations

from django.urls import path

from waypost.web.accuracy import page

urlpatterns = [
    path("accuracy", page.accuracy),
    path("accuracy.json", page.accuracy_json),
    path("accuracy.csv", page.accuracy_csv),
]
