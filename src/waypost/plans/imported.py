"""What imported files can tell of plans, their networks and their prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from waypost.plans.plan import Plan
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import SourceNote


@dataclass(frozen=True, slots=True)
class NetworkLook:
    """What an issuer's network file says of some NPIs and one plan: ``tier`` '' for no match."""

    source: SourceNote
    tier: str


@dataclass(frozen=True, slots=True)
class PublishedPrice:
    """A price from a Transparency in Coverage file, in cents."""

    entity: str
    code: str
    cents: int
    source: SourceNote


class Imported(Protocol):
    """What imported files can tell; `store.PlanStore` reads it from SQLite."""

    def plan(self, plan_id: str, care: LevelOfCare) -> Plan | None:
        """The plan, or None where no imported file has it."""

    def network(self, plan_id: str, npis: Sequence[str], year: int) -> NetworkLook | None:
        """What the plan's network file says; None where no file speaks of the plan."""

    def network_npis(self, plan_id: str, year: int) -> tuple[SourceNote, frozenset[str]] | None:
        """Everyone whom the plan's newest network file names among those that were kept."""

    def serves(self, plan_id: str, state: str, county: str) -> bool | None:
        """Whether a county is in the plan's service area; None where no file says."""

    def prices(self, npis: Sequence[str], codes: Sequence[str]) -> tuple[PublishedPrice, ...]:
        """Published prices of these providers for these billing codes."""
