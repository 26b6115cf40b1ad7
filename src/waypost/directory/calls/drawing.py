"""Draws the listings of a round: a stratified random sample that anyone can draw again.

Each listing's place in the order is the SHA-256 of the snapshot's version, the seed and its id, so
the same published snapshot and seed give the same sample on every machine, in every language. The
strata are the size of the county, by the limits of the CDC's urban-rural classification of 2013
(NCHS Vital and Health Statistics 2-166), and whether an older edition listed the place too; Riley
2024 (doi:10.1016/j.dadr.2024.100249) drew large, medium and small counties.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil

from waypost.directory.faults import DirectoryFault
from waypost.values.coded_fault import CodedError, CodedFault

LARGE, MEDIUM = 1_000_000, 250_000
"""People of a county from which on it is large, or medium."""

SECOND_CODED = 10
"""Every so many-th listing is called a second time by another person."""


class CannotDraw(CodedError, ValueError):
    """A sample that cannot be drawn, with the codes of why."""


@dataclass(frozen=True, slots=True)
class DrawCandidate:
    """A listing that may be drawn, and its stratum."""

    site_id: str
    stratum: str


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the frame: how many listings it has, and those drawn, in the order of calls."""

    name: str
    listings: int
    drawn: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn; ``second`` are the listings that a second person calls too."""

    state: str
    size: int
    seed: int
    version: str
    strata: tuple[Stratum, ...]
    second: frozenset[str]

    @property
    def drawn(self) -> list[tuple[str, str]]:
        """Every drawn listing and its stratum, in the order of calls."""
        pairs = [(site_id, s.name) for s in self.strata for site_id in s.drawn]
        return sorted(pairs, key=lambda pair: _place(self.version, self.seed, pair[0]))


def stratum_name(population: int | None, *, listed_before: bool) -> str:
    """The stratum of a listing; ``population`` is its county's, None where it is not known."""
    if population is None:
        county = "county of unknown size"
    elif population >= LARGE:
        county = "large county"
    else:
        county = "medium county" if population >= MEDIUM else "small county"
    return f"{county}, {'listed before' if listed_before else 'new in this edition'}"


def draw(
    candidates: Iterable[DrawCandidate], *, state: str, size: int, seed: int, version: str
) -> Sample:
    """Draw ``size`` listings, all where there are fewer; of each stratum its share, at least one.

    Raises:
        CannotDraw: there is nothing to draw, or fewer places than strata.
    """
    frame: dict[str, list[str]] = {}
    for candidate in candidates:
        frame.setdefault(candidate.stratum, []).append(candidate.site_id)
    if not frame:
        raise CannotDraw(CodedFault(DirectoryFault.NOTHING_TO_DRAW, "state", {"state": state}))
    if size < len(frame):
        facts = {"least": len(frame)}
        raise CannotDraw(CodedFault(DirectoryFault.SAMPLE_TOO_SMALL, "size", facts))
    shares = _shares({name: len(ids) for name, ids in frame.items()}, size)
    strata = tuple(
        Stratum(
            name,
            len(ids),
            tuple(sorted(ids, key=lambda i: _place(version, seed, i))[: shares[name]]),
        )
        for name, ids in sorted(frame.items())
    )
    drawn = [site_id for stratum in strata for site_id in stratum.drawn]
    order = sorted(drawn, key=lambda i: _place(version, seed, i, "second"))
    second = frozenset(order[: ceil(len(drawn) / SECOND_CODED)])
    return Sample(state, len(drawn), seed, version, strata, second)


def _place(version: str, seed: int, site_id: str, why: str = "draw") -> str:
    """Where a listing stands in the random order."""
    return hashlib.sha256(f"{why}\n{version}\n{seed}\n{site_id}".encode()).hexdigest()


def _shares(listings: Mapping[str, int], size: int) -> dict[str, int]:
    """How many of each stratum: one each, and the rest in proportion (largest remainders)."""
    total = sum(listings.values())
    if size >= total:
        return dict(listings)
    exact = {name: size * count / total for name, count in listings.items()}
    shares = {name: max(1, int(exact[name])) for name in listings}
    while sum(shares.values()) > size:  # the ones of tiny strata are taken from the largest
        shares[max(shares, key=lambda name: (shares[name], name))] -= 1
    by_remainder = sorted(listings, key=lambda name: (shares[name] - exact[name], name))
    for name in by_remainder * size:
        if sum(shares.values()) == size:
            break
        if shares[name] < listings[name]:
            shares[name] += 1
    return shares
