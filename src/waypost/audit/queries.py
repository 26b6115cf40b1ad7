"""The audit as value objects: by record, by person, and whether it is whole."""

from __future__ import annotations

from collections.abc import Iterator

from waypost.audit.chain import FIRST, Break, Link, first_break
from waypost.audit.models import Event

PAGE = 100


def events(
    *, record: str = "", actor: str = "", before: int | None = None, most: int = PAGE
) -> list[Link]:
    """The newest events first, of one record or one actor where named; ``before`` pages on."""
    rows = Event.objects.order_by("-id")
    if record:
        rows = rows.filter(record=record)
    if actor:
        rows = rows.filter(actor=actor)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_link(row) for row in rows[:most]]


def every_event() -> Iterator[Link]:
    """All events, the oldest first, without holding them all in memory."""
    for row in Event.objects.order_by("id").iterator(chunk_size=2_000):
        yield _link(row)


def head() -> str:
    """The digest of the newest event: kept elsewhere, it shows a chain that was written anew."""
    newest = Event.objects.order_by("-id").values_list("digest", flat=True).first()
    return newest or FIRST


def broken_at() -> Break | None:
    """Where the chain breaks, None where it holds."""
    return first_break(every_event())


def _link(row: Event) -> Link:
    return Link(row.pk, row.at, row.actor, row.act, row.record, row.previous, row.digest)
