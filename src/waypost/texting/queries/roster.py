"""The roster: who is on shift, when somebody answers, and whether "24/7" is true."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from waypost.texting.models import Shift, TextContact
from waypost.texting.queries.contacts import where_is
from waypost.texting.roster import WEEK, ShiftDuty, Span, around_the_clock, next_begin
from waypost.texting.words.hours import when_words

ANSWERING = (ShiftDuty.RESPONDER, ShiftDuty.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class ShiftShown:
    """A shift as the roster shows it; ``alert_number`` is sealed."""

    id: int
    person: str
    name: str
    duty: ShiftDuty
    begin: datetime
    end: datetime
    alert_number: str = field(default="", repr=False)


def shifts(begin: datetime, end: datetime) -> list[ShiftShown]:
    """The shifts that touch a span of time, in order."""
    rows = Shift.objects.filter(from_at__lt=end, until_at__gt=begin, withdrawn_at=None)
    return [
        ShiftShown(
            row.pk,
            row.person,
            row.name,
            ShiftDuty(row.duty),
            row.from_at,
            row.until_at,
            row.alert_number,
        )
        for row in rows
    ]


def on_shift(now: datetime, *duties: ShiftDuty) -> list[ShiftShown]:
    """Who is there now, of these duties, or of every one."""
    moment = now + timedelta(microseconds=1)
    return [s for s in shifts(now, moment) if not duties or s.duty in duties]


def answering_spans(now: datetime) -> list[Span]:
    """When somebody answers in the coming two weeks."""
    rows = shifts(now, now + 2 * WEEK)
    return [Span(s.begin, s.end) for s in rows if s.duty in ANSWERING]


def somebody_answers(now: datetime) -> bool:
    """Whether a responder or supervisor is on shift."""
    return bool(on_shift(now, *ANSWERING))


def answers_around_the_clock(now: datetime) -> bool:
    """Whether the roster of the coming week has no gap, so that "24/7" may be said."""
    return around_the_clock(answering_spans(now), now)


def next_answer(now: datetime) -> datetime | None:
    """When somebody answers: now, later, or None where no shift is planned."""
    return next_begin(answering_spans(now), now)


def when_answered(row: TextContact, now: datetime) -> str:
    """When a person answers, in words on the contact's own clock."""
    return when_words(next_answer(now), now, where_is(row).zone, row.language)
