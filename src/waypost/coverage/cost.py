"""What might I pay? Scenarios with two honest ends and every assumption stated."""

from __future__ import annotations

from dataclasses import dataclass

from waypost.coverage.asked import Asked
from waypost.coverage.cost_notes import assumptions, plan_notes, what_is_known_otherwise
from waypost.coverage.estimate import ANY_PRICE, End, Estimate, estimate
from waypost.coverage.medicare import PriceGuide, part_b
from waypost.coverage.parts import CostPart, Part, Scenario
from waypost.coverage.pricing import price_guide
from waypost.coverage.question import CoverageQuestion
from waypost.coverage.sentences import name_of, say
from waypost.coverage.verdict import Verdict
from waypost.plans.advantage_cost import CostSpan
from waypost.plans.cost_share import ShareKind
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan, Priced
from waypost.plans.visit import NO_LIMIT, Balance, VisitShare
from waypost.values.money import dollars_text
from waypost.values.saying import Sentence, Sure, weakest

_USUAL_KNOWN = frozenset({Insurance.MARKETPLACE, Insurance.ADVANTAGE})
"""Kinds of insurance of whose plans the usual costs are carried."""


@dataclass(frozen=True, slots=True)
class _Course:
    """What all scenarios of an answer share; ``met`` is None where no credible amount was given."""

    plan: Plan
    visits: int
    met: int | None
    guide: PriceGuide | None


def cost_part(asked: Asked) -> CostPart:
    """The third answer: an interval for each way of pricing, or what is usual, or unknown."""
    question = asked.question
    plan = asked.plan or part_b(asked)
    facts = asked.says("cost")
    if plan is None or not plan.priced:
        lines = (
            *(plan_notes(plan) if plan else ()),
            *facts,
            *(what_is_known_otherwise(asked) if plan is None else ()),
        )
        has_facts = bool(facts) or plan is not None or asked.insurance in _USUAL_KNOWN
        verdict = Verdict.DEPENDS if has_facts else Verdict.UNKNOWN
        return CostPart(Part.of(verdict, Sure.LOW, lines), ())
    guide = price_guide(asked, plan)
    course = _Course(plan, question.course.visits, believed_met(question, plan), guide)
    scenarios = tuple(_scenario(priced, course) for priced in plan.priced)
    is_interval = any(scenario.estimate for scenario in scenarios)
    supposed = assumptions(asked, plan, guide, is_interval=is_interval)
    lines = (*supposed, *plan_notes(plan), *facts)
    return CostPart(Part.of(Verdict.DEPENDS, _how_sure(plan, lines), lines), scenarios)


def _how_sure(plan: Plan, lines: tuple[Sentence, ...]) -> Sure:
    """How sure a cost is: a substitute price, or two possible ones, are only a guide."""
    own = Sure.LOW if plan.stand_in or len(plan.priced) > 1 else Sure.MEDIUM
    return weakest(own, *(line.sure for line in lines))


def believed_met(question: CoverageQuestion, plan: Plan) -> int | None:
    """Cents met of the deductible; None if nothing, or more than the deductible, was given."""
    met = question.deductible_met
    if met is None or plan.deductible is None or met > plan.deductible.high:
        return None
    return met


def _scenario(priced: Priced, course: _Course) -> Scenario:
    name = name_of("scenario", priced.key)
    interval = _interval(priced, course)
    note = None if course.guide else _without_price(priced.high, course.plan)
    most = None if interval else _maximum_left(course.plan, course.met)
    return Scenario(priced.key, name, priced.words, interval, note, most)


def _interval(priced: Priced, course: _Course) -> Estimate | None:
    """Two honest ends; None where the cost depends on the price of a visit and nobody knows it."""
    guide, plan = course.guide, course.plan
    if guide is None and (priced.low.needs_price or priced.high.needs_price):
        return None
    copay = priced.low.copay
    owed = copay.amount if copay.kind is ShareKind.COPAY else 0
    # A plain copay needs no price: it is owed at any price that is not below it, and a deductible
    # beside it is paid once, whatever a visit costs.
    low_price, high_price = (guide.low, guide.high) if guide else (owed, ANY_PRICE)
    deductible = plan.deductible or CostSpan(0, 0)
    low_balance = _balance(plan, deductible.low, course.met, supposed=deductible.low)
    high_balance = _balance(plan, deductible.high, course.met, supposed=0)
    interval = estimate(
        End(priced.low, low_price, low_balance),
        End(priced.high, high_price, high_balance),
        course.visits,
    )
    if plan.deductible is None and priced.high.uses_deductible:
        return interval.open_to(_maximum_left(plan, None))
    return interval


def _without_price(share: VisitShare, plan: Plan) -> Sentence | None:
    """How a visit is paid when that depends on an unknown price; None for a plain copay."""
    limit = name_of("limit", "yearly") if plan.maximum else ""
    after = share.uses_deductible
    if share.needs_price:
        part = dollars_text(share.coinsurance.amount)  # basis points of $100 are cents of it
        key = "cost-of-hundred-after" if after else "cost-of-hundred"
        return say(key, part=part, limit=limit)
    if after:
        return say("cost-copay-after", copay=dollars_text(share.copay.amount), limit=limit)
    return None


def _balance(plan: Plan, deductible: int, met: int | None, *, supposed: int) -> Balance:
    """What is left to pay; ``supposed`` is the amount assumed met where none was given."""
    spent = supposed if met is None else met
    remaining = _maximum_left(plan, spent)
    return Balance(max(0, deductible - spent), NO_LIMIT if remaining is None else remaining)


def _maximum_left(plan: Plan, spent: int | None) -> int | None:
    """Cents that can still be paid this year; None where no maximum is known."""
    return None if plan.maximum is None else max(0, plan.maximum.high - (spent or 0))
