"""Addresses of the live question. Its pages are loaded when they are first asked for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.urls import path


def live_form(request: HttpRequest) -> HttpResponseBase:
    """The consent and the form. Where live questions are off, the way over the network stays out
    of the process, and its start is no slower for it."""
    from waypost.web import coverage_live_page

    return coverage_live_page.live_form(request)


def live_answer(request: HttpRequest) -> HttpResponseBase:
    """The question and its answer."""
    from waypost.web import coverage_live_page

    return coverage_live_page.live_answer(request)


pages = [
    path("coverage/live", live_form),
    path("coverage/live/answer", live_answer),
]
