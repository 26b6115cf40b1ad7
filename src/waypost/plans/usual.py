"""What marketplace plans of 2026 usually charge, where the plan itself is not loaded."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from waypost.plans.cost_share import CostShare, Kind, read_cost_share
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import SourceNote

DISTRIBUTIONS = Path(__file__).parent / "data" / "marketplace_2026_usual.json"
YEAR = 2026
TOGETHER = "ALL30"
SOURCE = SourceNote(
    "marketplace-2026-usual",
    "Benefits and Cost Sharing public use file, plan year 2026: counts over 30 states",
    "Centers for Medicare & Medicaid Services",
    "https://www.cms.gov/marketplace/resources/data/public-use-files",
    "2025-10-15",
)
OFFICE = "Substance Abuse Disorder Outpatient Services"
OTHER = "Substance Use Disorder Outpatient Other Services"
_BENEFITS = {
    LevelOfCare.IOP: (("office", OFFICE), ("other", OTHER)),
    LevelOfCare.PHP: (("php", "Partial Hospitalization"), ("other", OTHER)),
    LevelOfCare.OUTPATIENT: (("office", OFFICE),),
    LevelOfCare.OTP: (("office", OFFICE),),
    LevelOfCare.RESIDENTIAL: (("inpatient", "Substance Abuse Disorder Inpatient Services"),),
    LevelOfCare.WITHDRAWAL: (("inpatient", "Substance Abuse Disorder Inpatient Services"),),
}
_COLUMNS = ("In-Network Copay (Tier 1)", "In-Network Coinsurance (Tier 1)")
MOST = 5


@dataclass(frozen=True, slots=True)
class UsualShare:
    """A cost share, and in how many of 10,000 plans (basis points) it stands."""

    share: CostShare
    points: int


@dataclass(frozen=True, slots=True)
class Usual:
    """The commonest shares of one benefit; ``state`` is '' for the 30 states together."""

    key: str
    state: str
    plans: int
    shares: tuple[UsualShare, ...]


@cache
def _distributions() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DISTRIBUTIONS.read_text("utf-8"))
    return found


def usual_shares(state: str, care: LevelOfCare) -> tuple[Usual, ...]:
    """What is usual for a care: of the state where it is counted, else of 30 states together."""
    found = (_usual(state, key, benefit) for key, benefit in _BENEFITS[care])
    return tuple(usual for usual in found if usual is not None)


@cache
def _usual(state: str, key: str, benefit: str) -> Usual | None:
    place = state if benefit in _distributions().get(state, {}) else TOGETHER
    counts = _distributions()[place].get(benefit)
    if not counts or not counts["covered"]:
        return None
    rows = [pair for column in _COLUMNS for pair in counts.get(column, {}).items()]
    shares = [(read_cost_share(text), number) for text, number in rows]
    # "$0.00" with "0.00%" is one plan counted in both columns: the copay column is enough.
    told: Counter[CostShare] = Counter()
    for share, number in shares:
        if share.applies and share != CostShare(Kind.COINSURANCE):
            told[share] += number
    plans = counts["plans"]
    return Usual(
        key,
        "" if place == TOGETHER else place,
        plans,
        tuple(UsualShare(s, n * 10_000 // plans) for s, n in told.most_common(MOST)),
    )
