"""The check that is made after a row was claimed and immediately before the call.

One statement of plain SQL: it runs for every text that leaves, several hundred times a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from weakref import WeakSet

from django.db import connection

from waypost.texting.lanes import AUTOMATED, Dropped, OutboxLane
from waypost.texting.queries.hours import sending_hours
from waypost.texting.queries.sealed import NUMBER, OUTGOING, ZIP, opened
from waypost.texting.standing import Channel, OptInStanding
from waypost.texting.whereabouts import whereabouts
from waypost.texting.windows import is_open, next_opening

CONFIRMS = "stopped:"
"""Causes of the one confirmation that may go to a number that stopped."""

_STANDING = """
SELECT {columns}c.number, c.channel, c.state, c.zone, c.zip, c.paused_until,
       c.suspended_at, c.heard_at, s.since,
       EXISTS (SELECT 1 FROM texting_crisiscase k WHERE k.contact_id = c.id AND k.closed_at IS NULL)
FROM texting_textcontact c
LEFT JOIN texting_suppression s ON s.number_digest = c.number_digest
WHERE {contacts}
"""
_OF_ONE = _STANDING.format(columns="", contacts="c.id = %s")
EXECUTE_STANDING = "EXECUTE waypost_standing(%s)"
EXECUTE_STANDINGS = "EXECUTE waypost_standings(%s)"
_PREPARE = (
    f"PREPARE waypost_standing(bigint) AS {_OF_ONE.replace('%s', '$1')};"
    "PREPARE waypost_standings(bigint[]) AS "
    + _STANDING.format(columns="c.id, ", contacts="c.id = ANY($1)")
)
_prepared: WeakSet[Any] = WeakSet()
"""Connections to PostgreSQL that planned the statements; planning costs more than answering."""

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
class ContactStanding:
    """What the check needs of a contact: sealed as it is stored, times aware."""

    number: str
    channel: str
    state: str
    zone: str
    zip: str
    paused_until: datetime | None
    suspended_at: datetime | None
    heard_at: datetime | None
    suppressed_since: datetime | None
    open_case: bool


def ready_to_execute() -> None:
    """Plan the statements once a connection to PostgreSQL."""
    with connection.cursor() as cursor:
        if connection.connection not in _prepared:
            cursor.execute(_PREPARE)
            _prepared.add(connection.connection)


def standing_of(contact: int) -> ContactStanding | None:
    """How a contact stands now; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_ONE, [contact])
        return read_standing(cursor.fetchone())


def checked(
    state: ContactStanding | None,
    lane: OutboxLane,
    cause: str,
    needs: str,
    text: str,
    expires_at: datetime | None,
    now: datetime,
) -> ToSend | Dropped | datetime:
    """Whether a claimed row may go out at this moment: to send, why not, or when to try again.

    ``state`` was read after the claim, and while no STOP can commit.
    """
    if state is None:
        return Dropped.ERASED
    refusal = _refused(state, lane, cause, expires_at, now)
    if refusal is not None:
        return refusal
    if needs and not _approved(needs):
        return Dropped.NOT_APPROVED
    number = opened(state.number, NUMBER)
    if lane is OutboxLane.SERIES:
        later = _window(state, number, expires_at, now)
        if later is not None:
            return later
    return ToSend(number, opened(text, OUTGOING), state.channel)


def read_standing(row: Sequence[Any] | None) -> ContactStanding | None:
    """A row of the statement, its times read."""
    if row is None:
        return None
    number, channel, state, zone, code, paused, suspended, heard, since, case = row
    return ContactStanding(
        number,
        channel,
        state,
        zone,
        code,
        paused_until=_moment(paused),
        suspended_at=_moment(suspended),
        heard_at=_moment(heard),
        suppressed_since=_moment(since),
        open_case=bool(case),
    )


def _refused(  # noqa: PLR0911 - one line a reason
    state: ContactStanding, lane: OutboxLane, cause: str, expires_at: datetime | None, now: datetime
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


def _answers(state: ContactStanding, lane: OutboxLane, cause: str) -> bool:
    """What a number that stopped still gets: the one confirmation, and an answer in person or in
    danger to a text that it wrote after it stopped."""
    if cause.startswith(CONFIRMS):
        return True
    assert state.suppressed_since is not None
    wrote_since = state.heard_at is not None and state.heard_at > state.suppressed_since
    return wrote_since and lane in (OutboxLane.CRISIS, OutboxLane.LIVE)


def _window(
    state: ContactStanding, number: str, expires_at: datetime | None, now: datetime
) -> Dropped | datetime | None:
    if state.channel == Channel.WEB:
        return None
    where = whereabouts(state.zone, opened(state.zip, ZIP), number)
    hours = sending_hours()
    if is_open(where, now, hours):
        return None
    opens = next_opening(where, now, hours)
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
