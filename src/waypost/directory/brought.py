"""What a publish of claims alone brings into a site: people's claims and its program's word.

Accepted reports, decisions of the operator, what calls found and what programs say are claims that
come between the editions. Each takes its place among the claims that stand, and the one choosing
rule decides anew, so that the short publish gives the same site as the whole one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from waypost.directory.assemble import fact_name, name_pair, ordered_phones, web_address
from waypost.directory.calls.listed import as_tuples
from waypost.directory.checks import BY_PEOPLE
from waypost.directory.choosing import mark
from waypost.directory.site import Claim, FactSource, Site
from waypost.directory.timetables import SAID_FIELDS, with_claims


def with_brought(
    site: Site, claims: Sequence[Claim], brought: Sequence[Claim]
) -> tuple[Site, list[Claim]]:
    """A published site and all claims to it, with ``brought`` in place of what came so before.

    ``claims`` stand in the order in which they were published.
    """
    said = [claim for claim in brought if claim.field in SAID_FIELDS]
    decided = [claim for claim in brought if claim.field not in SAID_FIELDS]
    with_people, marked = _with_people(site, claims, decided)
    return with_claims(with_people, marked, said)


def _with_people(
    site: Site, claims: Sequence[Claim], decided: Sequence[Claim]
) -> tuple[Site, list[Claim]]:
    fields = {c.field for c in (*claims, *decided) if c.source in BY_PEOPLE}
    marked: list[Claim] = [claim for claim in claims if claim.field not in fields]
    won: dict[str, Claim] = {}
    published: dict[str, list[Claim]] = {}
    for field in sorted(fields):
        published[field] = [
            replace(claim, value=as_tuples(claim.value), chosen=False, reason="")
            for claim in claims
            if claim.field == field and claim.source not in BY_PEOPLE
        ]
        of_field, winner = mark([*published[field], *(c for c in decided if c.field == field)])
        marked += of_field
        if winner is not None:
            won[field] = winner
    return _with_facts(site, fields, won, published), marked


def _with_facts(
    site: Site,
    fields: Collection[str],
    won: Mapping[str, Claim],
    published: Mapping[str, Sequence[Claim]],
) -> Site:
    """The site with these fields as they were chosen anew; a field that nobody claims is empty."""
    names = {fact_name(field) for field in fields}
    facts = {name: fact for name, fact in site.facts.items() if name not in names}
    facts |= {fact_name(f): FactSource(c.source, c.as_of, c.method) for f, c in won.items()}
    changes: dict[str, Any] = {"facts": facts}
    if "name" in won:
        changes["name"], changes["name2"] = name_pair(won["name"].value)
    if "phones" in won:
        others = (claim.value for claim in published["phones"])
        changes["phones"] = ordered_phones(won["phones"].value, others)
    if "website" in fields:
        changes["website"] = web_address(str(won["website"].value)) if "website" in won else ""
    if "address" in won and site.street:  # an address that its program hides stays hidden
        parts = ("street", "street2", "city", "state", "zip")
        changes |= dict(zip(parts, _texts(won["address"].value), strict=True))
    return replace(site, **changes)


def _texts(value: object) -> Iterable[str]:
    assert isinstance(value, tuple)
    return map(str, value)
