"""Reads the providers of an issuer's file from events, one small record at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from waypost.plans.imports.json_events import DEEPEST, event_pieces, too_deep

_ENTRY, _PLAN = 2, 4
"""Depths: the array is 1, a provider 2, its list of plans 3, a plan 4, its list of years 5."""


@dataclass(slots=True)
class ProviderPlan:
    """One plan of a provider, as the file writes it; years may be numbers or numbers in quotes."""

    plan_id: str = ""
    tier: str = ""
    years: list[Any] = field(default_factory=list)


@dataclass(slots=True)
class Provider:
    """One provider; ``plans`` is None where the entry has no list of plans."""

    npi: str = ""
    plans: list[ProviderPlan] | None = None


def read_providers(path: Path) -> Iterator[Provider]:
    """Every entry of the array.

    Raises:
        BadFile: not JSON, broken off, or nested without end.
    """
    reader = _Reader()
    for piece in event_pieces(path):
        for event, value in piece:
            if event == "map_key":
                reader.key = value
            elif event in ("start_map", "start_array"):
                reader.start()
                if reader.depth > DEEPEST:
                    raise too_deep(path)
            elif event in ("end_map", "end_array"):
                if reader.depth == _ENTRY:
                    yield reader.provider
                reader.depth -= 1
            elif reader.depth == 1:
                yield Provider()  # a bare value where a provider should be
            else:
                reader.value(value)


class _Reader:
    def __init__(self) -> None:
        self.depth, self.key = 0, ""
        self.provider, self.plan = Provider(), ProviderPlan()

    def start(self) -> None:
        self.depth += 1
        if self.depth == _ENTRY:
            self.provider = Provider()
        elif self.depth == _PLAN - 1 and self.key == "plans":
            self.provider.plans = []
        elif self.depth == _PLAN and self.provider.plans is not None:
            self.plan = ProviderPlan()
            self.provider.plans.append(self.plan)

    def value(self, value: Any) -> None:
        if self.depth == _ENTRY and self.key == "npi":
            self.provider.npi = str(int(value)) if isinstance(value, float) else str(value)
        elif self.depth == _PLAN and self.key == "plan_id":
            self.plan.plan_id = str(value)
        elif self.depth in (_PLAN, _PLAN + 1) and self.key == "network_tier":
            self.plan.tier = " ".join((self.plan.tier, str(value or ""))).strip()
        elif self.depth in (_PLAN, _PLAN + 1) and self.key == "years":
            self.plan.years.append(value)
