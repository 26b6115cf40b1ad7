"""A text that is being handled: who wrote it, what they wrote before, and how to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from waypost.texting.actions.outbox import SERVICE, enqueue, say
from waypost.texting.find_by_text import FindAnswer
from waypost.texting.lanes import OutboxLane
from waypost.texting.loops import REPLIES, REPLIES_IN, SAME_WITHIN, is_looped
from waypost.texting.models import HeardText, OutboxRow, TextContact
from waypost.texting.queries.sealed import HEARD, opened
from waypost.texting.words.replies import ReplyCode

Finder = Callable[[str, str, str, bool], FindAnswer]
"""Finds programs: the question, the language, where the answer before ended, and whether wording
is discreet."""


@dataclass(slots=True)
class Scene:
    """One text. ``earlier`` are the last five before it with their times, the oldest first."""

    contact: TextContact
    heard: HeardText
    text: str
    now: datetime
    earlier: list[tuple[datetime, str]] = field(default_factory=list)
    find: Finder | None = None

    @property
    def cause(self) -> str:
        """What an answer to this text is caused by."""
        return f"heard:{self.heard.pk}"

    def may_answer(self) -> bool:
        """Whether the service answers by itself: not too often, and no other machine."""
        if is_looped(self.text, [text for _, text in self.earlier]):
            return False
        recent = OutboxRow.objects.filter(
            contact=self.contact,
            by=SERVICE,
            lane__in=(OutboxLane.KEYWORD, OutboxLane.LIVE),
            made_at__gt=self.now - REPLIES_IN,
        )
        return recent.count() < REPLIES

    def say(self, code: ReplyCode, lane: OutboxLane = OutboxLane.KEYWORD, **facts: str) -> None:
        """Answer with one of the service's texts, unless it has said too much."""
        exempt = lane in (OutboxLane.CRISIS, OutboxLane.CONFIRMATION)
        if exempt or self.may_answer():
            say(self.contact, code, lane=lane, cause=self.cause, now=self.now, **facts)

    def send(self, text: str) -> None:
        """Answer with words that were made for this text."""
        if self.may_answer():
            enqueue(self.contact, text, lane=OutboxLane.KEYWORD, cause=self.cause, now=self.now)

    def is_again(self) -> bool:
        """Whether the same text came a moment ago under another id."""
        return any(
            text == self.text and self.heard.at - at <= SAME_WITHIN for at, text in self.earlier
        )


EARLIER = 5


def scene_of(heard: HeardText, now: datetime, find: Finder | None) -> Scene:
    """The scene of a text, with what is sealed opened."""
    before = HeardText.objects.filter(
        contact=heard.contact_id, pk__lt=heard.pk, blanked_at=None
    ).order_by("-pk")[:EARLIER]
    earlier = [(row.at, opened(row.text, HEARD)) for row in reversed(before)]
    return Scene(heard.contact, heard, opened(heard.text, HEARD), now, earlier, find)
