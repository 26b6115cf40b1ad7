"""Which NPI is whose: pairs are proposed, our rules judge them, and what is left is evidence.

A proposal comes from a shared telephone, street or name (`plain_pairs`), or from Splink
(`splink_pairs`, an extra). Whoever proposes, the rules that join two listings of the directory
decide (`directory.matching.judge`), and an NPI is claimed only where it is the only one that fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from waypost.directory.matching import Match, MatchedListing, candidates, judge, listing
from waypost.directory.site import Site
from waypost.sources.nppes.reading import NppesOrganization

Pair = tuple[str, str]
Propose = Callable[[Sequence[MatchedListing], Sequence[MatchedListing]], Iterable[Pair]]
"""From sites and organizations to pairs of their keys."""

SURE = 0.9
"""A rule's confidence from which a pair counts."""


@dataclass(frozen=True, slots=True)
class NpiLink:
    """An NPI that fits one site alone, with the rule and the registry's own words."""

    site_id: str
    npi: str
    rule: str
    evidence: str


@dataclass(frozen=True, slots=True)
class Linked:
    """What came of the proposals; ``ambiguous`` sites have several NPIs, or share one."""

    proposed: int
    links: tuple[NpiLink, ...]
    ambiguous: int


def link(
    sites: Iterable[Site], candidates: Iterable[NppesOrganization], propose: Propose | None = None
) -> Linked:
    """Judge every proposed pair and keep those that are alone on both sides."""
    theirs = {organization.npi: organization for organization in candidates}
    left = [of_site(site) for site in sites]
    right = [of_organization(organization) for organization in theirs.values()]
    by_key = {row.key: row for row in (*left, *right)}
    pairs = set((propose or plain_pairs)(left, right))
    fits: dict[str, list[tuple[str, Match]]] = defaultdict(list)
    sites_of: dict[str, int] = defaultdict(int)
    for site_id, npi in sorted(pairs):
        match = judge(by_key[site_id], by_key[npi])
        if match is not None and match.confidence >= SURE:
            fits[site_id].append((npi, match))
            sites_of[npi] += 1
    links = [
        NpiLink(site_id, npi, match.rule, evidence(theirs[npi], match))
        for site_id, ((npi, match), *others) in fits.items()
        if not others and sites_of[npi] == 1
    ]
    return Linked(len(pairs), tuple(links), len(fits) - len(links))


def evidence(organization: NppesOrganization, match: Match) -> str:
    """What the registry says, for whoever looks at the claim."""
    day = f" of {organization.updated.isoformat()}" if organization.updated else ""
    where = f"{organization.street}, {organization.city}, {organization.state} {organization.zip}"
    return f"NPPES{day}: {organization.name}, {where}, {organization.phone}; {match.rule}"


def of_site(site: Site) -> MatchedListing:
    """A published listing as the rules see it."""
    s, phones = site, [phone.display for phone in site.phones]
    return listing(s.id, s.name, s.name2, s.street, s.street2, s.city, s.state, s.zip, phones)


def of_organization(organization: NppesOrganization) -> MatchedListing:
    """An organization as the rules see it."""
    o = organization
    return listing(
        o.npi, o.name, o.other_name, o.street, o.street2, o.city, o.state, o.zip, (o.phone,)
    )


def plain_pairs(left: Sequence[MatchedListing], right: Sequence[MatchedListing]) -> Iterator[Pair]:
    """Pairs that share a telephone, a street, or a ZIP and a part of the name or address."""
    return ((left[i].key, right[j].key) for i, j in candidates(left, right))
