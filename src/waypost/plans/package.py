"""A Medicare Advantage segment as its official plan benefit package prices intensive outpatient.

Layout: CMS, "PBP Benefits" readme and SAS programs of contract year 2026: the fields PBP_B5B_* of
pbp_b5_partial_hosp.txt are "Intensive Outpatient Services".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from waypost.plans.advantage import segments, states_of
from waypost.plans.advantage_cost import CostSpan
from waypost.plans.cost_share import CostShare, Deductible, ShareKind
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan, Priced
from waypost.plans.visit import VisitShare
from waypost.values.money import dollars_text, percent_text
from waypost.values.outside_text import plain_text
from waypost.values.saying import SourceNote


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment: cents and basis points; None where the package says nothing."""

    id: str
    year: int
    organization: str
    name: str
    copay_low: int | None
    copay_high: int | None
    coinsurance_low: int | None
    coinsurance_high: int | None
    service_deductible: int | None
    deductible: int | None
    maximum: int | None
    authorization: int | None
    referral: int | None


def segment_plan(row: SegmentRow, source: SourceNote) -> Plan:
    """The segment as a plan for intensive outpatient care."""
    carried = segments().get(row.id)
    deductible = _either(row.service_deductible, row.deductible)
    priced = _priced(row, owes_deductible=bool(deductible))
    return Plan(
        row.id,
        Insurance.ADVANTAGE,
        row.year,
        states_of(carried) if carried else (),
        plain_text(row.organization),
        plain_text(row.name),
        source,
        deductible=None if deductible is None else CostSpan(deductible, deductible),
        maximum=None if row.maximum is None else CostSpan(row.maximum, row.maximum),
        priced=(priced,) if priced else (),
        covered=True,
        authorization=None if row.authorization is None else bool(row.authorization),
        referral=None if row.referral is None else bool(row.referral),
    )


def _either(first: int | None, second: int | None) -> int | None:
    return second if first is None else first


def _priced(row: SegmentRow, *, owes_deductible: bool) -> Priced | None:
    """The package does not order copay and deductible for this service: the high end takes both."""
    after = Deductible.AFTER if owes_deductible else Deductible.NO
    low, high = VisitShare(), VisitShare()
    words = []
    if row.copay_low is not None and row.copay_high is not None:
        low = VisitShare(CostShare(ShareKind.COPAY, row.copay_low))
        high = VisitShare(CostShare(ShareKind.COPAY, row.copay_high, after))
        words.append(f"{_range(dollars_text, row.copay_low, row.copay_high)} copay")
    if row.coinsurance_low is not None and row.coinsurance_high is not None:
        rate = CostShare(ShareKind.COINSURANCE, row.coinsurance_high, after)
        if not low.copay.applies:
            low = VisitShare(coinsurance=CostShare(ShareKind.COINSURANCE, row.coinsurance_low))
        high = VisitShare(high.copay, rate)
        ends = _range(percent_text, row.coinsurance_low, row.coinsurance_high)
        words.append(f"{ends} coinsurance")
    return Priced("iop", low, high, "; ".join(words)) if words else None


def _range(text: Callable[[int], str], low: int, high: int) -> str:
    return text(low) if low == high else f"{text(low)} to {text(high)}"
