"""Find by text with the snapshot that this process has open."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings

from waypost.publishing.reader import NoSnapshot
from waypost.serving.process import current_snapshot
from waypost.texting.actions.scene import Finder
from waypost.texting.find_by_text import FindAnswer, find_reply
from waypost.texting.tasks.attempts import Clock


def finder(clock: Clock) -> Finder:
    """Finds programs in the newest snapshot, which is opened now and not while a text waits."""
    with suppress(NoSnapshot):
        current_snapshot()

    def find_care(question: str, language: str, after: str, discreet: bool) -> FindAnswer:
        base_url = settings.WAYPOST_BASE_URL
        return find_reply(
            question, language, current_snapshot(), clock(), after, base_url, discreet
        )

    return find_care
