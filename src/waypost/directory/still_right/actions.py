"""Asks programs whether their word is still right, and takes a yes without a sign-in."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import router, transaction

from waypost.audit.actions import record_event
from waypost.directory.actions import take_word
from waypost.directory.faults import DirectoryFault
from waypost.directory.models import ProgramClaim, WordReminder
from waypost.directory.program_word import FIELDS
from waypost.directory.still_right.due import is_due
from waypost.directory.still_right.queries import AskedWord, asked_word
from waypost.directory.timetables import HOLDS, OPENINGS
from waypost.files.digests import text_digest
from waypost.values.coded_fault import CodedError
from waypost.values.wall_time import day_in

TOKEN_BYTES = 24
SAYS = {"places", "waiting_days", "next_start"}
"""What an opening says; one that says nothing of this is none."""


class LinkUsed(CodedError, ValueError):
    """A link that says nothing any more: it was used, is too old, or the word changed since."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """A question that goes out by mail: whose word it is, on what, and the link's token."""

    site_id: str
    field: str
    organization: str
    token: str


def make_reminders(*, by: str, now: datetime) -> list[Reminder]:
    """A reminder for every word that fades soon and was not asked about; each token is new."""
    rows = ProgramClaim.objects.filter(ended_at=None, wordreminder=None, until__gte=now.date())
    due = [
        row
        for row in rows.exclude(organization="").order_by("pk")
        if is_due(row.field, _said_on(row), row.until, day_in(row.zone, now))
    ]
    return [_remind(row, by, now) for row in due]


def _said_on(row: ProgramClaim) -> date:
    """Openings count from the oldest day that they speak of, others from when they were said."""
    days = [date.fromisoformat(o["as_of"]) for o in row.value] if row.field == OPENINGS else []
    return min(days, default=day_in(row.zone, row.said_at))


def _remind(row: ProgramClaim, by: str, now: datetime) -> Reminder:
    token = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic(using=router.db_for_write(WordReminder)):
        WordReminder.objects.create(claim=row, token_digest=text_digest(token), made_at=now)
        act = f"asked whether {row.field} is still right"
        record_event(act=act, record=f"site:{row.site_id}", by=by, now=now)
    return Reminder(row.site_id, row.field, row.organization, token)


def confirm_word(*, token: str, now: datetime) -> AskedWord:
    """Say once more what was said, as of today; the link does this one thing once.

    Raises:
        LinkUsed: it was used, is older than two weeks, or the word was changed or ended since.
    """
    with transaction.atomic(using=router.db_for_write(WordReminder)):
        word = asked_word(token, now)
        taken = word and WordReminder.objects.filter(pk=word.reminder, used_at=None).update(
            used_at=now
        )
        if word is None or not taken:
            raise LinkUsed(DirectoryFault.LINK_USED)
        take_word(
            site_id=word.site_id,
            field=word.field,
            value=_as_of_today(word, day_in(word.zone, now)),
            until=day_in(word.zone, now) + holds_for(word.field),
            method=word.method,
            organization=word.organization,
            by=f"reminder:{word.reminder}",
            now=now,
            zone=word.zone,
        )
    return word


def _as_of_today(word: AskedWord, today: date) -> list[Any]:
    """The word as of today; a start that has passed meanwhile is no next start any more."""
    if word.field != OPENINGS:
        return word.value
    said = [opening for opening in word.value if isinstance(opening, Mapping)]
    fresh = [_without_past_start(opening, today) for opening in said]
    return [{**opening, "as_of": today.isoformat()} for opening in fresh if set(opening) & SAYS]


def _without_past_start(opening: Mapping[str, Any], today: date) -> dict[str, Any]:
    start = opening.get("next_start")
    over = start is not None and date.fromisoformat(start) < today
    return {name: value for name, value in opening.items() if not (over and name == "next_start")}


def holds_for(field: str) -> timedelta:
    """How long a word on this field holds."""
    return HOLDS[field] if field in HOLDS else FIELDS[field].holds
