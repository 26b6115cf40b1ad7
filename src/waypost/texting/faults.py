"""What can be wrong with something that staff do with texts, as codes."""

from __future__ import annotations

from enum import StrEnum


class TextingFault(StrEnum):
    """One code for each fault; the comment names the facts that its sentence needs."""

    CLOSED = "conversation closed"
    COLLEAGUE = "a colleague answers"
    NO_CONVERSATION = "no such conversation"
    NOTE_LENGTH = "length of a note"  # most
    REPLY_LENGTH = "length of a reply"  # most
    ERASED = "erased"
    STOPPED = "no more texts"
    DISPOSITION = "no such disposition"
    CASE_OPEN = "crisis case open"
    NO_CASE = "no such case"
    LADDER = "no such step of the ladder"
    NOT_HIGHER = "not more urgent"
    NOT_LOWER = "not less urgent"
    CASE_END = "no such end of a case"
    NOTHING_TO_SIGN = "nothing to sign"
    OWN_DECISION = "another person must sign"
    NO_REASON = "no reason given"
    TIER = "no such tier"
    DUTY = "no such duty"
    ANSWERER = "nobody who answers"
    SHIFT_LENGTH = "length of a shift"
    SHIFT_TIMES = "times of a shift"
    OUTCOME = "no outcome"
    CANNED_WORDS = "canned reply incomplete"
    SEGMENTS = "more than two segments"
    NO_CANNED = "no such canned reply"
    ALERT_NUMBER = "number for alerts"
    WORDS = "words that no series may say"  # words
    BOTH_LANGUAGES = "both languages"
    NO_SERIES = "no such approved series"
    SENT_ALREADY = "sent already"
    OWN_DRAFT = "another person must send"
