"""Days and times on a program's pages are those of its own wall, not of the machine's clock.

An evening group in New York meets when it is tomorrow in UTC: "today" must not be tomorrow then.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from waypost.accounts.roles import OrganizationKind
from waypost.desk.permission import asking
from waypost.treatment.records.owner import Owner
from waypost.treatment.wall.queries import zone_of

PAGES = "/program/"


def program_clock(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer a program's pages on the clock of the program in which the reader works."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        actor = asking(request) if request.path_info.startswith(PAGES) else None
        for seat in actor.seats if actor else ():
            if seat.kind is OrganizationKind.PROGRAM:
                with timezone.override(zone_of(Owner(seat.organization))):
                    return get_response(request)
        return get_response(request)

    return middleware
