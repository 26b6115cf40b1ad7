"""Is this program in my network? Never a promise: what a file or the program itself says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from waypost.coverage.knowledge import Knowledge
from waypost.coverage.listing import PAYMENT, Listing
from waypost.coverage.parts import Part
from waypost.coverage.pricing import published_lines
from waypost.coverage.question import Question
from waypost.coverage.sentences import name_of, say
from waypost.coverage.verdict import Verdict
from waypost.plans.insurance import Insurance
from waypost.plans.plan import Plan
from waypost.values.saying import Sentence, SourceNote, Sure

_WITH_NETWORKS = frozenset(
    {Insurance.MARKETPLACE, Insurance.EMPLOYER, Insurance.FEDERAL, Insurance.ADVANTAGE}
)


def network_part(
    question: Question,
    insurance: Insurance,
    plan: Plan | None,
    site: Listing | None,
    knowledge: Knowledge,
    today: date,
) -> Part:
    """The second answer: the issuer's file where there is one, else the program's own word."""
    if insurance is Insurance.NONE:
        return Part(Verdict.UNKNOWN, Sure.HIGH, (say("network-none"),))
    lines = [say("network-any")] if insurance is Insurance.MEDICARE else []
    if site is None:
        lines.append(say("network-no-site"))
        lines.extend(_named(plan))
        return Part(Verdict.UNKNOWN, Sure.LOW, (*lines, *_general(insurance, question, knowledge)))
    verdict, sure = _program_says(site, insurance, lines)
    if insurance in _WITH_NETWORKS:
        year = plan.year if plan else today.year
        look = _file_says(plan.id if plan else question.plan, year, site, knowledge, lines)
        verdict, sure = look or (verdict, sure)
    lines.extend(_area_says(plan, site, knowledge))
    lines.extend(_named(plan))
    lines.extend(published_lines(question, insurance, plan, site, knowledge, today))
    return Part(verdict, sure, (*lines, *_general(insurance, question, knowledge)))


def _general(
    insurance: Insurance, question: Question, knowledge: Knowledge
) -> tuple[Sentence, ...]:
    facts = knowledge.rules.about("network", insurance, question.care)
    return tuple(fact.sentence for fact in facts)


def _program_says(
    site: Listing, insurance: Insurance, lines: list[Sentence]
) -> tuple[Verdict, Sure]:
    takes = site.takes(insurance)
    if takes is None or site.as_of is None:
        return Verdict.UNKNOWN, Sure.LOW
    payment = name_of("payment", PAYMENT[insurance])
    key = "network-takes" if takes else "network-not-listed"
    as_of = site.as_of.isoformat()
    lines.append(say(key, site.source, sure=Sure.LOW, site=site.name, payment=payment, as_of=as_of))
    alone = takes and insurance not in _WITH_NETWORKS
    return (Verdict.LIKELY if alone else Verdict.DEPENDS), Sure.LOW


def _file_says(
    plan_id: str, year: int, site: Listing, knowledge: Knowledge, lines: list[Sentence]
) -> tuple[Verdict, Sure] | None:
    if not site.npis:
        lines.append(say("network-no-npi", sure=Sure.LOW))
        return None
    look = knowledge.network(plan_id, site.npis, year)
    if look is None:
        lines.append(say("network-no-file", sure=Sure.LOW, year=str(year)))
        return None
    file = f"{look.source.title}, {look.source.as_of}"
    if look.tier:
        lines.append(say("network-in", look.source, sure=Sure.MEDIUM, tier=look.tier, file=file))
        return Verdict.LIKELY, Sure.MEDIUM
    lines.append(say("network-not-in", look.source, sure=Sure.LOW, file=file))
    return Verdict.DEPENDS, Sure.LOW


def _area_says(plan: Plan | None, site: Listing, knowledge: Knowledge) -> list[Sentence]:
    serves = knowledge.serves(plan.id, site.state, site.county_fips) if plan else None
    if plan is None or serves is None:
        return []
    key = "network-area" if serves else "network-outside-area"
    return [say(key, plan.source, sure=Sure.MEDIUM, site=site.name)]


def _named(plan: Plan | None) -> list[Sentence]:
    """The network's name, and the issuer's own directory of it where the file gives one."""
    if plan is None or not plan.network_name:
        return []
    line = say("network-named", plan.source, sure=Sure.MEDIUM, name=plan.network_name)
    if not plan.network_url:
        return [line]
    title, publisher = f"Providers of the network {plan.network_name}", plan.issuer
    own = SourceNote("network-directory", title, publisher, plan.network_url, str(plan.year))
    return [replace(line, sources=(plan.source, own))]
