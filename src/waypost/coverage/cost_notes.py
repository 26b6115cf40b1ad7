"""The sentences beside a cost: what was supposed, what the file adds, what is known otherwise."""

from __future__ import annotations

from waypost.coverage.pricing import PriceGuide
from waypost.coverage.question import Question
from waypost.coverage.rules import Rules
from waypost.coverage.sentences import billing_codes, name_of, say
from waypost.coverage.usual_words import usual_sentence
from waypost.places.states import STATE_NAMES
from waypost.plans.cost_share import Basis, CostShare, Kind
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan
from waypost.plans.usual import usual_shares
from waypost.values.money import dollars_text, percent_text
from waypost.values.saying import Sentence, SourceNote, Sure

_ALL_OF_IT = "100.00%"


def assumptions(question: Question, plan: Plan, guide: PriceGuide | None) -> tuple[Sentence, ...]:
    """What the interval supposes: the course, the deductible, the price, the maximum."""
    course = question.course
    lines = [say("cost-course", visits=str(course.visits), weeks=str(course.weeks))]
    if len(plan.priced) > 1 and not plan.stand_in:
        code = billing_codes(question.care)[0]
        lines.append(say("cost-two-ways", plan.source, sure=Sure.LOW, code=code))
    if plan.stand_in:
        lines.append(say("cost-stand-in", plan.source, sure=Sure.LOW))
    lines.extend(_deductible(question, plan))
    lines.extend(_price(plan, guide))
    lines.append(_maximum(plan))
    lines.append(say("cost-individual"))
    return tuple(lines)


def _deductible(question: Question, plan: Plan) -> list[Sentence]:
    if plan.deductible is None:
        return [say("cost-deductible-unknown", plan.source, sure=Sure.LOW)]
    whole = plan.deductible.high
    told = question.deductible_met
    open_line = say(
        "cost-deductible-open", plan.source, sure=Sure.MEDIUM, deductible=dollars_text(whole)
    )
    if told is None:
        return [open_line] if whole else []
    met, text = dollars_text(told), dollars_text(whole)
    if told > whole:
        above = say("cost-deductible-above", plan.source, sure=Sure.LOW, met=met, deductible=text)
        return [above, open_line] if whole else [above]
    left = dollars_text(whole - told)
    return [say("cost-deductible-told", plan.source, met=met, deductible=text, left=left)]


def _price(plan: Plan, guide: PriceGuide | None) -> list[Sentence]:
    """What one visit is taken to be priced at; nothing where no price enters."""
    if guide is not None:
        return [guide.sentence]
    enters = any(p.high.needs_price or p.high.uses_deductible for p in plan.priced)
    return [say("cost-price-unknown", sure=Sure.LOW)] if enters else []


def _maximum(plan: Plan) -> Sentence:
    if plan.maximum is None:
        return say("cost-no-maximum", plan.source, sure=Sure.LOW)
    return say("cost-maximum", plan.source, maximum=dollars_text(plan.maximum.high))


def plan_notes(plan: Plan, question: Question) -> tuple[Sentence, ...]:
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
    """The plan's own Summary of Benefits and Coverage, to be opened by the reader alone."""
    title = f"Summary of Benefits and Coverage, {plan.name or plan.id}"
    publisher = plan.issuer or plan.source.publisher
    return SourceNote("summary-of-benefits", title, publisher, plan.benefits_url, str(plan.year))


def what_is_known_otherwise(
    question: Question, insurance: Insurance, rules: Rules
) -> tuple[Sentence, ...]:
    """Where there is no plan file: what is usual, what a state said, or that nothing is known."""
    if insurance is Insurance.MARKETPLACE:
        return tuple(usual_sentence(u) for u in usual_shares(question.state, question.care))
    if insurance is Insurance.MEDICAID and question.state:
        return _state_copay(question.state, rules)
    if insurance is Insurance.NONE:
        return (say("cost-none"),)
    if rules.about("cost", insurance, question.care):
        return ()
    return (say("cost-unknown", sure=Sure.LOW),)


def _state_copay(state: str, rules: Rules) -> tuple[Sentence, ...]:
    copay = rules.medicaid[state].outpatient_copay
    if copay is None:
        return ()
    source, name = rules.sources["kff-level-1"], STATE_NAMES[state]
    if copay == "no":
        return (say("cost-state-no-copay", source, sure=Sure.MEDIUM, state=name),)
    return (say("cost-state-copay", source, sure=Sure.MEDIUM, state=name, copay=copay),)


def share_words(share: CostShare) -> Sentence:
    """A cost share in both languages: “$40 copay after deductible”, «copago de $40 ...»."""
    key = share.kind.name.lower()
    key += "" if share.basis is Basis.VISIT else f"-{share.basis}"
    key += f"-{share.deductible}" if share.deductible else ""
    copay = share.kind is Kind.COPAY
    amount = dollars_text(share.amount) if copay else percent_text(share.amount)
    return name_of("share", key).with_values(amount=amount)
