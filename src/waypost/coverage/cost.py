"""What might I pay? Scenarios with two honest ends, and every assumption said."""

from __future__ import annotations

from waypost.coverage.cost_notes import assumptions, plan_notes, what_is_known_otherwise
from waypost.coverage.estimate import ANY_PRICE, End, estimate
from waypost.coverage.knowledge import Knowledge
from waypost.coverage.listing import Listing
from waypost.coverage.parts import CostPart, Part, Scenario
from waypost.coverage.question import Question
from waypost.coverage.rules import Rules
from waypost.coverage.sentences import billing_codes, name_of, say
from waypost.coverage.verdict import Verdict
from waypost.plans.advantage_cost import Span
from waypost.plans.cost_share import CostShare, Deductible, Kind
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan, Priced
from waypost.plans.visit import NO_LIMIT, Balance, VisitShare
from waypost.values.level_of_care import LevelOfCare
from waypost.values.money import dollars_text
from waypost.values.saying import Sentence, Sure, weakest

_OVERNIGHT = frozenset({LevelOfCare.RESIDENTIAL, LevelOfCare.WITHDRAWAL})


def cost_part(
    question: Question,
    insurance: Insurance,
    plan: Plan | None,
    site: Listing | None,
    knowledge: Knowledge,
) -> CostPart:
    """The third answer: an interval for each way of pricing, or what is usual, or unknown."""
    rules = knowledge.rules
    plan = plan or _part_b(question, insurance, rules)
    price = _published_price(question, site, knowledge)
    told = tuple(f.sentence for f in rules.about("cost", insurance, question.care))
    if plan is None or not plan.priced:
        lines = (
            *(plan_notes(plan, question) if plan else ()),
            *told,
            *(what_is_known_otherwise(question, insurance, rules) if plan is None else ()),
        )
        known = bool(told) or plan is not None or insurance is Insurance.MARKETPLACE
        verdict = Verdict.DEPENDS if known else Verdict.UNKNOWN
        return CostPart(Part(verdict, Sure.LOW, lines), ())
    scenarios = tuple(_scenario(p, plan, question, price) for p in plan.priced)
    lines = (*assumptions(question, plan, price), *plan_notes(plan, question), *told)
    return CostPart(Part(Verdict.DEPENDS, _how_sure(plan, lines), lines), scenarios)


def _how_sure(plan: Plan, lines: tuple[Sentence, ...]) -> Sure:
    """A price that stands in for another, or two that may hold, is never more than a guide."""
    own = Sure.LOW if plan.stand_in or len(plan.priced) > 1 else Sure.MEDIUM
    return weakest(own, *(line.sure for line in lines))


def _published_price(
    question: Question, site: Listing | None, knowledge: Knowledge
) -> tuple[int, int] | None:
    """The lowest and highest price published for this program, where any is."""
    if site is None:
        return None
    cents = [p.cents for p in knowledge.prices(site.npis, billing_codes(question.care))]
    return (min(cents), max(cents)) if cents else None


def _scenario(
    priced: Priced, plan: Plan, question: Question, price: tuple[int, int] | None
) -> Scenario:
    met = question.deductible_met
    deductible = plan.deductible or Span(0, 0)
    low_price, high_price = _prices(question, priced, price)
    low = End(priced.low, low_price, _balance(plan, deductible.low, met, open_end=deductible.low))
    high = End(priced.high, high_price, _balance(plan, deductible.high, met, open_end=0))
    interval = estimate(low, high, question.course.visits)
    name = name_of("scenario", priced.key)
    note = _without_price(priced.high) if high_price >= ANY_PRICE else None
    return Scenario(priced.key, name, priced.words, interval, note)


def _without_price(share: VisitShare) -> Sentence | None:
    """How a visit is paid when its price decides and is not known; None for a plain copay."""
    after = share.uses_deductible
    if share.coinsurance.applies and share.coinsurance.amount:
        part = dollars_text(share.coinsurance.amount)  # basis points of $100 are cents of it
        return say("cost-of-hundred-after" if after else "cost-of-hundred", part=part)
    if after:
        return say("cost-copay-after", copay=dollars_text(share.copay.amount))
    return None


def _balance(plan: Plan, deductible: int, met: int | None, *, open_end: int) -> Balance:
    """What is left; ``open_end`` is how much is supposed to be met where nothing was told."""
    spent = open_end if met is None else met
    maximum = plan.maximum.high if plan.maximum else NO_LIMIT
    left = NO_LIMIT if maximum == NO_LIMIT else max(0, maximum - spent)
    return Balance(max(0, deductible - spent), left)


def _prices(
    question: Question, priced: Priced, published: tuple[int, int] | None
) -> tuple[int, int]:
    if question.price is not None:
        return question.price, question.price
    if published is not None:
        return published
    copay = priced.low.copay
    return (copay.amount if copay.kind is Kind.COPAY else 0), ANY_PRICE


def _part_b(question: Question, insurance: Insurance, rules: Rules) -> Plan | None:
    """Original Medicare as a plan: the deductible is read, the percentage is the usual one."""
    if insurance is not Insurance.MEDICARE or question.care in _OVERNIGHT:
        return None
    number, rate = rules.numbers["part_b_deductible"], rules.numbers["part_b_coinsurance"]
    points = 0 if question.care is LevelOfCare.OTP else rate["points"]
    coinsurance = CostShare(Kind.COINSURANCE, points, Deductible.AFTER)
    share = VisitShare(coinsurance=coinsurance)
    return Plan(
        "original-medicare",
        insurance,
        number["year"],
        (),
        "",
        "Original Medicare",
        rules.sources[number["source"]],
        deductible=Span(number["cents"], number["cents"]),
        priced=(Priced("part-b", share, share, str(coinsurance)),),
    )
