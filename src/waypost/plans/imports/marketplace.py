"""Imports CMS's marketplace public use files: Benefits and Cost Sharing, Plan Attributes and more.

Layout: CMS, data dictionaries of the Exchange public use files, plan years 2014 to 2026; the
state exchanges' files have the same columns. Deductible and maximum: where medical and drug
amounts are integrated the TEHB columns hold, else the MEHB ones; reading TEHB alone would make
many deductibles $0.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from waypost.files.archives import BadFile
from waypost.files.digests import sha256_of
from waypost.plans.cost_share import BadCostShare, read_cost_share
from waypost.plans.imports.files import Table, name_of_table, path_of, read_table
from waypost.plans.imports.marketplace_columns import BENEFIT_COLUMNS, PLAN_COLUMNS
from waypost.plans.imports.marketplace_places import add_areas, add_networks
from waypost.plans.imports.writing import (
    Edition,
    ImportReport,
    WordTable,
    add_file,
    close_file,
    rewriting,
)
from waypost.plans.marketplace import BENEFITS, dollars_or_none
from waypost.values.outside_text import plain_text, web_address

URLS = "https://download.cms.gov/marketplace-puf/{year}/{name}-puf.zip"
NAMES = ("benefits-and-cost-sharing", "plan-attributes", "service-area", "network")
PUBLISHER = "Centers for Medicare & Medicaid Services"

_PLAN_ID = len("40220TX0080024-01")


@dataclass(frozen=True, slots=True)
class MarketplaceFiles:
    """The files of one year: csv, zip with one csv in it, or members of one zip."""

    benefits: Table
    attributes: Table | None = None
    service_area: Table | None = None
    network: Table | None = None


def import_marketplace(files: MarketplaceFiles, target: Path, *, as_of: str) -> ImportReport:
    """Read the files into ``target``; plans already there are replaced, others stay.

    ``as_of`` is the date of the edition. Every cost-share string is read or counted as refused by
    name; the plan keeps its words either way, and an answer never guesses at them.

    Raises:
        BadFile: a file that is not what it should be; nothing is changed then.
    """
    report = ImportReport()
    with rewriting(target) as connection:
        edition = Edition(
            "marketplace",
            "Marketplace public use files",
            PUBLISHER,
            "https://www.cms.gov/marketplace/resources/data/public-use-files",
            as_of,
            sha256_of(path_of(files.benefits)),
            0,
        )
        file = add_file(connection, edition)
        words = WordTable(connection)
        plans = _plans(connection, words, files.attributes, file, report)
        _benefits(connection, words, files.benefits, file, plans, report)
        add_areas(connection, files.service_area)
        add_networks(connection, files.network)
        _name_year(connection, file)
        close_file(connection, file, report)
    return report


def _plans(
    connection: sqlite3.Connection,
    words: WordTable,
    table: Table | None,
    file: int,
    report: ImportReport,
) -> dict[str, int]:
    plans: dict[str, int] = {}
    for row in read_table(table, PLAN_COLUMNS) if table else ():
        year, plan_id, state, market, issuer, issuer_id, name, dental, *rest = row
        network, area, url, *money = rest
        if dental.strip().lower() == "yes":
            continue
        if plan_id in plans:
            report.refuse("a plan that stands twice in the attributes file")
            continue
        deductible = _amount(*money[:5])
        maximum = _amount(*money[5:])
        values = (
            plan_id,
            file,
            _year(year, table),
            state,
            plain_text(market, 40),
            words.number(plain_text(issuer) or f"Issuer {plain_text(issuer_id, 20)}"),
            words.number(plain_text(name)),
            deductible,
            maximum,
            words.number(web_address(url)),
            network,
            area,
        )
        plans[plan_id] = _put_plan(connection, values)
    return plans


def _put_plan(connection: sqlite3.Connection, values: tuple[object, ...]) -> int:
    old = connection.execute("SELECT number FROM plan WHERE id = ?", values[:1]).fetchone()
    if old:
        connection.execute("DELETE FROM benefit WHERE plan = ?", old)
        connection.execute("DELETE FROM plan WHERE number = ?", old)
    marks = ", ".join("?" * len(values))
    cursor = connection.execute(
        "INSERT INTO plan (id, file, year, state, market, issuer, name, deductible, maximum, "  # noqa: S608
        f"benefits_url, network, area) VALUES ({marks})",
        values,
    )
    return int(cursor.lastrowid or 0)


def _amount(
    integrated: str, total: str, medical: str, total_both: str, medical_both: str
) -> int | None:
    """One person's amount: in-network if given, else in and out of network together."""
    whole = integrated.strip().lower() == "yes"
    order = (total, total_both) if whole else (medical, medical_both, total, total_both)
    return next((c for c in map(dollars_or_none, order) if c is not None), None)


def _year(text: str, table: Table | None) -> int:
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise BadFile(f"{name_of_table(table)}: no year in BusinessYear: {text[:20]!r}")
    return int(text)


def _name_year(connection: sqlite3.Connection, file: int) -> None:
    """The title that is shown names the plan year."""
    year = connection.execute("SELECT max(year) FROM plan WHERE file = ?", (file,)).fetchone()[0]
    connection.execute(
        "UPDATE file SET year = ?, title = title || ', plan year ' || ? WHERE id = ?",
        (year or 0, year or 0, file),
    )


def _benefits(
    connection: sqlite3.Connection,
    words: WordTable,
    table: Table,
    file: int,
    plans: dict[str, int],
    report: ImportReport,
) -> None:
    seen: set[tuple[int, str]] = set()
    has_attributes = bool(plans)
    for row in read_table(table, BENEFIT_COLUMNS):
        report.rows += 1
        year, plan_id, benefit, *shares = row[:9]
        kind = BENEFITS.get(benefit.strip())
        if kind is None:
            continue
        number = plans.get(plan_id)
        if number is None and not has_attributes and len(plan_id) == _PLAN_ID:
            number = plans[plan_id] = _bare_plan(connection, words, plan_id, year, file, table)
        if number is None:
            report.refuse("a benefit of a plan that the attributes file does not have")
            continue
        if (number, kind) in seen:
            report.refuse("a benefit that stands twice for one plan")
            continue
        seen.add((number, kind))
        for text in shares:
            _check(text, report)
        _put_benefit(connection, words, number, kind, row)
        report.kept += 1


def _bare_plan(
    connection: sqlite3.Connection,
    words: WordTable,
    plan_id: str,
    year: str,
    file: int,
    table: Table,
) -> int:
    """A plan for which there is only the benefits file; its id names the issuer and state."""
    issuer, state = plan_id[:5], plan_id[5:7]
    blank = words.number("")
    name = words.number(f"Issuer {plain_text(issuer, 5)}")
    year_number = _year(year, table)
    values = (plan_id, file, year_number, state, "", name, blank, None, None, blank, "", "")
    return _put_plan(connection, values)


def _check(text: str, report: ImportReport) -> None:
    try:
        read_cost_share(text)
    except BadCostShare as error:
        report.refuse(plain_text(str(error), 120))


def _put_benefit(
    connection: sqlite3.Connection, words: WordTable, number: int, kind: str, row: list[str]
) -> None:
    shares = [words.number(text[:120]) for text in row[3:9]]
    covered = {"covered": 1, "not covered": 0}.get(row[9].strip().lower())
    limit = (
        " ".join(part for part in (row[11], row[12]) if part.strip()) if row[10] == "Yes" else ""
    )
    note = " ".join(part for part in (row[13], row[14]) if part.strip())
    connection.execute(
        "INSERT INTO benefit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            kind,
            *shares,
            covered,
            words.number(plain_text(limit, 80)),
            words.number(plain_text(note)),
        ),
    )
