"""Addresses of the programs' own pages and of what visitors say of them."""

from __future__ import annotations

from django.urls import path

from waypost.web.programs.number_page import number_answer, refused_number
from waypost.web.programs.page import site
from waypost.web.programs.report_page import refused_report, report

urlpatterns = [
    path("site/<str:site_id>", site),
    path("site/<str:site_id>/report", report),
    path("site/<str:site_id>/report/on/<str:sealed>", refused_report),
    path("site/<str:site_id>/number", number_answer),
    path("site/<str:site_id>/number/on/<str:sealed>", refused_number),
]
