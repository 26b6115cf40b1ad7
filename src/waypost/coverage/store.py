"""Read imported plans, networks and prices from their SQLite file."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from waypost.coverage.knowledge import NetworkLook, PublishedPrice
from waypost.coverage.marketplace import BenefitRow, PlanHead, marketplace_plan
from waypost.coverage.outside_text import plain_text
from waypost.coverage.package import SegmentRow, segment_plan
from waypost.coverage.plan import Plan
from waypost.coverage.plan_search import PlanName
from waypost.coverage.question import Care, Insurance
from waypost.coverage.saying import SourceNote

FILE_NAME = "plans.sqlite3"
APPLICATION_ID = 0x57505031
SCHEMA_FILE = Path(__file__).parent / "plans.sql"
VERSION = 1
_SHORT = 14
"""A plan's id without its variant, as network files name it."""


class BadStore(RuntimeError):
    """A file that holds no imported plans of this version; the message says what to do."""


class PlanStore:
    """An open file of imported plans. Reads may come from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        # immutable: this very file is never written to again, a new import takes its name
        self._connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            number = self._rows("PRAGMA application_id")[0][0]
            version = self._rows("PRAGMA user_version")[0][0]
        except sqlite3.DatabaseError as error:
            raise BadStore(f"{path} cannot be read: import the plans again.") from error
        if (number, version) != (APPLICATION_ID, VERSION):
            raise BadStore(f"{path} holds no plans of this version: import them again.")
        self._files = {row[0]: SourceNote(*row[1:]) for row in self._rows(_FILES)}

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def plan(self, plan_id: str, care: Care) -> Plan | None:
        """A marketplace plan or a Medicare Advantage segment; None where it is not here."""
        head = self._rows(_PLAN, plan_id)
        if head:
            return self._marketplace(head[0], care)
        segment = self._rows(_SEGMENT, plan_id) if care is Care.IOP else []
        if not segment:
            return None
        file, *rest = segment[0]
        plan = segment_plan(SegmentRow(*rest), self._files[file])
        return plan if plan.priced else None  # a stand-in says more than an empty line

    def _marketplace(self, head: tuple[Any, ...], care: Care) -> Plan:
        number, file, *rest = head
        told = PlanHead(*rest, *[self._files[file]])
        rows = {
            kind: BenefitRow(copay, coinsurance, None if covered is None else bool(covered), *text)
            for kind, copay, coinsurance, covered, *text in self._rows(_BENEFITS, number)
        }
        return marketplace_plan(told, rows, care)

    def network(self, plan_id: str, npis: Sequence[str]) -> NetworkLook | None:
        """What the newest network file of the plan says of these NPIs."""
        short = plan_id[:_SHORT]
        spoken = self._rows("SELECT file FROM provider_plan WHERE plan = ?", short)
        if not spoken:
            return None
        source = max((self._files[file] for (file,) in spoken), key=lambda note: note.as_of)
        marks = ",".join("?" * len(npis))
        sql = f"SELECT tier FROM provider WHERE plan = ? AND npi IN ({marks})"  # noqa: S608
        found = self._rows(sql, short, *npis)
        return NetworkLook(source, plain_text(found[0][0], 40) if found else "")

    def prices(self, npis: Sequence[str], codes: Sequence[str]) -> tuple[PublishedPrice, ...]:
        """Published prices of these NPIs for these codes, lowest first."""
        marks = ",".join("?" * len(npis)), ",".join("?" * len(codes))
        sql = (
            "SELECT DISTINCT entity, code, cents, file FROM price "  # noqa: S608 - marks are "?"
            f"WHERE npi IN ({marks[0]}) AND code IN ({marks[1]}) ORDER BY cents LIMIT 50"
        )
        return tuple(
            PublishedPrice(plain_text(entity, 120), code, cents, self._files[file])
            for entity, code, cents, file in self._rows(sql, *npis, *codes)
        )

    def names(self) -> tuple[PlanName, ...]:
        """Every imported plan, for plan search."""
        return _names(self)

    def read_names(self) -> tuple[PlanName, ...]:
        """Every imported plan, read from the file."""
        marketplace = (
            PlanName(k, Insurance.MARKETPLACE, plain_text(i), plain_text(n), (s,))
            for k, i, n, s in self._rows(_NAMES)
        )
        advantage = (
            PlanName(k, Insurance.ADVANTAGE, plain_text(o), plain_text(n), ())
            for k, o, n in self._rows("SELECT id, organization, name FROM segment ORDER BY id")
        )
        return (*marketplace, *advantage)


@lru_cache(maxsize=2)
def _names(store: PlanStore) -> tuple[PlanName, ...]:
    return store.read_names()


def open_store(path: Path) -> PlanStore | None:
    """The imported plans, or None where nothing was imported yet.

    Raises:
        BadStore: the file is there and is not what it should be.
    """
    try:
        seen = path.stat()
    except FileNotFoundError:
        return None
    return _open(path, seen.st_ino, seen.st_mtime_ns)


@lru_cache(maxsize=2)
def _open(path: Path, _inode: int, _changed: int) -> PlanStore:
    return PlanStore(path)


_FILES = "SELECT id, kind || '-' || id, title, publisher, url, as_of FROM file"
_PLAN = """
SELECT number, file, plan.id, year, state, issuer.text, name.text, deductible, maximum, url.text
FROM plan JOIN word AS issuer ON issuer.id = issuer JOIN word AS name ON name.id = name
JOIN word AS url ON url.id = benefits_url WHERE plan.id = ?
"""
_BENEFITS = """
SELECT kind, c.text, i.text, covered, l.text, n.text FROM benefit
JOIN word AS c ON c.id = copay JOIN word AS i ON i.id = coinsurance
JOIN word AS l ON l.id = limits JOIN word AS n ON n.id = note WHERE plan = ?
"""
_NAMES = """
SELECT plan.id, issuer.text, name.text, state FROM plan
JOIN word AS issuer ON issuer.id = issuer JOIN word AS name ON name.id = name ORDER BY plan.id
"""
_SEGMENT = """
SELECT file, id, year, organization, name, copay_low, copay_high, coinsurance_low,
       coinsurance_high, service_deductible, deductible, maximum, "authorization", referral
FROM segment WHERE id = ?
"""
