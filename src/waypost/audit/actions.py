"""Writes events; nothing here changes or removes one."""

from __future__ import annotations

from datetime import datetime

from django.db import connections, router, transaction

from waypost.audit.chain import FIRST, digest_of
from waypost.audit.models import Event

_LOCK = 0x57505041  # one lock for the whole table, so that events are written one at a time


class UnnamedActor(ValueError):
    """An act without a named actor is not recorded, so it must not be done."""


def record_event(*, act: str, record: str, by: str, now: datetime) -> None:
    """Add an event in the caller's transaction, linked to the one before it: both or neither."""
    actor = by.strip()
    if not actor:
        raise UnnamedActor("An act needs a named actor.")
    alias = router.db_for_write(Event)
    with transaction.atomic(using=alias, savepoint=False):
        _one_at_a_time(alias)
        newest = Event.objects.using(alias).order_by("-id").values_list("digest", flat=True).first()
        previous = newest or FIRST
        Event.objects.create(
            at=now,
            actor=actor,
            act=act,
            record=record,
            previous=previous,
            digest=digest_of(previous, now, actor, act, record),
        )


def _one_at_a_time(alias: str) -> None:
    """Keep two writers from following the same event; SQLite allows only one writer anyway."""
    connection = connections[alias]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
