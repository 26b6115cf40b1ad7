"""What the coverage forms send, read as the question's fields."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from waypost.directory.site import Site
from waypost.navigation.answer import Snapshot
from waypost.navigation.find_care import find_care
from waypost.navigation.need import BadNeed, Need
from waypost.places.states import STATE_NAMES

NAMES = ("insurance", "state", "care", "plan", "site", "deductible_met", "price", "near")
STAGES = 3
MOST_SITES = 10
LONGEST_NAME = 100


def field_texts(sent: Mapping[str, str]) -> dict[str, str]:
    """The fields of a question that were sent, each as one text."""
    return {name: sent.get(name, "") for name in NAMES}


def typed_name(sent: Mapping[str, str], name: str) -> str:
    """What was typed as a plan or a program, or was typed before a list that was left unchosen."""
    typed = sent.get(f"{name}_text", "").strip()
    return typed or ("" if name in sent else sent.get(f"{name}_asked", "").strip())


def not_chosen(sent: Mapping[str, str]) -> list[str]:
    """The lists, of plans and of programs, that were shown and in which nothing was chosen."""
    return [
        name
        for name in ("plan", "site")
        if sent.get(f"{name}_asked") and name not in sent and not sent.get(f"{name}_text")
    ]


def course_text(sent: Mapping[str, str]) -> str:
    """Weeks and days of up to three stages as ``8x3,2x2``; '' where none was sent."""
    pairs = [
        (sent.get(f"weeks_{n}", "").strip(), sent.get(f"days_{n}", "").strip())
        for n in range(1, STAGES + 1)
    ]
    return ",".join(f"{weeks}x{days}" for weeks, days in pairs if weeks or days)


def site_matches(snapshot: Snapshot, text: str, state: str, now: datetime) -> list[Site]:
    """Programs whose name is like ``text``, of one state where it was told."""
    try:
        need = Need(
            place=STATE_NAMES.get(state, ""),
            choices=(),
            text=text[:LONGEST_NAME],
            page_size=MOST_SITES,
        )
    except BadNeed:
        return []
    return [found.site for found in find_care(snapshot, need, now).options]
