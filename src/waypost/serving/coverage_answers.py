"""The one call behind every door of the coverage checker: page, command line and HTTP API."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from waypost.coverage.answer_json import answer_json, source_json
from waypost.coverage.knowledge import Knowledge
from waypost.coverage.listing import ProgramListing, listing_of
from waypost.coverage.parts import CoverageAnswer
from waypost.coverage.question import CoverageQuestion
from waypost.publishing.reader import Snapshot
from waypost.serving.known_plans import KnownPlans
from waypost.values.saying import SourceNote

MOST = 20


@dataclass(frozen=True, slots=True)
class InNetwork:
    """Our programs that an issuer's file names for the plan: its statement, never a promise."""

    source: SourceNote
    total: int
    programs: tuple[ProgramListing, ...]


@dataclass(frozen=True, slots=True)
class CoverageAnswered:
    """The answer and, where the plan's network file is known, the programs that it names."""

    answer: CoverageAnswer
    in_network: InNetwork | None


def program_listing(snapshot: Snapshot, site_id: str) -> ProgramListing | None:
    """A program as the checker needs it; None for an unknown id."""
    site = snapshot.site(site_id) if site_id else None
    return listing_of(site, snapshot.claims(site_id)) if site else None


def answered(
    plans: KnownPlans,
    snapshot: Snapshot,
    question: CoverageQuestion,
    site: ProgramListing | None,
    today: date,
) -> CoverageAnswered:
    """Answer from stored knowledge as of one day; asks nobody and keeps nothing."""
    answer = plans.ask(question, today, site)
    return CoverageAnswered(answer, _in_network(answer, plans.now().knowledge, snapshot))


def _in_network(
    answer: CoverageAnswer, knowledge: Knowledge, snapshot: Snapshot
) -> InNetwork | None:
    if answer.plan is None:
        return None
    network = knowledge.network_npis(answer.plan.id, answer.plan.year)
    if network is None:
        return None
    source, npis = network
    claimed = snapshot.claimed("npi")
    ids = [k for k, values in claimed.items() if npis.intersection(map(str, values))]
    sites = [site for site in map(snapshot.site, ids) if site is not None and site.current]
    states = {answer.question.state} if answer.question.state else set(answer.plan.states)
    listings = [listing_of(site) for site in sites if not states or site.state in states]
    fits = [listing for listing in listings if listing.offers(answer.question.care) is not False]
    fits.sort(key=lambda listing: (listing.name.casefold(), listing.id))
    return InNetwork(source, len(fits), tuple(fits[:MOST]))


def answered_json(checked: CoverageAnswered, language: str = "en") -> dict[str, Any]:
    """The whole answer as plain values, every source with it."""
    data = answer_json(checked.answer, language)
    named = checked.in_network
    data["programs_in_network"] = named and {
        "says": source_json(named.source),
        "total": named.total,
        "programs": [
            {"id": p.id, "name": p.name, "city": p.city, "state": p.state} for p in named.programs
        ],
    }
    return data
