"""The sentences beside a cost: assumptions, what the file adds, what is known without a plan."""

from __future__ import annotations

from waypost.coverage.asked import Asked
from waypost.coverage.medicare import PriceGuide, earlier_rate
from waypost.coverage.question import CoverageQuestion
from waypost.coverage.rules import Rules
from waypost.coverage.sentences import billing_codes, say
from waypost.coverage.usual_advantage_words import usual_advantage_sentences
from waypost.coverage.usual_words import usual_sentence
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan
from waypost.plans.usual import usual_shares
from waypost.values.money import dollars_text
from waypost.values.saying import Sentence, SourceNote, Sure

_ALL_OF_IT = "100.00%"
_FOR_ONE_PERSON = frozenset({Insurance.MEDICARE, Insurance.ADVANTAGE})
"""Medicare has no family plans: each person has their own."""

_FALL = (9, 15)
"""From this day on, a course may well run into the new year."""


def assumptions(
    asked: Asked, plan: Plan, guide: PriceGuide | None, *, is_interval: bool
) -> tuple[Sentence, ...]:
    """What the interval assumes: the course, the deductible, the price, the maximum, the year."""
    course = asked.question.course
    lines = [
        *old_year(asked, plan),
        say("cost-course", visits=str(course.visits), weeks=str(course.weeks)),
    ]
    if len(plan.priced) > 1 and not plan.stand_in:
        code = billing_codes(asked.care)[0]
        lines.append(say("cost-two-ways", plan.source, sure=Sure.LOW, code=code))
    if plan.stand_in:
        lines.append(say("cost-stand-in", plan.source, sure=Sure.LOW))
    lines.extend(_deductible(asked.question, plan, is_interval=is_interval))
    lines.extend(_price(asked, plan, guide))
    if asked.insurance is not Insurance.MEDICARE:  # it has none: its own facts say so
        lines.append(_maximum(plan))
    if asked.insurance not in _FOR_ONE_PERSON:
        lines.append(say("cost-individual"))
    lines.extend(_new_year(asked, plan))
    return tuple(lines)


def _new_year(asked: Asked, plan: Plan) -> list[Sentence]:
    """In the fall, a warning: the interval is for one plan year, and the next starts over."""
    if (asked.today.month, asked.today.day) < _FALL or not (plan.deductible or plan.maximum):
        return []
    is_medicare = asked.insurance is Insurance.MEDICARE  # it has no plan and no yearly maximum
    words = "cost-new-year-medicare" if is_medicare else "cost-new-year"
    return [say(words, sure=Sure.MEDIUM, next_year=str(asked.today.year + 1))]


def old_year(asked: Asked, plan: Plan) -> tuple[Sentence, ...]:
    """That a plan's file is of an earlier year than the day it is asked on; nothing else is."""
    now = asked.today.year
    if not 0 < plan.year < now:
        return ()
    return (say("plan-old-year", plan.source, sure=Sure.LOW, year=str(plan.year), now=str(now)),)


def _deductible(question: CoverageQuestion, plan: Plan, *, is_interval: bool) -> list[Sentence]:
    if plan.deductible is None:
        return [say("cost-deductible-unknown", plan.source, sure=Sure.LOW)]
    whole, met = plan.deductible.high, question.deductible_met
    text = dollars_text(whole)
    key = "cost-deductible-open" if is_interval else "cost-deductible-whole"
    untold = [say(key, plan.source, sure=Sure.MEDIUM, deductible=text)] if whole else []
    if met is None:
        return untold
    if met > whole:
        above = say(
            "cost-deductible-above",
            plan.source,
            sure=Sure.LOW,
            met=dollars_text(met),
            deductible=text,
        )
        return [above, *untold]
    remaining = dollars_text(whole - met)
    met_text = dollars_text(met)
    return [say("cost-deductible-told", plan.source, met=met_text, deductible=text, left=remaining)]


def _price(asked: Asked, plan: Plan, guide: PriceGuide | None) -> list[Sentence]:
    """The price assumed for one visit, and that a typed one was set aside."""
    stated, believed = asked.question.price, asked.question.believed_price
    aside = [] if stated == believed else [_set_aside(stated or 0)]
    return [*aside, *_price_used(asked, plan, guide)]


def _set_aside(cents: int) -> Sentence:
    return say("cost-price-nothing", sure=Sure.LOW, price=dollars_text(cents))


def _price_used(asked: Asked, plan: Plan, guide: PriceGuide | None) -> list[Sentence]:
    """The price assumed for one visit; nothing if the price does not matter."""
    if guide is not None:
        return [guide.sentence]
    if asked.insurance is Insurance.MEDICARE:
        earlier = earlier_rate(asked)
        return [earlier or say("cost-medicare-unknown", sure=Sure.LOW)]
    enters = any(p.high.needs_price or p.high.uses_deductible for p in plan.priced)
    return [say("cost-price-unknown", sure=Sure.LOW)] if enters else []


def _maximum(plan: Plan) -> Sentence:
    if plan.maximum is None:
        return say("cost-no-maximum", plan.source, sure=Sure.LOW)
    return say("cost-maximum", plan.source, maximum=dollars_text(plan.maximum.high))


def plan_notes(plan: Plan) -> tuple[Sentence, ...]:
    """What the plan's file adds, verbatim, and what in it could not be read."""
    lines = [say("cost-refused", plan.source, sure=Sure.LOW, words=w) for w in plan.refused]
    if not (plan.priced or plan.refused or plan.stay_words):
        lines.append(say("cost-plan-silent", plan.source, sure=Sure.LOW))
    if plan.stay_words:
        lines.append(say("cost-stay", plan.source, words=plan.stay_words))
    if plan.limit:
        lines.append(say("cost-limit", plan.source, sure=Sure.MEDIUM, limit=plan.limit))
    lines.extend(say("cost-note", plan.source, sure=Sure.MEDIUM, note=n) for n in plan.notes)
    lines.extend(_elsewhere(plan))
    if plan.benefits_url:
        lines.append(say("cost-summary", _summary(plan), sure=Sure.MEDIUM))
    return tuple(lines)


def _elsewhere(plan: Plan) -> list[Sentence]:
    """What the file says of a second tier and of care outside the network, verbatim."""
    lines = [
        say("cost-second-tier", plan.source, sure=Sure.MEDIUM, words=words)
        for words in plan.second_tier
    ]
    for words in plan.outside_words:
        key = "cost-outside-nothing" if _ALL_OF_IT in words else "cost-outside"
        lines.append(say(key, plan.source, sure=Sure.MEDIUM, words=words))
    return lines


def _summary(plan: Plan) -> SourceNote:
    """The plan's own Summary of Benefits and Coverage, which only the reader opens."""
    title = f"Summary of Benefits and Coverage, {plan.name or plan.id}"
    publisher = plan.issuer or plan.source.publisher
    return SourceNote("summary-of-benefits", title, publisher, plan.benefits_url, str(plan.year))


def what_is_known_otherwise(asked: Asked) -> tuple[Sentence, ...]:
    """Where there is no plan file: what is usual, what a state said, or that nothing is known."""
    insurance, state = asked.insurance, asked.state
    if insurance is Insurance.MARKETPLACE:
        return tuple(usual_sentence(u) for u in usual_shares(state, asked.care))
    if insurance is Insurance.ADVANTAGE:
        return usual_advantage_sentences(state, asked.care)
    if insurance is Insurance.MEDICAID and state:
        return _state_copay(state, asked.knowledge.rules)
    if insurance is Insurance.NONE:
        return (say("cost-none"),)
    if asked.facts("cost"):
        return ()
    return (say("cost-unknown", sure=Sure.LOW),)


def _state_copay(state: str, rules: Rules) -> tuple[Sentence, ...]:
    copay = rules.medicaid[state].copay
    if copay is None:
        return ()
    source, name = rules.sources["kff-level-1"], STATE_NAMES[state]
    if copay.en == "no":
        return (say("cost-state-no-copay", source, sure=Sure.MEDIUM, state=name),)
    return (say("cost-state-copay", source, sure=Sure.MEDIUM, state=name, copay=copay),)
