"""Addresses of the levels of care and of the guide."""

from __future__ import annotations

from django.urls import path

from waypost.web.later import later

pages = [
    path("levels", later("levels_page.levels")),
    path("guide", later("guide_page.guide")),
    path("guide/save", later("guide_page.save")),
    path("guide/rules", later("guide_rules_page.rules")),
    path("guide/table.csv", later("guide_rules_page.level_table")),
    path("guide/exits.csv", later("guide_rules_page.exit_table")),
    path("guide/sheet.md", later("guide_rules_page.sheet")),
]
