"""Reads the audit as value objects: by record, by person, and whether the chain is unbroken."""

from __future__ import annotations

from collections.abc import Iterator

from waypost.audit.chain import FIRST, Break, Link, first_break
from waypost.audit.models import Event

PAGE = 100


def events(
    *,
    record: str = "",
    actor: str = "",
    act: str = "",
    before: int | None = None,
    most: int = PAGE,
) -> list[Link]:
    """Events, newest first, of a record, actor or act if named; ``before`` gives the next page."""
    rows = Event.objects.order_by("-id")
    if record:
        rows = rows.filter(record=record)
    if actor:
        rows = rows.filter(actor=actor)
    if act:
        rows = rows.filter(act=act)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return [_link(row) for row in rows[:most]]


def every_event() -> Iterator[Link]:
    """All events, oldest first, without loading them all into memory."""
    for row in Event.objects.order_by("id").iterator(chunk_size=2_000):
        yield _link(row)


def head() -> str:
    """The newest event's digest; a copy kept elsewhere shows whether the chain was rewritten."""
    newest = Event.objects.order_by("-id").values_list("digest", flat=True).first()
    return newest or FIRST


def holds(digest: str) -> bool:
    """Whether an event of this digest is in the chain; one that was kept elsewhere must be."""
    return Event.objects.filter(digest=digest).exists()


def broken_at() -> Break | None:
    """Where the chain breaks; None if it holds."""
    return first_break(every_event())


def _link(row: Event) -> Link:
    return Link(row.pk, row.at, row.actor, row.act, row.record, row.previous, row.digest)
