"""The carried Medicare Advantage segments of 2026, read when first asked for."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from waypost.places.states import STATE_NAMES
from waypost.plans.advantage_cost import AdvantageShare, CostSpan, read_advantage_cost
from waypost.plans.advantage_limits import read_limits
from waypost.plans.cost_share import CostShare, Deductible, ShareKind
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan, Priced
from waypost.plans.visit import VisitShare
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import SourceNote

SEGMENTS = Path(__file__).parent / "data" / "advantage_2026.csv.gz"
YEAR = 2026
SOURCE = SourceNote(
    "advantage-2026",
    "Medicare Advantage plan pages, contract year 2026 (5,044 plan segments)",
    "Medicare.gov",
    "https://www.medicare.gov/plan-compare/",
    "2025-10-01",
)
_CODES = {name: code for code, name in STATE_NAMES.items()}
COLUMNS = {
    LevelOfCare.IOP: (("group", "mh_group"), ("hospital", "outpatient_hospital")),
    LevelOfCare.PHP: (("hospital", "outpatient_hospital"),),
    LevelOfCare.OUTPATIENT: (("individual", "mh_individual"), ("group", "mh_group")),
    LevelOfCare.OTP: (("otp", "opioid_treatment_program"),),
    LevelOfCare.RESIDENTIAL: (),
    LevelOfCare.WITHDRAWAL: (),
}
AUTHORIZATION = {
    LevelOfCare.IOP: "mh_group_prior_auth",
    LevelOfCare.PHP: "outpatient_hospital_prior_auth",
    LevelOfCare.OUTPATIENT: "mh_individual_prior_auth",
    LevelOfCare.OTP: "opioid_treatment_program_prior_auth",
    LevelOfCare.RESIDENTIAL: "inpatient_hospital_prior_auth",
    LevelOfCare.WITHDRAWAL: "inpatient_hospital_prior_auth",
}
STAND_INS = frozenset(
    {LevelOfCare.IOP, LevelOfCare.PHP, LevelOfCare.RESIDENTIAL, LevelOfCare.WITHDRAWAL}
)
"""Care for which the pages have no line of its own."""


def read_segments(path: Path = SEGMENTS) -> Iterator[dict[str, str]]:
    """Every row of the carried file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@cache
def segments() -> Mapping[str, dict[str, str]]:
    """The carried segments by id, such as ``H0104_012_0``."""
    return {row["plan_id"]: row for row in read_segments()}


def states_of(row: Mapping[str, str]) -> tuple[str, ...]:
    """The two-letter codes of a segment's states, in the file's order."""
    names = (name.strip() for name in row["states"].replace(";", ",").split(","))
    return tuple(_CODES[name] for name in names if name in _CODES)


def advantage_plan(plan_id: str, care: LevelOfCare) -> Plan | None:
    """A carried segment as a plan; None where it is not carried.

    Raises:
        BadCostShare: the file holds wording that the grammar does not know.
    """
    row = segments().get(plan_id)
    if row is None:
        return None
    deductible = read_limits(row["health_deductible"]).in_network or CostSpan(0, 0)
    priced = (
        _priced(key, row[column], owes_deductible=deductible.high > 0)
        for key, column in COLUMNS[care]
    )
    return Plan(
        plan_id,
        Insurance.ADVANTAGE,
        YEAR,
        states_of(row),
        "",
        "Medicare Advantage",
        SOURCE,
        deductible=deductible,
        maximum=read_limits(row["max_out_of_pocket"]).in_network,
        priced=tuple(p for p in priced if p is not None),
        authorization=row[AUTHORIZATION[care]] == "1",
        stand_in=care in STAND_INS,
        stay_words=row["inpatient_hospital"] if not COLUMNS[care] else "",
    )


def _priced(key: str, words: str, *, owes_deductible: bool) -> Priced | None:
    share = read_advantage_cost(words).inside
    if share is None:
        return None
    return Priced(key, _low(share), _high(share, owes_deductible=owes_deductible), words)


def _low(share: AdvantageShare) -> VisitShare:
    if share.copay is not None:
        return VisitShare(copay=CostShare(ShareKind.COPAY, share.copay.low))
    low = share.coinsurance.low if share.coinsurance is not None else 0
    return VisitShare(coinsurance=CostShare(ShareKind.COINSURANCE, low))


def _high(share: AdvantageShare, *, owes_deductible: bool) -> VisitShare:
    """The pages do not say whether the deductible holds for a service: the high end says so."""
    when = Deductible.AFTER if owes_deductible else Deductible.NO
    copay = CostShare(ShareKind.COPAY, share.copay.high, when) if share.copay else None
    rate = share.coinsurance
    coinsurance = CostShare(ShareKind.COINSURANCE, rate.high, when) if rate else None
    none = CostShare(ShareKind.NONE)
    return VisitShare(copay or none, coinsurance or none)
