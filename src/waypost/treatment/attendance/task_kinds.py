"""The kinds of task that a day makes for staff."""

from __future__ import annotations

from enum import StrEnum


class TaskKind(StrEnum):
    """What is to be done, as stored. None of them is a consequence for the person."""

    NO_SHOW = "no-show"
    CONVERSATION = "conversation"
    COLLECT_AGAIN = "collect again"
    BOOK_VISIT = "book visit"
    ASK_VISIT = "ask visit"
    NALOXONE = "naloxone"
    CONTINUING_CARE = "continuing care"
    FOLLOW_UP_30 = "follow-up 30"
    FOLLOW_UP_90 = "follow-up 90"
