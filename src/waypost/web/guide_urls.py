"""Addresses of the levels of care and of the guide."""

from __future__ import annotations

from django.urls import path

from waypost.web import guide_page, guide_rules_page, levels_page

pages = [
    path("levels", levels_page.levels),
    path("guide", guide_page.guide),
    path("guide/save", guide_page.save),
    path("guide/rules", guide_rules_page.rules),
    path("guide/table.csv", guide_rules_page.level_table),
    path("guide/exits.csv", guide_rules_page.exit_table),
    path("guide/sheet.md", guide_rules_page.sheet),
]
