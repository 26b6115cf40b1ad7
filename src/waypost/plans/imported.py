"""What imported files can say about plans, their networks and their prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from waypost.plans.plan import Plan
from waypost.values.level_of_care import LevelOfCare
from waypost.values.saying import SourceNote

TAX_ID = "tin:"
"""The prefix of a tax id's nine digits, for a program known by that and not by an NPI."""


def tax_number(text: str) -> str:
    """``12-3456789`` as ``tin:123456789``; ten digits are an NPI in the tax id's place.

    Spreadsheets drop leading zeros, so seven or eight digits are padded to nine.
    """
    digits = "".join(text.replace("-", "").split())
    if not (digits.isascii() and digits.isdigit()):
        return ""
    if len(digits) == 10:
        return digits
    return TAX_ID + digits.zfill(9) if 7 <= len(digits) <= 9 else ""


@dataclass(frozen=True, slots=True)
class NetworkLook:
    """What an issuer's network file says about some NPIs and a plan; ``tier`` '' is no match."""

    source: SourceNote
    tier: str


@dataclass(frozen=True, slots=True)
class PriceFile:
    """Whose prices an in-network file has.

    ``issuers`` are the names that the file gives its entity; ``plans`` are HIOS ids of its plans or
    beginnings of them, none where the file names no plan.
    """

    number: int
    source: SourceNote
    issuers: tuple[str, ...]
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PublishedPrice:
    """A fee-for-service price from a Transparency in Coverage file, in cents.

    ``program`` is the NPI, or the tax id after ``tin:``, that it was negotiated with.
    """

    file: PriceFile
    program: str
    code: str
    cents: int
    kind: str  # negotiated, fee schedule, per diem
    modifiers: str = ""

    @property
    def entity(self) -> str:
        """Who published it."""
        return self.file.source.publisher


class Imported(Protocol):
    """What imported files can say; `store.PlanStore` reads it from SQLite."""

    def plan(self, plan_id: str, care: LevelOfCare) -> Plan | None:
        """The plan, or None where no imported file has it."""

    def versions(self, plan_id: str) -> tuple[str, ...]:
        """The ids that are this one, or this one with a segment or a variant."""

    def network(self, plan_id: str, npis: Sequence[str], year: int) -> NetworkLook | None:
        """What the plan's network file says for a year; None where no file covers it."""

    def network_npis(self, plan_id: str, year: int) -> tuple[SourceNote, frozenset[str]] | None:
        """All stored NPIs that the plan's newest network file names."""

    def serves(self, plan_id: str, state: str, county: str) -> bool | None:
        """Whether a county is in the plan's service area; None where no file says."""

    def price_files(self) -> tuple[PriceFile, ...]:
        """The in-network files that were imported."""

    def prices(
        self,
        codes: Sequence[str],
        today: date,
        *,
        programs: Sequence[str] | None = None,
        files: Sequence[PriceFile] | None = None,
    ) -> tuple[PublishedPrice, ...]:
        """Prices for these billing codes that are in effect today, lowest first.

        ``programs`` (NPIs and tax ids) and ``files`` narrow them; None is all of them.
        """
