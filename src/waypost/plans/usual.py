"""What marketplace plans of 2026 usually charge, where the plan itself is not loaded.

The counts are of variants: one plan stands in the files once as it is sold to everyone, and again
for people with lower incomes and for American Indians and Alaska Natives (CMS, "Plan Attributes"
data dictionary, CSRVariationType). The variant without any cost sharing lists both a copay of $0
and a coinsurance of 0 %; it is not for everyone, so that it is left out of the counts.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from waypost.plans.cost_share import CostShare, ShareKind, read_cost_share
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
BENEFITS = {
    LevelOfCare.IOP: (("office", OFFICE), ("other", OTHER)),
    LevelOfCare.PHP: (("php", "Partial Hospitalization"), ("other", OTHER)),
    LevelOfCare.OUTPATIENT: (("office", OFFICE),),
    LevelOfCare.OTP: (("office", OFFICE),),
    LevelOfCare.RESIDENTIAL: (("inpatient", "Substance Abuse Disorder Inpatient Services"),),
    LevelOfCare.WITHDRAWAL: (("inpatient", "Substance Abuse Disorder Inpatient Services"),),
}
_COLUMNS = ("In-Network Copay (Tier 1)", "In-Network Coinsurance (Tier 1)")
MOST = 5
_NOTHING = (CostShare(ShareKind.COPAY), CostShare(ShareKind.COINSURANCE))


@dataclass(frozen=True, slots=True)
class UsualShare:
    """A cost share, and how many of 10,000 plans (basis points) have it."""

    share: CostShare
    points: int


@dataclass(frozen=True, slots=True)
class Usual:
    """The commonest shares of one benefit; ``state`` is '' for the 30 states together.

    ``plans`` are those that were counted; variants without any cost sharing are not among them.
    """

    key: str
    state: str
    plans: int
    shares: tuple[UsualShare, ...]


@cache
def _distributions() -> dict[str, Any]:
    distributions: dict[str, Any] = json.loads(DISTRIBUTIONS.read_text("utf-8"))
    return distributions


def usual_shares(state: str, care: LevelOfCare) -> tuple[Usual, ...]:
    """What is usual for a care: of the state where it is counted, else of 30 states together."""
    counted = (_usual(state, key, benefit) for key, benefit in BENEFITS[care])
    return tuple(usual for usual in counted if usual is not None)


@cache
def _usual(state: str, key: str, benefit: str) -> Usual | None:
    place = state if benefit in _distributions().get(state, {}) else TOGETHER
    counts = _distributions()[place].get(benefit)
    if not counts or not counts["covered"]:
        return None
    columns = [_by_share(counts.get(column, {})) for column in _COLUMNS]
    nothing = [sum(column.pop(zero, 0) for zero in _NOTHING) for column in columns]
    without_sharing = min(nothing)
    by_share = sum(columns, Counter({_NOTHING[0]: max(nothing) - without_sharing}))
    plans = counts["plans"] - without_sharing
    return Usual(
        key,
        "" if place == TOGETHER else place,
        plans,
        tuple(UsualShare(s, n * 10_000 // plans) for s, n in by_share.most_common(MOST) if n),
    )


def _by_share(texts: dict[str, int]) -> Counter[CostShare]:
    """How often each share occurs in one column; cells without one are left out."""
    counted: Counter[CostShare] = Counter()
    for text, number in texts.items():
        share = read_cost_share(text)
        if share.applies:
            counted[share] += number
    return counted
