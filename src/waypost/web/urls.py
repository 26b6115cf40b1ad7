"""Addresses of the public site; each stands again under ``/es/`` in Spanish."""

from __future__ import annotations

from django.urls import include, path

from waypost.web.articles import urls as articles_urls
from waypost.web.coverage import urls as coverage_urls
from waypost.web.find import browse_page
from waypost.web.find.page import find
from waypost.web.front import words_pages
from waypost.web.front.home_page import home
from waypost.web.guide import urls as guide_urls
from waypost.web.lists import page as lists_page
from waypost.web.private_walk.page import begin, walk
from waypost.web.programs.number_page import number_answer
from waypost.web.programs.page import site
from waypost.web.programs.report_page import report
from waypost.web.week import urls as week_urls

pages = [
    path("", home),
    path("find", find),
    path("site/<str:site_id>", site),
    path("site/<str:site_id>/report", report),
    path("site/<str:site_id>/number", number_answer),
    path("compare", lists_page.compare),
    path("shortlist", lists_page.shortlist),
    path("browse", browse_page.states),
    path("browse/<str:code>", browse_page.state),
    path("browse/<str:code>/<str:fips>", browse_page.county),
    path("about-the-data", words_pages.about_the_data),
    path("help-now", words_pages.help_now),
    path("privacy", words_pages.privacy),
    path("private", begin),
    path("private/<str:sealed>", walk),
    *articles_urls.pages,
    *coverage_urls.pages,
    *guide_urls.pages,
    *week_urls.pages,
]

urlpatterns = [
    *pages,
    path("es/", include(pages)),
    path("robots.txt", words_pages.robots),
    path("sitemap.xml", words_pages.sitemap),
]
