"""Write an event; nothing here changes or removes one."""

from __future__ import annotations

from datetime import datetime

from waypost.audit.models import Event


class UnnamedActor(ValueError):
    """An act without anyone who did it is not recorded, and so not done."""


def record_event(*, act: str, record: str, by: str, now: datetime) -> None:
    """Add an event in the caller's transaction."""
    if not by.strip():
        raise UnnamedActor("An act needs a named actor.")
    Event.objects.create(at=now, actor=by.strip(), act=act, record=record)
