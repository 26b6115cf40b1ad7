"""The check that is made after a row was claimed and immediately before the call.

One statement of plain SQL: it runs for every text that leaves, several hundred times a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from waypost.texting.lanes import AUTOMATED, Dropped, OutboxLane
from waypost.texting.queries.hours import sending_hours
from waypost.texting.queries.sealed import NUMBER, OUTGOING, ZIP, opened
from waypost.texting.standing import Channel, OptInStanding
from waypost.texting.whereabouts import whereabouts
from waypost.texting.windows import is_open, next_opening

CONFIRMS = "stopped:"
"""Causes of the one confirmation that may go to a number that stopped."""

_SQL = """
SELECT c.number, c.channel, c.state, c.zone, c.zip, c.minute, c.paused_until, c.suspended_at,
       c.heard_at, s.since,
       EXISTS (SELECT 1 FROM texting_crisiscase k WHERE k.contact_id = c.id AND k.closed_at IS NULL)
FROM texting_textcontact c
LEFT JOIN texting_suppression s ON s.number_digest = c.number_digest
WHERE c.id = %s
"""
_APPROVED = """
SELECT COUNT(DISTINCT a."by") FROM texting_approval a
WHERE a.subject = %s AND a.digest = %s AND a.withdrawn_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class ToSend:
    """A row that may go out now: the number and the words in clear, inside the process only."""

    number: str
    text: str
    channel: str


@dataclass(frozen=True, slots=True)
class _State:
    """What the check needs of a contact."""

    number: str
    channel: str
    state: str
    zone: str
    zip: str
    minute: int | None
    paused_until: datetime | None
    suspended_at: datetime | None
    heard_at: datetime | None
    suppressed_since: datetime | None
    open_case: bool


def checked(
    contact: int,
    lane: OutboxLane,
    cause: str,
    needs: str,
    text: str,
    expires_at: datetime | None,
    now: datetime,
) -> ToSend | Dropped | datetime:
    """Whether a claimed row may go out at this moment: to send, why not, or when to try again."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [contact])
        row = cursor.fetchone()
        if row is None:
            return Dropped.ERASED
        state = _state(row)
    refusal = _refused(state, lane, cause, expires_at, now)
    if refusal is not None:
        return refusal
    if needs and not _approved(needs):
        return Dropped.NOT_APPROVED
    if lane is OutboxLane.SERIES:
        later = _window(state, expires_at, now)
        if later is not None:
            return later
    return ToSend(opened(state.number, NUMBER), opened(text, OUTGOING), state.channel)


def _state(row: Any) -> _State:
    """A row of the statement, its times read."""
    number, channel, state, zone, code, minute, paused, suspended, heard, since, case = row
    return _State(
        number,
        channel,
        state,
        zone,
        code,
        minute,
        paused_until=_moment(paused),
        suspended_at=_moment(suspended),
        heard_at=_moment(heard),
        suppressed_since=_moment(since),
        open_case=bool(case),
    )


def _refused(  # noqa: PLR0911 - one line a reason
    state: _State, lane: OutboxLane, cause: str, expires_at: datetime | None, now: datetime
) -> Dropped | None:
    if not state.number:
        return Dropped.ERASED
    if state.suppressed_since is not None and not _answers(state, lane, cause):
        return Dropped.SUPPRESSED
    if expires_at is not None and expires_at <= now:
        return Dropped.EXPIRED
    if state.suspended_at is not None and lane in AUTOMATED:
        return Dropped.BAD_NUMBER
    if state.open_case and lane in AUTOMATED:
        return Dropped.OPEN_CRISIS
    if lane is OutboxLane.SERIES:
        if state.state != OptInStanding.IN:
            return Dropped.NO_CONSENT
        if state.paused_until is not None and state.paused_until > now:
            return Dropped.PAUSED
    return None


def _answers(state: _State, lane: OutboxLane, cause: str) -> bool:
    """What a number that stopped still gets: the one confirmation, and an answer in person or in
    danger to a text that it wrote after it stopped."""
    if cause.startswith(CONFIRMS):
        return True
    assert state.suppressed_since is not None
    wrote_since = state.heard_at is not None and state.heard_at > state.suppressed_since
    return wrote_since and lane in (OutboxLane.CRISIS, OutboxLane.LIVE)


def _window(state: _State, expires_at: datetime | None, now: datetime) -> Dropped | datetime | None:
    if state.channel == Channel.WEB:
        return None
    where = whereabouts(state.zone, opened(state.zip, ZIP), opened(state.number, NUMBER))
    hours = sending_hours()
    if is_open(where, now, hours, state.minute):
        return None
    opens = next_opening(where, now, hours, state.minute)
    return Dropped.EXPIRED if expires_at is not None and opens >= expires_at else opens


def _approved(needs: str) -> bool:
    subject, digest, people = needs.rsplit("|", 2)
    with connection.cursor() as cursor:
        cursor.execute(_APPROVED, [subject, digest])
        return int(cursor.fetchone()[0]) >= int(people)


def _moment(value: object) -> datetime | None:
    """A time as the database gives it: SQLite as text in UTC, PostgreSQL as it is."""
    if value is None or isinstance(value, datetime):
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.fromisoformat(str(value)).replace(tzinfo=UTC)
