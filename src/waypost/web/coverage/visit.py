"""Where a person is in the three steps, and what was typed so far, as a sealed address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from waypost.coverage.question import CoverageFault
from waypost.web.sealing import Unreadable, seal, unseal

NAMES = ("insurance", "state", "care", "plan", "site", "deductible_met", "price", "near")
STAGES = 3
TYPED = (
    *NAMES,
    "plan_text",
    "site_text",
    *(f"{name}_{n}" for n in range(1, STAGES + 1) for name in ("weeks", "days")),
)
LONGEST_FIELD = 200
_PURPOSE = "coverage"


class CoverageView(StrEnum):
    """Which page is shown."""

    START = "start"
    PLAN = "plan"
    CHOOSE = "choose"
    ANSWER = "answer"
    LIVE = "live"


@dataclass(frozen=True, slots=True)
class CoverageVisit:
    """``fields`` are as they were typed; ``faults`` are of the last form that was sent."""

    view: CoverageView
    fields: Mapping[str, str] = field(default_factory=dict)
    faults: Mapping[str, CoverageFault] = field(default_factory=dict)

    def at(
        self, view: CoverageView, faults: Mapping[str, CoverageFault] | None = None
    ) -> CoverageVisit:
        """The same fields on another page."""
        return replace(self, view=view, faults=faults or {})


def typed_fields(sent: Mapping[str, str]) -> dict[str, str]:
    """The fields of the forms that were sent, none longer than any form lets them be."""
    return {name: sent[name][:LONGEST_FIELD] for name in TYPED if sent.get(name)}


def sealed_visit(visit: CoverageVisit) -> str:
    """A visit as a piece of an address."""
    return seal(_PURPOSE, [visit.view, dict(visit.fields), dict(visit.faults)])


def read_visit(text: str) -> CoverageVisit:
    """The visit that was sealed.

    Raises:
        Unreadable: it is not ours, too old, or of an earlier version of the pages.
    """
    try:
        view, fields, faults = unseal(_PURPOSE, text)
        return CoverageVisit(
            CoverageView(view),
            typed_fields(fields),
            {k: CoverageFault(v) for k, v in faults.items()},
        )
    except (AttributeError, TypeError, ValueError) as error:
        raise Unreadable("That address is too old, or not one of ours.") from error


def course_text(fields: Mapping[str, str]) -> str:
    """Weeks and days of up to three stages as ``8x3,2x2``; '' where none was typed."""
    pairs = [
        (fields.get(f"weeks_{n}", "").strip(), fields.get(f"days_{n}", "").strip())
        for n in range(1, STAGES + 1)
    ]
    return ",".join(f"{weeks}x{days}" for weeks, days in pairs if weeks or days)
