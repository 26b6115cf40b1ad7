"""Makes a plan from a marketplace plan's rows; has the few plans that come with the product."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from waypost.plans.advantage_cost import CostSpan
from waypost.plans.cost_share import BadCostShare, read_cost_share
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan, Priced
from waypost.plans.visit import VisitShare
from waypost.values.level_of_care import OVERNIGHT, LevelOfCare
from waypost.values.money import BadAmount, read_dollars
from waypost.values.outside_text import plain_text
from waypost.values.saying import SourceNote

CARRIED = Path(__file__).parent / "data" / "marketplace_2026_plans.json"
YEAR = 2026
SOURCE = SourceNote(
    "marketplace-2026",
    "Marketplace public use files, plan year 2026",
    "Centers for Medicare & Medicaid Services",
    "https://www.cms.gov/marketplace/resources/data/public-use-files",
    "2025-10-15",
)
OUTPATIENT = "Substance Abuse Disorder Outpatient Services"
BENEFITS = {
    OUTPATIENT: "office",
    "Substance Use Disorder Outpatient Other Services": "other",
    "Substance Abuse Office Visit": "sud-office",
    "Substance Abuse Disorder Inpatient Services": "inpatient",
    "Partial Hospitalization": "php",
    "Outpatient Facility Fee (e.g., Ambulatory Surgery Center)": "facility",
    "Mental/Behavioral Health Outpatient Services": "mental-health",
}
"""The benefit names of the public use file that matter here, and our short keys for them."""

_WAYS: Mapping[LevelOfCare, tuple[tuple[str, ...], ...]] = {
    LevelOfCare.IOP: (("sud-office", "office"), ("other", "facility")),
    LevelOfCare.PHP: (("php", "other", "facility"),),
    LevelOfCare.OUTPATIENT: (("sud-office", "office"),),
    LevelOfCare.OTP: (("sud-office", "office"),),
    LevelOfCare.RESIDENTIAL: (("inpatient",),),
    LevelOfCare.WITHDRAWAL: (("inpatient",),),
}
"""For each care, the ways in which it may be priced; the first row that exists is used."""


@dataclass(frozen=True, slots=True)
class BenefitRow:
    """One benefit of one plan, verbatim: tier 1 in the network, and what holds elsewhere."""

    copay: str
    coinsurance: str
    covered: bool | None = None
    limit: str = ""
    note: str = ""
    second_tier: str = ""
    outside: str = ""


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What the plan attributes file says; money in cents, None where it says nothing."""

    id: str
    year: int
    state: str
    issuer: str
    name: str
    market: str
    deductible: int | None
    maximum: int | None
    benefits_url: str
    source: SourceNote
    network_name: str = ""
    network_url: str = ""

    @property
    def insurance(self) -> Insurance:
        """Whether a person buys the plan, or a small employer does."""
        return insurance_of(self.market)


def insurance_of(market: str) -> Insurance:
    """The kind of insurance by the file's ``MarketCoverage``: SHOP is for small employers."""
    return (
        Insurance.EMPLOYER if market.strip().upper().startswith("SHOP") else Insurance.MARKETPLACE
    )


def marketplace_plan(head: PlanHead, rows: Mapping[str, BenefitRow], care: LevelOfCare) -> Plan:
    """Put a plan together for one care; wording that cannot be read is kept as a note."""
    priced: list[Priced] = []
    refused: list[str] = []
    keys = _taken(rows, care)
    for key in keys:
        try:
            priced.extend(_priced(key, rows[key]))
        except BadCostShare as error:
            refused.append(plain_text(error.text))
    overnight = care in OVERNIGHT
    main = rows.get("inpatient") if overnight else rows.get("office") or rows.get("sud-office")
    return Plan(
        head.id,
        head.insurance,
        head.year,
        (head.state,),
        plain_text(head.issuer),
        plain_text(head.name),
        head.source,
        deductible=_span(head.deductible),
        maximum=_span(head.maximum),
        priced=() if overnight else tuple(priced),
        covered=main.covered if main else None,
        limit=plain_text(main.limit) if main else "",
        notes=_notes(rows, care),
        refused=tuple(refused),
        benefits_url=head.benefits_url,
        stay_words="; ".join(p.words for p in priced) if overnight else "",
        outside_words=_each(rows[k].outside for k in keys),
        second_tier=_each(rows[k].second_tier for k in keys),
        network_name=plain_text(head.network_name),
        network_url=head.network_url,
    )


def _taken(rows: Mapping[str, BenefitRow], care: LevelOfCare) -> list[str]:
    """For each way of pricing, the first of its rows that the plan has."""
    first_rows = (next((k for k in ways if k in rows), None) for ways in _WAYS[care])
    return [key for key in first_rows if key is not None]


def _each(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain_text(text) for text in texts if text))


def _priced(key: str, row: BenefitRow) -> list[Priced]:
    share = VisitShare(read_cost_share(row.copay), read_cost_share(row.coinsurance))
    words = both_words(row.copay, row.coinsurance)
    name = "office" if key == "sud-office" else key
    return [Priced(name, share, share, plain_text(words))] if share.is_known else []


def both_words(copay: str, coinsurance: str) -> str:
    """The two cells of a price as one text; '' where neither says anything."""
    return "; ".join(w for w in (copay, coinsurance) if w and w != "Not Applicable")


def _notes(rows: Mapping[str, BenefitRow], care: LevelOfCare) -> tuple[str, ...]:
    keys = {key for ways in _WAYS[care] for key in ways} | {"mental-health"}
    notes = (plain_text(row.note) for key, row in rows.items() if key in keys and row.note)
    return tuple(dict.fromkeys(note for note in notes if note))


def _span(cents: int | None) -> CostSpan | None:
    return None if cents is None else CostSpan(cents, cents)


@cache
def _carried() -> Mapping[str, dict[str, Any]]:
    return {plan["plan_id"]: plan for plan in json.loads(CARRIED.read_text("utf-8"))["plans"]}


def carried_heads() -> tuple[PlanHead, ...]:
    """The marketplace plans that come with the product."""
    return tuple(_head(plan) for plan in _carried().values())


def carried_ids() -> Iterable[str]:
    """The ids of the marketplace plans that come with the product."""
    return _carried()


def carried_plan(plan_id: str, care: LevelOfCare) -> Plan | None:
    """A carried marketplace plan; None where it is not carried."""
    plan = _carried().get(plan_id)
    if plan is None:
        return None
    rows = {
        BENEFITS[row["BenefitName"]]: BenefitRow(
            row["CopayInnTier1"],
            row["CoinsInnTier1"],
            covered=True,
            note=row["Explanation"],
            outside=both_words(row["CopayOutofNet"], row["CoinsOutofNet"]),
        )
        for row in plan["rows"]
        if row["BenefitName"] in BENEFITS
    }
    return marketplace_plan(_head(plan), rows, care)


def _head(plan: Mapping[str, Any]) -> PlanHead:
    return PlanHead(
        plan["plan_id"],
        YEAR,
        plan["state"],
        plan["issuer"],
        plan["name"],
        "Individual",
        dollars_or_none(plan["deductible_individual_in"]),
        dollars_or_none(plan["moop_individual_in"]),
        plan["sbc_url"],
        SOURCE,
    )


def dollars_or_none(text: str) -> int | None:
    """Cents, or None for "Not Applicable", an empty cell and anything else not an amount."""
    try:
        return read_dollars(text)
    except BadAmount:
        return None
