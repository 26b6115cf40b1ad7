"""Import issuers' provider files of the marketplace: which NPI is in which plan's network.

Layout: CMS, "QHP provider and formulary APIs", providers.json: an array of providers, each with
``npi`` and ``plans`` (``plan_id`` of 14 characters, ``network_tier``, ``years``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from pathlib import Path

from waypost.plans.imports.files import digest
from waypost.plans.imports.provider_events import Provider, read_providers
from waypost.plans.imports.writing import Edition, Report, add_file, close_file, rewriting
from waypost.values.outside_text import plain_text

_ID = 14


def import_providers(
    path: Path, target: Path, *, npis: Collection[str], issuer: str, url: str, as_of: str
) -> Report:
    """Keep the providers of a file whose NPI is one of ``npis``, and which plans it speaks of.

    The file is streamed: memory does not grow with its size.

    Raises:
        BadFile: not JSON, or not an array of providers; nothing is changed then.
    """
    report = Report()
    wanted = frozenset(npis)
    with rewriting(target) as connection:
        edition = Edition(
            "providers", f"Provider file of {issuer}", issuer, url, as_of, digest(path), 0
        )
        file = add_file(connection, edition)
        plans: set[str] = set()
        for provider in read_providers(path):
            report.rows += 1
            _provider(connection, provider, wanted, file, plans, report)
        connection.executemany(
            "INSERT OR IGNORE INTO provider_plan VALUES (?, ?)", ((p, file) for p in sorted(plans))
        )
        close_file(connection, file, report)
    return report


def _provider(
    connection: sqlite3.Connection,
    provider: Provider,
    wanted: frozenset[str],
    file: int,
    plans: set[str],
    report: Report,
) -> None:
    if provider.plans is None:
        report.refuse("an entry that is no provider with plans")
        return
    for plan in provider.plans:
        if len(plan.plan_id) != _ID or not (plan.plan_id.isascii() and plan.plan_id.isalnum()):
            report.refuse("a plan id that is not 14 letters and digits")
            continue
        plans.add(plan.plan_id)
        if provider.npi in wanted:
            tier = plain_text(plan.tier, 40) or "in network"
            connection.executemany(
                "INSERT OR REPLACE INTO provider VALUES (?, ?, ?, ?, ?)",
                ((plan.plan_id, provider.npi, year, tier, file) for year in plan.years or [0]),
            )
            report.kept += 1
