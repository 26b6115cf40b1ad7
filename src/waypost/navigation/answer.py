"""The answer to a need: ranked options with reasons, counts, and what would change them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from waypost.directory.site import Site
from waypost.navigation.hours_fit import HoursCount, HoursFit
from waypost.navigation.need import Need
from waypost.places.place import Gazetteer, Place, Resolution
from waypost.search.index import Index
from waypost.search.names import NameIndex
from waypost.search.offers import OfferTable


class SearchedSnapshot(Protocol):
    """What navigation needs from a published snapshot."""

    @property
    def version(self) -> str:
        """The snapshot's digest."""

    @property
    def index(self) -> Index:
        """The search index over current sites."""

    @property
    def offers(self) -> OfferTable:
        """The hours and places that programs say of themselves."""

    @property
    def names(self) -> NameIndex:
        """The index of site names, which forgives typing errors."""

    @property
    def gazetteer(self) -> Gazetteer:
        """Reads what a person types as a place."""

    def sites(self, rows: Sequence[int]) -> list[Site]:
        """The sites at these index rows."""

    def rows_in_state(self, state: str) -> npt.NDArray[np.uint64]:
        """Mask of the index rows in a state."""

    def rows_in_county(self, county_fips: str) -> npt.NDArray[np.uint64]:
        """Mask of the index rows in a county."""

    def name_order(self) -> npt.NDArray[np.int32]:
        """The rank of each index row by name."""


class Standing(StrEnum):
    """Whether a site offers an option of the need, as far as is known."""

    OFFERED = "offered"
    NOT_LISTED = "not listed"
    UNKNOWN = "unknown"


class Reason(NamedTuple):
    """One chosen option and how it stands at the site ("payment:medicaid", offered)."""

    column: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class RankedSite:
    """One ranked program: ``miles`` is None where no place was asked for.

    ``exact`` is False where only the ZIP is known, so that the distance is approximate.
    ``score`` is how many of the reasons are offered. A group made for just such a person is a
    reason where the site has one, and is not held against it where it has none. ``hours`` is how it
    stands to the hours asked for, None where none were; hours that fit are a reason as well.
    """

    number: int
    site: Site
    miles: float | None
    exact: bool
    reasons: tuple[Reason, ...]
    score: int
    hours: HoursFit | None = None


class ChangeKind(StrEnum):
    """What could be changed in a need to find more."""

    TELEHEALTH = "telehealth"
    TELEHEALTH_ALONE = "telehealth alone"
    LEVEL = "level"
    WIDER = "wider"
    BEYOND = "beyond"
    ANY_OF = "any of"
    OPEN_FACET = "open facet"
    OPEN_HOURS = "open hours"
    ALLOW = "allow"
    OPEN_STATE = "open state"
    DROP_TEXT = "drop text"
    OPEN_ALL = "open all"


@dataclass(frozen=True, slots=True)
class Change:
    """A change to the need that finds ``total`` programs; ``detail`` names what changes."""

    kind: ChangeKind
    detail: str
    need: Need
    total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """One page of ranked options, the total, and the live count of every choice.

    ``place`` is the resolution of what was typed, or None where nothing was typed.
    ``changes`` are offered where there are few results; where there are none, ``nearest`` is the
    nearest program that fits. ``asked_at`` is the caller's clock. ``hours`` counts, among all that
    fits in everything else, how many fit by their hours; None where none were asked for.
    ``without`` is the total with one facet of which any choice will do left open, for each.
    """

    need: Need
    asked_at: datetime
    version: str
    resolution: Resolution | None
    place: Place | None
    options: tuple[RankedSite, ...]
    total: int
    counts: Mapping[str, int]
    changes: tuple[Change, ...]
    nearest: RankedSite | None = None
    hours: HoursCount | None = None
    without: Mapping[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages the total fills (at least 1)."""
        return max(1, -(-self.total // self.need.page_size))
