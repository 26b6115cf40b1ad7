"""Everything the checker knows: the rules, the carried plans, and what was imported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from waypost.coverage.rules import Rules, load_rules
from waypost.plans.advantage import advantage_plan, segments
from waypost.plans.imported import Imported, NetworkLook, PriceFile, PublishedPrice
from waypost.plans.marketplace import carried_ids, carried_plan
from waypost.plans.plan import Plan
from waypost.plans.plan_id import is_version_of
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import SourceNote


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The rules and plans that an answer rests on."""

    rules: Rules
    imported: Imported | None = None

    def plan(self, plan_id: str, care: LevelOfCare) -> Plan | None:
        """A plan by its id: imported files first, then what is carried.

        An id without its segment or variant, as cards write it, means the plan if it has only one.
        """
        versions = self.plans_beginning(plan_id)
        known_id = plan_id if plan_id in versions else "".join(versions[:1])
        if not known_id or (known_id != plan_id and len(versions) > 1):
            return None
        imported_plan = self.imported.plan(known_id, care) if self.imported else None
        return imported_plan or carried_plan(known_id, care) or advantage_plan(known_id, care)

    def plans_beginning(self, plan_id: str) -> tuple[str, ...]:
        """The ids of every version of a plan: the id itself, or with a segment or a variant."""
        if not plan_id:
            return ()
        if plan_id in segments():
            return (plan_id,)
        imported = self.imported.versions(plan_id) if self.imported else ()
        carried = (k for k in (*carried_ids(), *segments()) if is_version_of(k, plan_id))
        return tuple(dict.fromkeys((*imported, *sorted(carried))))

    def network(self, plan_id: str, npis: Sequence[str], year: int) -> NetworkLook | None:
        """What the plan's imported network file says of a year; None where there is none."""
        imported = self.imported if plan_id else None
        return imported.network(plan_id, npis, year) if imported else None

    def network_npis(self, plan_id: str, year: int) -> tuple[SourceNote, frozenset[str]] | None:
        """Everyone of ours whom the plan's network file names; None where there is no file."""
        imported = self.imported if plan_id else None
        return imported.network_npis(plan_id, year) if imported else None

    def serves(self, plan_id: str, state: str, county: str) -> bool | None:
        """Whether a county (FIPS) is in the plan's service area; None where nobody says."""
        imported = self.imported if plan_id else None
        return imported.serves(plan_id, state, county) if imported else None

    def price_files(self) -> tuple[PriceFile, ...]:
        """The in-network files that were imported."""
        return self.imported.price_files() if self.imported else ()

    def prices(
        self,
        codes: Sequence[str],
        today: date,
        *,
        programs: Sequence[str] | None = None,
        files: Sequence[PriceFile],
    ) -> tuple[PublishedPrice, ...]:
        """Prices of some files in effect today; ``programs`` None means all our programs."""
        if self.imported is None:
            return ()
        return self.imported.prices(codes, today, programs=programs, files=files)


def carried_knowledge(imported: Imported | None = None) -> Knowledge:
    """The rules and plans that come with the product, with what was imported if anything."""
    return Knowledge(load_rules(), imported)
