"""Leases: rows that a worker takes for a while, and what becomes of those that it never marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Q, QuerySet

from waypost.texting.actions.turns import writing
from waypost.texting.lanes import RETRIED_UNTIL_KNOWN, OutboxLane, RowState
from waypost.texting.models import HeardText, OutboxRow

LEASE = timedelta(seconds=60)
"""Longer than any call to a carrier may take: a call that could outlast it is not begun."""


@dataclass(frozen=True, slots=True)
class ClaimedRow:
    """A row that a worker has for the length of its lease; the text is still sealed."""

    id: int
    ref: str
    contact: int
    text: str
    lane: OutboxLane
    needs: str
    cause: str
    segments: int
    made_at: datetime
    expires_at: datetime | None
    attempts: int
    account: str
    began_at: datetime
    lease_until: datetime


_FIELDS = (
    *("pk", "ref", "contact_id", "text", "lane", "needs", "cause", "segments", "made_at"),
    *("expires_at", "attempts", "account", "lease_until"),
)


def _free(rows: QuerySet[OutboxRow]) -> QuerySet[OutboxRow]:
    """Rows that no other worker is taking; SQLite lets only one worker write anyway."""
    if connection.vendor == "postgresql":
        return rows.select_for_update(skip_locked=True, of=("self",))
    return rows


_TAKE = """
WITH due AS (
    SELECT row.id FROM unnest(%s::int[]) WITH ORDINALITY AS lane(lane, place)
    CROSS JOIN LATERAL (
        SELECT id FROM texting_outboxrow
        WHERE state = 'queued' AND lane = lane.lane AND not_before <= %s
        ORDER BY not_before, id LIMIT %s FOR UPDATE SKIP LOCKED
    ) row
    LIMIT %s
)
UPDATE texting_outboxrow o SET state = 'sending', lease_until = %s, attempts = o.attempts + 1
FROM due WHERE o.id = due.id
RETURNING o.id, o.ref, o.contact_id, o.text, o.lane, o.needs, o.cause, o.segments, o.made_at,
          o.expires_at, o.attempts - 1, o.account, o.lease_until, o.not_before
"""
"""One statement, which is a transaction; each lane is read from its index, the urgent ones first,
and no further than is needed."""


def claim_due(
    *, most: int, lanes: Sequence[OutboxLane], now: datetime, lease: timedelta = LEASE
) -> list[ClaimedRow]:
    """Take the rows that are due, the most urgent lane first."""
    taking = _take_many if connection.vendor == "postgresql" else _take_by_lane
    return [
        _claimed(row, now, now + lease, 1) for row in taking(most, sorted(lanes), now, now + lease)
    ]


def _take_many(
    most: int, lanes: Sequence[int], now: datetime, until: datetime
) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [[int(lane) for lane in lanes], now, most, most, until])
        rows = sorted(cursor.fetchall(), key=lambda row: (row[4], row[13], row[0]))
    return [row[:13] for row in rows]


def _take_by_lane(
    most: int, lanes: Sequence[int], now: datetime, until: datetime
) -> list[tuple[object, ...]]:
    """Looks before it takes: a transaction with nothing to do would hold up a webhook."""
    due = OutboxRow.objects.filter(state=RowState.QUEUED, lane__in=lanes, not_before__lte=now)
    return _take(most, lanes, now, until) if due.exists() else []


@writing()
def _take(
    most: int, lanes: Sequence[int], now: datetime, until: datetime
) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for lane in lanes:
        due = OutboxRow.objects.filter(state=RowState.QUEUED, lane=lane, not_before__lte=now)
        rows += due.order_by("not_before", "pk").values_list(*_FIELDS)[: most - len(rows)]
        if len(rows) == most:
            break
    taken = OutboxRow.objects.filter(pk__in=[row[0] for row in rows])
    taken.update(state=RowState.SENDING, lease_until=until, attempts=F("attempts") + 1)
    return rows


def _claimed(
    row: tuple[object, ...], began_at: datetime, lease_until: datetime, more: int
) -> ClaimedRow:
    pk, ref, contact, text, lane, needs, cause, segments, made_at, expires_at, attempts, *rest = row
    return ClaimedRow(
        id=pk,  # type: ignore[arg-type]  # values_list has no types of its own
        ref=ref,  # type: ignore[arg-type]
        contact=contact,  # type: ignore[arg-type]
        text=text,  # type: ignore[arg-type]
        lane=OutboxLane(lane),  # type: ignore[arg-type]
        needs=needs,  # type: ignore[arg-type]
        cause=cause,  # type: ignore[arg-type]
        segments=segments,  # type: ignore[arg-type]
        made_at=made_at,  # type: ignore[arg-type]
        expires_at=expires_at,  # type: ignore[arg-type]
        attempts=attempts + more,  # type: ignore[operator]
        account=rest[0],  # type: ignore[arg-type]
        began_at=began_at,
        lease_until=lease_until,
    )


def claim_unknown(*, most: int, now: datetime, lease: timedelta = LEASE) -> list[ClaimedRow]:
    """Take rows of which nobody knows: unmarked ones whose lease ran out, and unknown ones."""
    return _take_unknown(most, now, lease) if _lost(now).exists() else []


def _lost(now: datetime) -> QuerySet[OutboxRow]:
    return OutboxRow.objects.filter(
        state__in=(RowState.SENDING, RowState.UNKNOWN), lease_until__lte=now
    )


@writing()
def _take_unknown(most: int, now: datetime, lease: timedelta) -> list[ClaimedRow]:
    lost = _lost(now)
    rows = list(_free(lost.order_by("lane", "pk")).values_list(*_FIELDS)[:most])
    taken = OutboxRow.objects.filter(pk__in=[row[0] for row in rows])
    taken.update(state=RowState.UNKNOWN, lease_until=now + lease)
    return [_claimed(row, _began(row[8], row[12], lease), now + lease, 0) for row in rows]


def _began(made_at: datetime, lease_until: datetime, lease: timedelta) -> datetime:
    """When the first attempt may have begun: not before the row was written."""
    return max(made_at, lease_until - lease - timedelta(hours=1))


@writing()
def settle(*, row: ClaimedRow, carrier_id: str | None, asked: bool, now: datetime) -> None:
    """Decide about a row of which nobody knew, from what the carrier answered.

    ``carrier_id`` where the carrier has it. ``asked`` False where it could not be asked: then the
    lanes in which silence is worse are sent again, and the others stay unknown.
    """
    rows = OutboxRow.objects.filter(pk=row.id, state=RowState.UNKNOWN)
    if carrier_id:
        rows.update(
            state=RowState.SENT, carrier_id=carrier_id, sent_at=now, lease_until=None, why=""
        )
    elif asked or row.lane in RETRIED_UNTIL_KNOWN:
        rows.update(state=RowState.QUEUED, not_before=now, lease_until=None)
    else:
        rows.update(lease_until=now + timedelta(minutes=5))


@writing()
def put_back(*, rows: Sequence[int]) -> None:
    """Give back rows that a worker took and will not send, as it stops."""
    OutboxRow.objects.filter(pk__in=rows, state=RowState.SENDING).update(
        state=RowState.QUEUED, lease_until=None
    )


def claim_texts(*, numbers: Sequence[int], now: datetime, lease: timedelta = LEASE) -> list[int]:
    """Take these texts to handle, in this order, as far as they are free.

    What waits is read before the transaction, which on SQLite would hold up every webhook; so
    another worker may have taken a text meanwhile, and the claim looks at the leases again. Of one
    person one text is handled at a time.
    """
    if not numbers:
        return []
    with writing():
        handled = HeardText.objects.filter(handled_at=None, lease_until__gt=now)
        unleased = Q(lease_until=None) | Q(lease_until__lte=now)
        free = HeardText.objects.filter(unleased, pk__in=numbers, handled_at=None)
        free = free.exclude(contact__in=handled.values("contact"))
        if connection.vendor == "postgresql":
            free = free.select_for_update(skip_locked=True)
        taken = set(free.values_list("pk", flat=True))
        HeardText.objects.filter(pk__in=taken).update(lease_until=now + lease)
    return [number for number in numbers if number in taken]


def free_heard() -> int:
    """Free the texts that a worker had taken before it ended; how many.

    Only where this is the one worker of the database, which on SQLite a lock makes sure of: a text
    whose handling was cut off is then handled at once, and not when its lease has run out.
    """
    with writing():
        rows = HeardText.objects.filter(handled_at=None).exclude(lease_until=None)
        return rows.update(lease_until=None)
