"""Read imported plans, networks and prices from their SQLite file."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from waypost.files.store import BadStoreFile, Store, StoreFault
from waypost.plans.imported import NetworkLook, PriceFile, PublishedPrice
from waypost.plans.insurance import Insurance
from waypost.plans.marketplace import (
    BenefitRow,
    PlanHead,
    both_words,
    insurance_of,
    marketplace_plan,
)
from waypost.plans.package import SegmentRow, segment_plan
from waypost.plans.plan import Plan
from waypost.plans.plan_search import PlanName
from waypost.values.level_of_care import LevelOfCare
from waypost.values.outside_text import plain_text
from waypost.values.saying import SourceNote

FILE_NAME = "plans.sqlite3"
APPLICATION_ID = 0x57505031
SCHEMA_FILE = Path(__file__).parent / "plans.sql"
VERSION = 2
_SHORT = 14
"""A plan's id without its variant, as network files name it."""

_ISSUER = 5


class BadStore(RuntimeError):
    """A file that holds no imported plans of this version; the message says what to do."""


class PlanStore:
    """An open file of imported plans. Reads may come from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._store = _opened(path)
        if self._rows("PRAGMA user_version")[0][0] != VERSION:
            raise BadStore(f"{path} holds no plans of this version: import them again.")
        self._files = {row[0]: SourceNote(*row[1:]) for row in self._rows(_FILES)}

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        return self._store.rows(sql, *values)

    def plan(self, plan_id: str, care: LevelOfCare) -> Plan | None:
        """A marketplace plan or a Medicare Advantage segment; None if it was not imported."""
        head = self._rows(_PLAN, plan_id)
        if head:
            return self._marketplace(head[0], care)
        segment = self._rows(_SEGMENT, plan_id) if care is LevelOfCare.IOP else []
        if not segment:
            return None
        file, *rest = segment[0]
        plan = segment_plan(SegmentRow(*rest), self._files[file])
        return plan if plan.priced else None  # other services' prices say more than an empty line

    def versions(self, plan_id: str) -> tuple[str, ...]:
        """The ids that are this one, or this one with a segment or a variant."""
        ends = (plan_id, f"{plan_id}_", f"{plan_id}`", f"{plan_id}-", f"{plan_id}.")
        return tuple(row[0] for row in self._rows(_VERSIONS, *ends, *ends))

    def _marketplace(self, head: tuple[Any, ...], care: LevelOfCare) -> Plan:
        number, file, network, *rest = head
        named = self._rows(_NETWORK, rest[0][:_ISSUER], network) or [("", "")]
        plan_head = PlanHead(*rest, *[self._files[file]], *named[0])
        rows = {kind: _benefit(*cells) for kind, *cells in self._rows(_BENEFITS, number)}
        return marketplace_plan(plan_head, rows, care)

    def serves(self, plan_id: str, state: str, county: str) -> bool | None:
        """Whether a county (FIPS) is in the plan's service area; None where no file says."""
        areas = self._rows(_AREA, plan_id)
        if not areas or not county:
            return None
        return any(code == state and fips in ("", county) for code, fips in areas)

    def network(self, plan_id: str, npis: Sequence[str], year: int) -> NetworkLook | None:
        """What the newest network files of the plan say of these NPIs in one year."""
        spoken = self._network(plan_id, year)
        if spoken is None:
            return None
        source, tiers = spoken
        tier = next((tiers[npi] for npi in npis if npi in tiers), "")
        return NetworkLook(source, plain_text(tier, 80))

    def network_npis(self, plan_id: str, year: int) -> tuple[SourceNote, frozenset[str]] | None:
        """The NPIs that the newest network files of the plan name, of those that were kept."""
        spoken = self._network(plan_id, year)
        return None if spoken is None else (spoken[0], frozenset(spoken[1]))

    def _network(self, plan_id: str, year: int) -> tuple[SourceNote, dict[str, str]] | None:
        """The plan's newest files (an issuer may split one edition in parts), NPIs with tiers."""
        short = plan_id[:_SHORT]
        rows = self._rows("SELECT file FROM provider_plan WHERE plan = ? AND year = ?", short, year)
        if not rows:
            return None
        newest = max(self._files[file].as_of for (file,) in rows)
        files = [file for (file,) in rows if self._files[file].as_of == newest]
        sql = (
            "SELECT npi, group_concat(DISTINCT tier) FROM provider "  # noqa: S608 - marks are "?"
            f"WHERE plan = ? AND year = ? AND file IN ({_marks(files)}) GROUP BY npi"
        )
        tiers = {npi: tier.replace(",", ", ") for npi, tier in self._rows(sql, short, year, *files)}
        return self._files[files[0]], tiers

    def price_files(self) -> tuple[PriceFile, ...]:
        """The in-network files, each with the issuers and plans that it names."""
        owners: dict[int, dict[str, list[str]]] = {}
        for file, kind, value in self._rows("SELECT file, kind, value FROM price_owner"):
            owners.setdefault(file, {}).setdefault(kind, []).append(value)
        return tuple(
            PriceFile(
                file,
                self._files[file],
                tuple(of_kind.get("issuer", ())),
                tuple(of_kind.get("plan", ())),
            )
            for file, of_kind in sorted(owners.items())
        )

    def prices(
        self,
        codes: Sequence[str],
        today: date,
        *,
        programs: Sequence[str] | None = None,
        files: Sequence[PriceFile] | None = None,
    ) -> tuple[PublishedPrice, ...]:
        """Prices for these codes that hold today, lowest first."""
        by_number = {file.number: file for file in (self.price_files() if files is None else files)}
        narrowed = "" if programs is None else f"AND number IN ({_marks(programs)}) "
        sql = (
            "SELECT DISTINCT file, number, code, cents, kind, modifiers FROM price "  # noqa: S608
            f"WHERE code IN ({_marks(codes)}) AND file IN ({_marks(by_number)}) AND ends >= ? "
            f"{narrowed}ORDER BY cents, number, code"
        )
        values = (*codes, *by_number, today.isoformat(), *(programs or ()))
        return tuple(
            PublishedPrice(by_number[file], *rest) for file, *rest in self._rows(sql, *values)
        )

    def read_names(self) -> tuple[PlanName, ...]:
        """Every imported plan, read from the file."""
        marketplace = (
            PlanName(k, insurance_of(m), plain_text(i), plain_text(n), (s,))
            for k, i, n, s, m in self._rows(_NAMES)
        )
        advantage = (
            PlanName(k, Insurance.ADVANTAGE, plain_text(o), plain_text(n), ())
            for k, o, n in self._rows("SELECT id, organization, name FROM segment ORDER BY id")
        )
        return (*marketplace, *advantage)


def _opened(path: Path) -> Store:
    try:
        return Store(path, APPLICATION_ID)
    except BadStoreFile as error:
        if error.fault is StoreFault.FOREIGN:
            raise BadStore(f"{path} holds no plans of this version: import them again.") from error
        raise BadStore(
            f"{path} cannot be read ({error.why}): remove it and import the plans again."
        ) from error


def _marks(values: Collection[object]) -> str:
    """As many question marks as there are values, for SQL's lists."""
    return ",".join("?" * len(values))


def _benefit(*cells: Any) -> BenefitRow:
    copay, coinsurance, covered, limit, note, *elsewhere = cells
    is_covered = None if covered is None else bool(covered)
    second, outside = both_words(*elsewhere[:2]), both_words(*elsewhere[2:])
    first = both_words(copay, coinsurance)
    return BenefitRow(
        copay, coinsurance, is_covered, limit, note, second if second != first else "", outside
    )


_FILES = "SELECT id, kind || '-' || id, title, publisher, url, as_of FROM file"
_PLAN = """
SELECT number, file, network, plan.id, year, state, issuer.text, name.text, market, deductible,
       maximum, url.text FROM plan
JOIN word AS issuer ON issuer.id = issuer JOIN word AS name ON name.id = name
JOIN word AS url ON url.id = benefits_url WHERE plan.id = ?
"""
_BENEFITS = """
SELECT kind, c.text, i.text, covered, l.text, n.text, c2.text, i2.text, co.text, io.text
FROM benefit JOIN word AS c ON c.id = copay JOIN word AS i ON i.id = coinsurance
JOIN word AS l ON l.id = limits JOIN word AS n ON n.id = note
JOIN word AS c2 ON c2.id = copay_2 JOIN word AS i2 ON i2.id = coinsurance_2
JOIN word AS co ON co.id = copay_out JOIN word AS io ON io.id = coinsurance_out WHERE plan = ?
"""
# What begins with "x-" lies between "x-" and "x.", the next character; with "x_" before "x`".
_VERSIONS = """
SELECT id FROM plan WHERE id = ? OR (id > ? AND id < ?) OR (id > ? AND id < ?) UNION
SELECT id FROM segment WHERE id = ? OR (id > ? AND id < ?) OR (id > ? AND id < ?) ORDER BY id
"""
_NETWORK = "SELECT name, url FROM network WHERE issuer = ? AND network = ?"
_AREA = """
SELECT area.state, area.county FROM plan
JOIN area ON area.issuer = substr(plan.id, 1, 5) AND area.area = plan.area WHERE plan.id = ?
"""
_NAMES = """
SELECT plan.id, issuer.text, name.text, state, market FROM plan
JOIN word AS issuer ON issuer.id = issuer JOIN word AS name ON name.id = name ORDER BY plan.id
"""
_SEGMENT = """
SELECT file, id, year, organization, name, copay_low, copay_high, coinsurance_low,
       coinsurance_high, service_deductible, deductible, maximum, "authorization", referral
FROM segment WHERE id = ?
"""
