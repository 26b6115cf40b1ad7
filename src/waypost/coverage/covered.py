"""Is this care covered? The plan's file first, then the program's rules, then the law."""

from __future__ import annotations

from waypost.coverage.listing import Listing
from waypost.coverage.parts import Part
from waypost.coverage.question import Question
from waypost.coverage.rules import Fact, Rules
from waypost.coverage.sentences import say
from waypost.coverage.verdict import Verdict
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan
from waypost.values.level_of_care import OVERNIGHT, LevelOfCare
from waypost.values.saying import Sentence, Sure, weakest


def covered_part(
    question: Question, insurance: Insurance, plan: Plan | None, site: Listing | None, rules: Rules
) -> Part:
    """The first answer; the verdict is that of the strongest evidence, as sure as the weakest."""
    facts = rules.about("covered", insurance, question.care)
    verdict, sure = _ruling(facts)
    lines: list[Sentence] = []
    if plan is not None:
        verdict, sure = _plan_says(plan, question.care, verdict, sure, lines)
    lines.extend(fact.sentence for fact in facts)
    if insurance is Insurance.MEDICAID and question.state:
        lines.extend(_state_says(question.state, rules))
    if site is not None:
        verdict = _site_says(site, insurance, question.care, verdict, lines)
    if not lines:
        lines.append(say("covered-unknown", sure=Sure.LOW))
    return Part(verdict, sure, tuple(lines))


def _ruling(facts: tuple[Fact, ...]) -> tuple[Verdict, Sure]:
    ruling = next((fact for fact in facts if fact.verdict is not None), None)
    if ruling is None or ruling.verdict is None:
        return Verdict.UNKNOWN, Sure.LOW
    return ruling.verdict, ruling.sentence.sure


def _plan_says(
    plan: Plan, care: LevelOfCare, verdict: Verdict, sure: Sure, lines: list[Sentence]
) -> tuple[Verdict, Sure]:
    if plan.insurance is Insurance.ADVANTAGE:
        if plan.stand_in or care is not LevelOfCare.IOP:
            return verdict, sure
        lines.append(say("covered-plan-iop", plan.source))
        return Verdict.COVERED, Sure.HIGH
    if plan.covered is None:
        return verdict, sure
    if not plan.covered:
        lines.append(say("covered-plan-no", plan.source))
        return Verdict.NOT_COVERED, Sure.MEDIUM
    overnight = care in OVERNIGHT
    lines.append(say("covered-plan-inpatient" if overnight else "covered-plan-yes", plan.source))
    exact = care is LevelOfCare.OUTPATIENT
    return (Verdict.COVERED, Sure.HIGH) if exact else (Verdict.LIKELY, weakest(sure, Sure.MEDIUM))


def _state_says(state: str, rules: Rules) -> list[Sentence]:
    known = rules.medicaid[state]
    name = STATE_NAMES[state]
    lines = []
    if known.outpatient_covered:
        source = rules.sources["kff-level-1"]
        lines.append(say("covered-state-outpatient", source, sure=Sure.MEDIUM, state=name))
    else:
        lines.append(say("covered-state-unknown", sure=Sure.LOW, state=name))
    return lines


def _site_says(
    site: Listing, insurance: Insurance, care: LevelOfCare, verdict: Verdict, lines: list[Sentence]
) -> Verdict:
    if insurance is Insurance.MEDICARE and care is LevelOfCare.IOP:
        facility = site.medicare_facility()
        if facility is None:
            lines.append(say("covered-facility-unknown", sure=Sure.LOW, site=site.name))
        else:
            kind = Sentence("kind", *facility)
            lines.append(
                say(
                    "covered-facility-fits",
                    site.source,
                    sure=Sure.MEDIUM,
                    site=site.name,
                    kind=kind,
                )
            )
            verdict = Verdict.LIKELY
    offers = site.offers(care)
    if offers is not None:
        key = "covered-care-offered" if offers else "covered-care-not-listed"
        lines.append(say(key, site.source, sure=Sure.MEDIUM, site=site.name))
    return verdict
