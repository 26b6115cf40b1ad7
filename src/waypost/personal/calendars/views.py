"""A calendar behind its private address; a revoked or unknown one is not there."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.treatment.attendance.tally import week_of
from waypost.treatment.timetable.calendar import WEEKS, as_calendar
from waypost.treatment.timetable.queries import feed_at, setup_now, weeks_ahead
from waypost.treatment.wall.queries import zone_of


def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The sessions of the feed's facilitator, room or person from this week on."""
    calendar_feed = feed_at(token=token)
    setup = setup_now(calendar_feed[0]) if calendar_feed else None
    if calendar_feed is None or setup is None:
        raise Http404
    owner, feed = calendar_feed
    monday = week_of(timezone.localdate(timezone=zone_of(owner)))[0]
    weeks = [(first, week.timetable) for first, week in weeks_ahead(owner, monday, WEEKS)]
    body = as_calendar(setup[0], weeks, feed.kind, feed.subject, _("Session"))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


calendar.permission = None  # type: ignore[attr-defined]  # the address itself is the secret
