"""What the coverage forms send: names to look up, and lists to choose from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from waypost.coverage.question import CoverageFault, CoverageQuestion
from waypost.directory.site import Site
from waypost.navigation.answer import SearchedSnapshot
from waypost.navigation.find_care import find_care
from waypost.navigation.need import BadNeed, Need
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.web.coverage.visit import typed_fields

MOST_SITES = 10
LONGEST_NAME = 100
LISTS = ("plan", "site")
NEEDS_STATE = frozenset({Insurance.MEDICAID, Insurance.NONE})


def sent_fields(sent: Mapping[str, str]) -> dict[str, str]:
    """A form's fields, including text typed before a list in which nothing was chosen."""
    fields = typed_fields(sent)
    for name in LISTS:
        if name not in sent and not fields.get(f"{name}_text") and sent.get(f"{name}_asked"):
            fields[f"{name}_text"] = sent[f"{name}_asked"][:LONGEST_NAME]
    return fields


def not_chosen(sent: Mapping[str, str]) -> dict[str, CoverageFault]:
    """The lists, of plans and of programs, that were shown and in which nothing was chosen."""
    return {
        name: CoverageFault.NO_CHOICE
        for name in LISTS
        if sent.get(f"{name}_asked") and name not in sent and not sent.get(f"{name}_text")
    }


def state_faults(question: CoverageQuestion) -> dict[str, CoverageFault]:
    """The fault of a missing state, which insurance that differs by state requires."""
    missing = question.insurance in NEEDS_STATE and not question.state
    return {"state": CoverageFault.MISSING} if missing else {}


def site_matches(snapshot: SearchedSnapshot, text: str, state: str, now: datetime) -> list[Site]:
    """Programs whose name is like ``text``, of one state where it is known."""
    try:
        need = Need(
            place=STATE_NAMES.get(state, ""),
            choices=(),
            text=text[:LONGEST_NAME],
            page_size=MOST_SITES,
        )
    except BadNeed:
        return []
    return [program.site for program in find_care(snapshot, need, now).options]
