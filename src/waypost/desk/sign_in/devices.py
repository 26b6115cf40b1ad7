"""The devices on which somebody is signed in; that the others were ended is an event."""

from __future__ import annotations

from allauth.usersessions.views import list_usersessions
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from waypost.desk.permission import open_to_all
from waypost.desk.sign_in.events import note


@open_to_all
def devices(request: HttpRequest) -> HttpResponseBase:
    """allauth's page, which leads whoever is not signed in to the sign-in."""
    answer: HttpResponseBase = list_usersessions(request)
    if request.method == "POST" and answer.status_code == 302 and request.user.is_authenticated:
        note("ended the other sessions", request.user)
    return answer
