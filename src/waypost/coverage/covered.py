"""Is this care covered? The plan's file first, then the program's rules, then the law."""

from __future__ import annotations

from waypost.coverage.asked import Asked
from waypost.coverage.cost_notes import old_year
from waypost.coverage.listing import ProgramListing
from waypost.coverage.medicaid import StateMedicaid
from waypost.coverage.parts import Part
from waypost.coverage.rules import Fact
from waypost.coverage.sentences import name_of, say
from waypost.coverage.verdict import Verdict
from waypost.places.states import STATE_NAMES
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan
from waypost.values.level_of_care import OVERNIGHT, LevelOfCare
from waypost.values.saying import Sentence, SourceNote, Sure, weakest


def covered_part(asked: Asked) -> Part:
    """The first answer: the verdict of the strongest evidence, as sure as the weakest."""
    facts = asked.facts("covered")
    verdict, sure = _ruling(facts)
    lines: list[Sentence] = []
    if asked.plan is not None:
        verdict, sure = _plan_says(asked.plan, asked.care, verdict, sure, lines)
        earlier = old_year(asked, asked.plan) if lines else ()
        lines.extend(earlier)
        sure = weakest(sure, *(line.sure for line in earlier))
    if asked.insurance is Insurance.MEDICAID and asked.state:
        lines.append(_state_program(asked))
    lines.extend(fact.sentence for fact in facts)
    if asked.insurance is Insurance.MEDICAID and asked.state:
        lines.extend(_state_says(asked))
    if asked.site is not None:
        verdict, sure = _site_says(asked, asked.site, verdict, sure, lines)
    if not lines:
        lines.append(say("covered-unknown", sure=Sure.LOW))
    return Part.of(verdict, sure, lines)


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


def _state_program(asked: Asked) -> Sentence:
    """What the state calls its Medicaid, and its line for members where it is known."""
    medicaid = asked.knowledge.rules.medicaid[asked.state]
    source = asked.knowledge.rules.sources["medicaid-help"]
    name, program = STATE_NAMES[asked.state], medicaid.name or "Medicaid"
    key = "covered-state-phone" if medicaid.phone else "covered-state-program"
    if "Medicaid" in program:  # the name says it: “In Ohio Medicaid is called Ohio Medicaid”
        key += "-plain"
    values = {"state": name, "program": program, "phone": medicaid.phone}
    return say(key, source, sure=Sure.MEDIUM, **values)


def _state_says(asked: Asked) -> list[Sentence]:
    """What the state told KFF in 2022 about this care, or about the closest one surveyed."""
    rules = asked.knowledge.rules
    medicaid, name = rules.medicaid[asked.state], STATE_NAMES[asked.state]
    lines = []
    if asked.care is LevelOfCare.RESIDENTIAL and medicaid.residential is not None:
        key = (
            "covered-state-residential" if medicaid.residential else "covered-state-no-residential"
        )
        lines.append(_surveyed(key, rules.sources["kff-residential"], name))
    elif medicaid.outpatient:
        key = (
            "covered-state-level-1"
            if asked.care is LevelOfCare.OUTPATIENT
            else "covered-state-outpatient"
        )
        lines.append(_surveyed(key, rules.sources["kff-level-1"], name))
    elif not _says_anything(asked, medicaid):
        lines.append(say("covered-state-unknown", sure=Sure.LOW, state=name))
    return lines


def _surveyed(key: str, source: SourceNote, state: str) -> Sentence:
    return say(key, source, sure=Sure.MEDIUM, state=state)


def _says_anything(asked: Asked, medicaid: StateMedicaid) -> bool:
    """Whether a rule is about this state, or the state answered the survey for this care."""
    return any(fact.states for fact in asked.facts("covered")) or medicaid.outpatient is not None


def _site_says(
    asked: Asked, site: ProgramListing, verdict: Verdict, sure: Sure, lines: list[Sentence]
) -> tuple[Verdict, Sure]:
    if asked.insurance is Insurance.MEDICARE:
        verdict, sure = _facility_says(asked, site, verdict, sure, lines)
    offers = site.offers(asked.care)
    if offers is not None:
        key = "covered-care-offered" if offers else "covered-care-not-listed"
        lines.append(say(key, site.source, sure=Sure.MEDIUM, site=site.name))
    return verdict, sure


def _facility_says(
    asked: Asked, site: ProgramListing, verdict: Verdict, sure: Sure, lines: list[Sentence]
) -> tuple[Verdict, Sure]:
    """Medicare pays by kind of facility; a listing in the directory does not mean enrollment."""
    if asked.care not in (LevelOfCare.IOP, LevelOfCare.PHP):
        return verdict, sure
    kind = site.medicare_facility(asked.care)
    if kind is not None:
        words = Sentence("kind", *kind)
        fits = say(
            "covered-facility-fits", site.source, sure=Sure.MEDIUM, site=site.name, kind=words
        )
        lines.append(fits)
        return Verdict.LIKELY, weakest(sure, Sure.MEDIUM)
    if asked.care is LevelOfCare.IOP and site.treats_opioids_as_program():
        lines.append(say("covered-facility-otp", site.source, sure=Sure.MEDIUM, site=site.name))
        return verdict, weakest(sure, Sure.MEDIUM)
    care = name_of("medicare-care", asked.care)
    lines.append(say("covered-facility-unknown", sure=Sure.LOW, site=site.name, care=care))
    return verdict, sure
