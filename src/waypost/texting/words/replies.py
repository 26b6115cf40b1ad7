"""Every text that the service sends by itself, from the checked file `content/texting/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter

import yaml

from waypost.texting.segments import count_segments, in_plain_letters
from waypost.values.bilingual import Bilingual
from waypost.values.content import content_folder


class ReplyCode(StrEnum):
    """One text that the service sends by itself; in braces the facts that it takes."""

    OPT_IN = "opt in"  # {service}: neutral, asks for YES, no health words
    WELCOME = "welcome"  # {service} {when}: says that it is automated, HELP and STOP
    ALREADY_IN = "already in"
    STOPPED = "stopped"  # {service}: the one confirmation, with 988 and 911
    STOPPED_ON_PAGE = "stopped on page"  # {service}: the one confirmation, and asks for DELETE
    STOPPED_IN_DANGER = "stopped in danger"  # {service}: a crisis case stays open
    STOP_UNSURE = "stop unsure"  # paused meanwhile: "reply STOP to stop, or GO ON"
    LEFT_SERIES = "left series"  # {series}
    HELP = "help"  # {service} {when}
    PERSON_NOW = "person now"
    PERSON_LATER = "person later"  # {when}
    DANGER_NOW = "danger now"  # tier 0, a person is on shift
    DANGER_NOW_ALONE = "danger now alone"  # tier 0, nobody is on shift
    OVERDOSE = "overdose"  # tier 0 with the exit "overdose": 911, naloxone, breaths
    DANGER_HIGH = "danger high"  # tier 1, a person is on shift
    DANGER_HIGH_ALONE = "danger high alone"  # {when}
    CONCERN = "concern"  # tier 2
    STILL_HERE = "still here"  # five minutes without a person
    LINES = "lines"  # 988, 911, SAMHSA
    PAUSED = "paused"  # {days}
    RESUMED = "resumed"
    LESS = "less"
    MORE = "more"
    TIME_SET = "time set"  # {time}
    TIME_UNCLEAR = "time unclear"
    LANGUAGE_SET = "language set"
    CRAVE = "crave"
    SLIP = "slip"
    CLEAR = "clear"
    FIND_HOW = "find how"
    FIND_LATER = "find later"  # the directory cannot be read just now
    SERIES_STARTED = "series started"  # {series}
    SERIES_ENDED = "series ended"  # {series}
    SERIES_UNKNOWN = "series unknown"  # {series}
    CHECK_IN_YES = "check in yes"  # a person will write; {when}
    CHECK_IN_NO = "check in no"
    ERASED = "erased"
    WRONG_NUMBER = "wrong number"
    TOO_YOUNG = "too young"
    MISSED = "missed"  # {service}: somebody did not come; says of nothing what it is
    STAFF_NEEDED = "staff needed"


IN_DANGER = frozenset(
    {
        ReplyCode.STOPPED_IN_DANGER, ReplyCode.HELP, ReplyCode.PERSON_NOW, ReplyCode.PERSON_LATER,
        ReplyCode.DANGER_NOW, ReplyCode.DANGER_NOW_ALONE, ReplyCode.OVERDOSE,
        ReplyCode.DANGER_HIGH, ReplyCode.DANGER_HIGH_ALONE, ReplyCode.CONCERN,
        ReplyCode.STILL_HERE, ReplyCode.LINES, ReplyCode.STOPPED, ReplyCode.SLIP,
        ReplyCode.STOPPED_ON_PAGE, ReplyCode.TOO_YOUNG, ReplyCode.CHECK_IN_YES, ReplyCode.ERASED,
    }
)  # fmt: skip
"""Replies that always name 988 and 911."""

LONGEST_FACTS: Mapping[str, str] = {
    "service": "Harbor Recovery", "when": "today from 10:30 AM", "series": "42-day skills",
    "days": "90", "time": "10:30 PM", "begin": "10:30 AM", "end": "10:30 PM",
    "link": "https://desk.harborrecovery.org/texts/case/10000",
}  # fmt: skip
"""Facts as long as they are in practice, for the segments that a reply takes."""
FACTS = frozenset(LONGEST_FACTS)
MOST_SEGMENTS = {"en": 1, "es": 2}


class BadReplies(ValueError):
    """The file of replies cannot be used; the message says which reply and why."""


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """A reply in both languages; ``about_crisis`` ones take two approvers to change."""

    words: Bilingual
    about_crisis: bool


def reply(code: ReplyCode, language: str, **facts: str) -> str:
    """The text of ``code`` in ``language`` ("en" or "es") with its blanks filled in.

    Raises:
        KeyError: a fact that the text needs is not given.
    """
    return the_replies()[code].words.spoken(language).format_map(facts)


def takes(code: ReplyCode, language: str, fact: str) -> bool:
    """Whether the text of ``code`` has a blank for a fact; what is not needed is not looked up."""
    return f"{{{fact}}}" in the_replies()[code].words.spoken(language)


@cache
def the_replies() -> Mapping[ReplyCode, ReplyWords]:
    """Every reply that this installation carries."""
    return read_replies(content_folder() / "texting" / "replies.yaml")


def read_replies(path: Path) -> Mapping[ReplyCode, ReplyWords]:
    """Read and check the replies.

    Raises:
        BadReplies: one is missing, unknown, too long, or leaves out 988 or 911 in danger.
    """
    entries = yaml.safe_load(path.read_text("utf-8"))["replies"]
    if set(entries) != set(ReplyCode):
        odd = ", ".join(sorted(set(entries) ^ set(ReplyCode)))
        raise BadReplies(f"{path.name}: missing or unknown: {odd}.")
    replies = {
        ReplyCode(code): ReplyWords(
            Bilingual(entry["en"], entry["es"]), entry.get("about_crisis", False)
        )
        for code, entry in entries.items()
    }
    problems = [problem for code, words in replies.items() for problem in _problems(code, words)]
    if problems:
        raise BadReplies(" ".join(problems))
    return replies


def _problems(code: ReplyCode, words: ReplyWords) -> Iterator[str]:
    for language, most in MOST_SEGMENTS.items():
        text = words.words.spoken(language)
        unknown = {name for _, name, _, _ in Formatter().parse(text) if name} - FACTS
        if unknown:
            yield f"{code}: no such fact: {', '.join(sorted(unknown))}."
            continue
        sent = in_plain_letters(text.format_map(LONGEST_FACTS))
        segments = count_segments(sent).segments
        if segments > most:
            yield f"{code}: {len(sent)} characters in {segments} segments ({language})."
        if code in IN_DANGER and ("988" not in text or "911" not in text):
            yield f"{code}: 988 and 911 are missing ({language})."
