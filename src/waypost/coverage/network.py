"""Is this program in my network? Never a promise: what a file or the program itself says."""

from __future__ import annotations

from dataclasses import replace

from waypost.coverage.asked import Asked
from waypost.coverage.knowledge import Knowledge
from waypost.coverage.listing import ProgramListing
from waypost.coverage.parts import Part
from waypost.coverage.pricing import published_lines
from waypost.coverage.sentences import name_of, say
from waypost.coverage.verdict import Verdict
from waypost.plans.insurance import PAYMENT, Insurance
from waypost.plans.plan import Plan
from waypost.values.saying import Sentence, SourceNote, Sure

_WITH_NETWORKS = frozenset(
    {Insurance.MARKETPLACE, Insurance.EMPLOYER, Insurance.FEDERAL, Insurance.ADVANTAGE}
)


def network_part(asked: Asked) -> Part:
    """The second answer: the issuer's file if there is one, else what the program itself says."""
    insurance, site = asked.insurance, asked.site
    if insurance is Insurance.NONE:
        return Part.of(Verdict.NOT_APPLICABLE, Sure.HIGH, [say("network-none")])
    if site is None:
        return _without_site(asked)
    lines = [say("network-any")] if insurance is Insurance.MEDICARE else []
    verdict, sure = _program_says(site, insurance, lines)
    if insurance in _WITH_NETWORKS:
        verdict, sure = _file_says(asked, site, lines) or (verdict, sure)
    lines.extend(_area_says(asked.plan, site, asked.knowledge))
    lines.extend(_named(asked.plan))
    lines.extend(published_lines(asked, site))
    return Part.of(verdict, sure, (*lines, *asked.says("network")))


def _without_site(asked: Asked) -> Part:
    if asked.insurance is Insurance.MEDICARE:
        return Part.of(Verdict.NOT_APPLICABLE, Sure.HIGH, [say("network-any")])
    lines = [say("network-no-site"), *_named(asked.plan), *asked.says("network")]
    return Part.of(Verdict.UNKNOWN, Sure.LOW, lines)


def _program_says(
    site: ProgramListing, insurance: Insurance, lines: list[Sentence]
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
    asked: Asked, site: ProgramListing, lines: list[Sentence]
) -> tuple[Verdict, Sure] | None:
    plan_id, year = asked.question.plan, asked.today.year
    if asked.plan is not None:
        plan_id, year = asked.plan.id, asked.plan.year
    if not site.npis:
        lines.append(say("network-no-npi", sure=Sure.LOW))
        return None
    look = asked.knowledge.network(plan_id, site.npis, year)
    if look is None:
        lines.append(say("network-no-file", sure=Sure.LOW, year=str(year)))
        return None
    file = f"{look.source.title}, {look.source.as_of}"
    if look.tier:
        lines.append(say("network-in", look.source, sure=Sure.MEDIUM, tier=look.tier, file=file))
        return Verdict.LIKELY, Sure.MEDIUM
    lines.append(say("network-not-in", look.source, sure=Sure.LOW, file=file))
    return Verdict.DEPENDS, Sure.LOW


def _area_says(plan: Plan | None, site: ProgramListing, knowledge: Knowledge) -> list[Sentence]:
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
