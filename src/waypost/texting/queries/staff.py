"""What the desk shows of canned replies and broadcasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from waypost.files.digests import text_digest
from waypost.texting.models import Broadcast, CannedReply, Subscription
from waypost.texting.queries.contacts import where_is
from waypost.texting.queries.hours import sending_hours
from waypost.texting.queries.series import approvals_of, needed
from waypost.texting.segments import count_segments
from waypost.texting.standing import OptInStanding, SubscriptionState
from waypost.texting.windows import next_opening


@dataclass(frozen=True, slots=True)
class CannedShown:
    """A canned reply; staff may send it once ``lacking`` is 0."""

    id: int
    name: str
    language: str
    text: str
    about_crisis: bool
    segments: int
    lacking: int


def canned_replies(language: str = "") -> list[CannedShown]:
    """The canned replies that are in use, in one language or in both."""
    rows = CannedReply.objects.filter(retired_at=None)
    shown = []
    for row in rows.filter(language=language) if language else rows:
        signed = approvals_of(f"canned:{row.pk}", text_digest(row.text))
        lacking = max(0, needed(about_crisis=row.about_crisis) - len({a.by for a in signed}))
        segments = count_segments(row.text).segments
        shown.append(
            CannedShown(
                *(row.pk, row.name, row.language, row.text, row.about_crisis, segments, lacking)
            )
        )
    return shown


@dataclass(frozen=True, slots=True)
class BroadcastPreview:
    """Who would get a broadcast, from when to when, and what it costs in segments."""

    id: int
    series: str
    text_en: str
    text_es: str
    made_by: str
    people: int
    in_spanish: int
    segments: int
    first_at: datetime
    last_at: datetime


def broadcast_preview(number: int, now: datetime) -> BroadcastPreview | None:
    """The preview of a draft; None where it was sent or does not exist."""
    row = Broadcast.objects.filter(pk=number, sent_at=None).first()
    if row is None:
        return None
    people = [
        subscription.contact
        for subscription in Subscription.objects.filter(
            series=row.series,
            state=SubscriptionState.ACTIVE,
            ended_at=None,
            contact__state=OptInStanding.IN,
        ).select_related("contact")
    ]
    hours = sending_hours()
    times = [next_opening(where_is(contact), now, hours) for contact in people]
    spanish = sum(contact.language == "es" for contact in people)
    segments = spanish * count_segments(row.text_es).segments
    segments += (len(people) - spanish) * count_segments(row.text_en).segments
    return BroadcastPreview(
        *(row.pk, row.series, row.text_en, row.text_es, row.made_by, len(people), spanish),
        *(segments, min(times, default=now), max(times, default=now)),
    )


@dataclass(frozen=True, slots=True)
class BroadcastShown:
    """A broadcast in the list."""

    id: int
    series: str
    made_by: str
    approved_by: str
    made_at: datetime
    sent_at: datetime | None
    people: int


def broadcasts() -> list[BroadcastShown]:
    """Every broadcast, the newest first."""
    return [
        BroadcastShown(
            *(row.pk, row.series, row.made_by, row.approved_by, row.made_at, row.sent_at),
            row.people,
        )
        for row in Broadcast.objects.order_by("-pk")[:100]
    ]
