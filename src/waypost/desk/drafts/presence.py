"""Who else has a record open, so that two people do not work past each other."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest
from django.utils import timezone

from waypost.accounts.queries import person_name
from waypost.desk.models import Looking

LASTS = timedelta(minutes=5)
"""Who has not asked for the page for so long has probably left it."""


def others_on(request: HttpRequest, record: str) -> list[tuple[str, datetime]]:
    """Note that this person looks at ``record``; the names of others who do, and since when."""
    actor, now = getattr(request, "actor", None), timezone.now()
    if actor is None:
        return []
    Looking.objects.filter(at__lt=now - LASTS).delete()
    Looking.objects.update_or_create(
        person=actor.person,
        record=record,
        defaults={"at": now},
        create_defaults={"at": now, "since": now},
    )
    rows = Looking.objects.filter(record=record).exclude(person=actor.person).order_by("since")
    return [(person_name(int(row.person.partition(":")[2])), row.since) for row in rows]
