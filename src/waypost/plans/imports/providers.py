"""Imports issuers' marketplace provider files: which NPI is in which plan's network.

Layout: CMS, "QHP provider and formulary APIs", providers.json: an array of providers, each with
``npi`` and ``plans`` (``plan_id`` of 14 characters, ``network_tier``, ``years``).
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection
from pathlib import Path
from typing import Any

from waypost.files.digests import sha256_of
from waypost.plans.imports.provider_events import Provider, ProviderPlan, read_providers
from waypost.plans.imports.writing import Edition, ImportReport, add_file, close_file, rewriting
from waypost.values.outside_text import plain_text

_ID = 14
_OUTSIDE = re.compile(
    r"\b(out|outside|oon|excluded|ended|terminated|none|no|not)(\b|_)|\bnon[-_ ]?par",
    re.IGNORECASE,
)
"""Tiers that are none: “OUT-OF-NETWORK”, “Non-participating”; “NON-PREFERRED” is a tier."""

FIRST_YEAR, LAST_YEAR = 2014, 2100
"""The marketplaces opened in 2014."""


def import_providers(
    path: Path, target: Path, *, npis: Collection[str], issuer: str, url: str, as_of: str
) -> ImportReport:
    """Store a file's providers whose NPI is among ``npis``, and the plans that it covers.

    A plan counts for the years that the entry names and for no other: an entry whose years are
    missing or cannot be read is refused. The file is streamed: memory does not grow with its size.

    Raises:
        BadFile: not JSON, or not an array of providers; nothing is changed then.
    """
    report = ImportReport()
    wanted = frozenset(npis)
    with rewriting(target) as connection:
        edition = Edition(
            "providers", f"Provider file of {issuer}", issuer, url, as_of, sha256_of(path), 0
        )
        file = add_file(connection, edition)
        plans: set[tuple[str, int]] = set()
        for provider in read_providers(path):
            report.rows += 1
            _provider(connection, provider, wanted, file, plans, report)
        connection.executemany(
            "INSERT OR IGNORE INTO provider_plan VALUES (?, ?, ?)",
            ((plan_id, year, file) for plan_id, year in sorted(plans)),
        )
        close_file(connection, file, report)
    return report


def _provider(
    connection: sqlite3.Connection,
    provider: Provider,
    wanted: frozenset[str],
    file: int,
    plans: set[tuple[str, int]],
    report: ImportReport,
) -> None:
    if provider.plans is None:
        report.refuse("an entry that is no provider with plans")
        return
    for plan in provider.plans:
        plan_id = plan.plan_id.strip().upper()
        if len(plan_id) != _ID or not (plan_id.isascii() and plan_id.isalnum()):
            report.refuse("a plan id that is not 14 letters and digits")
            continue
        years = _years(plan)
        if years is None:
            report.refuse("a plan whose years are missing or cannot be read")
            continue
        plans.update((plan_id, year) for year in years)
        if _OUTSIDE.search(plan.tier):
            report.refuse("a provider outside the network, by its tier")
            continue
        if provider.npi.strip() in wanted:
            tier = plain_text(plan.tier, 40) or "in network"
            connection.executemany(
                "INSERT OR IGNORE INTO provider VALUES (?, ?, ?, ?, ?)",
                ((plan_id, provider.npi.strip(), year, tier, file) for year in years),
            )
            report.kept += 1


def _years(plan: ProviderPlan) -> list[int] | None:
    """The years of an entry, quoted or not; None if there are none or one is not a year."""
    years = [_year(value) for value in plan.years]
    readable = [year for year in years if year is not None]
    return readable if readable and len(readable) == len(years) else None


def _year(value: Any) -> int | None:
    text = str(value).strip()
    if isinstance(value, bool) or not (text.isascii() and text.isdigit() and len(text) == 4):
        return None
    year = int(text)
    return year if FIRST_YEAR <= year <= LAST_YEAR else None
