"""Addresses of the levels of care and of the guide."""

from __future__ import annotations

from django.urls import path

from waypost.web.guide import page as guide
from waypost.web.guide import rules_page
from waypost.web.levels.page import levels

pages = [
    path("levels", levels),
    path("guide", guide.guide),
    path("guide/on/<str:sealed>", guide.going),
    path("guide/save", guide.save),
    path("guide/rules", rules_page.rules),
    path("guide/table.csv", rules_page.level_table),
    path("guide/young.csv", rules_page.young_table),
    path("guide/substances.csv", rules_page.substance_table),
    path("guide/exits.csv", rules_page.exit_table),
    path("guide/sheet.md", rules_page.sheet),
]

urlpatterns = pages
