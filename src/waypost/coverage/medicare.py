"""Original Medicare as a plan: the Part B deductible, a part of each day, Medicare's own rates."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.coverage.asked import Asked
from waypost.coverage.rules import DayRate
from waypost.coverage.sentences import say
from waypost.plans.advantage_cost import CostSpan
from waypost.plans.cost_share import CostShare, Deductible, ShareKind
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan, Priced
from waypost.plans.visit import VisitShare
from waypost.values.level_of_care import OVERNIGHT, LevelOfCare
from waypost.values.money import dollars_text, part_of
from waypost.values.saying import Sentence, Sure


@dataclass(frozen=True, slots=True)
class PriceGuide:
    """The price range of one day of care in cents, and the sentence that says why."""

    low: int
    high: int
    sentence: Sentence


def part_b(asked: Asked) -> Plan | None:
    """What Part B charges for a visit: this year's deductible and the usual percentage."""
    if asked.insurance is not Insurance.MEDICARE or asked.care in OVERNIGHT:
        return None
    rules = asked.knowledge.rules
    number, rate = rules.numbers["part_b_deductible"], rules.numbers["part_b_coinsurance"]
    points = 0 if asked.care is LevelOfCare.OTP else rate["points"]
    share = VisitShare(coinsurance=CostShare(ShareKind.COINSURANCE, points, Deductible.AFTER))
    return Plan(
        "original-medicare",
        Insurance.MEDICARE,
        number["year"],
        (),
        "",
        "Original Medicare",
        rules.sources[number["source"]],
        deductible=CostSpan(number["cents"], number["cents"]),
        priced=(Priced("part-b", share, share, ""),),
    )


def medicare_guide(asked: Asked) -> PriceGuide | None:
    """Medicare's rates of this very year; None where they are not known."""
    rates = [rate for rate in _rates(asked) if rate.year == asked.today.year]
    if not rates:
        return None
    cents = sorted(rate.cents for rate in rates)
    sentence = say(
        "cost-medicare-rates",
        *dict.fromkeys(rate.source for rate in rates),
        sure=Sure.MEDIUM,
        year=str(asked.today.year),
        price=" – ".join(dict.fromkeys(dollars_text(c) for c in (cents[0], cents[-1]))),
    )
    return PriceGuide(cents[0], cents[-1], sentence)


def earlier_rate(asked: Asked) -> Sentence | None:
    """An earlier year's rate as a sentence, where this year's is not known; never an interval."""
    earlier = [rate for rate in _rates(asked) if rate.year < asked.today.year]
    if asked.insurance is not Insurance.MEDICARE or not earlier:
        return None
    rate = max(earlier, key=lambda rate: rate.year)
    share = asked.knowledge.rules.numbers["part_b_coinsurance"]["points"]
    return say(
        "cost-medicare-earlier",
        rate.source,
        sure=Sure.LOW,
        year=str(rate.year),
        day=rate.words,
        price=dollars_text(rate.cents),
        part=dollars_text(round(part_of(rate.cents, share), -2)),
    )


def _rates(asked: Asked) -> list[DayRate]:
    return [rate for rate in asked.knowledge.rules.medicare_days if rate.care is asked.care]
