"""Addresses of the accuracy of the directory."""

from __future__ import annotations

from django.urls import path

from waypost.web.accuracy import page

pages = [path("accuracy", page.accuracy)]
files = [
    path("accuracy.json", page.accuracy_json),
    path("accuracy.csv", page.accuracy_csv),
]
