"""Import Medicare Advantage plan benefit packages: the fields for intensive outpatient services.

Layout: CMS, "PBP Benefits" readme, dictionary and SAS programs for 2026 and 2027: tab-delimited,
Windows-1252, CRLF, no quoting; key is contract, plan and segment; 1 is yes and 2 is no; amounts
have two decimals, percentages are whole numbers. PBP_B5B_* is "Intensive Outpatient Services".
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from waypost.files.digests import sha256_of
from waypost.plans.imports.files import read_table
from waypost.plans.imports.writing import Edition, ImportReport, add_file, close_file, rewriting
from waypost.values.money import BadAmount, read_dollars, read_percent
from waypost.values.outside_text import plain_text

SERVICE_FILE = "pbp_b5_partial_hosp.txt"
"""The file of the package that has the fields for intensive outpatient services."""

URL = "https://www.cms.gov/files/zip/pbp-benefits-{year}.zip"
_KEY = ("pbp_a_hnumber", "pbp_a_plan_identifier", "segment_id")
_NAMES = (*_KEY, "pbp_a_org_marketing_name?", "pbp_a_org_name?", "pbp_a_plan_name?")
_TOTALS = (*_KEY, "pbp_d_ann_deduct_amt?", "pbp_d_out_pocket_amt?")
_SERVICE = (
    *_KEY,
    "pbp_b5b_copay_yn",
    "pbp_b5b_copay_amt?",
    "pbp_b5b_copay_amt_min",
    "pbp_b5b_copay_amt_max",
    "pbp_b5b_coins_yn",
    "pbp_b5b_coins_pct?",
    "pbp_b5b_coins_pct_min",
    "pbp_b5b_coins_pct_max",
    "pbp_b5b_ded_yn",
    "pbp_b5b_ded_amt",
    "pbp_b5b_auth_yn",
    "pbp_b5b_refer_yn",
)
_YES, _NO = "1", "2"


def import_package(path: Path, target: Path, *, year: int, as_of: str) -> ImportReport:
    """Read the package's zip into ``target``; segments of the same id are replaced.

    Raises:
        BadFile: not a package of the layout of 2026 or later; nothing is changed then.
    """
    report = ImportReport()
    with rewriting(target) as connection:
        edition = Edition(
            "pbp",
            f"Plan benefit package files {year}",
            "Centers for Medicare & Medicaid Services",
            URL.format(year=year),
            as_of,
            sha256_of(path),
            year,
        )
        file = add_file(connection, edition)
        names = {_id(row): row[3:] for row in _table(path, "pbp_section_a.txt", _NAMES)}
        totals = {_id(row): row[3:] for row in _table(path, "pbp_section_d.txt", _TOTALS)}
        seen: set[str] = set()
        for row in _table(path, SERVICE_FILE, _SERVICE):
            report.rows += 1
            key = _id(row)
            if key in seen:
                report.refuse(f"{plain_text(key, 40)} stands twice")
                continue
            seen.add(key)
            try:
                values = _service(row[3:])
                amounts = [_dollars(text) for text in totals.get(key, ("", ""))]
            except BadAmount as error:
                report.refuse(plain_text(f"{key}: {error}", 120))
                continue
            marketing, legal, name = names.get(key, ("", "", ""))
            organization = plain_text(marketing or legal, 120)
            _put(
                connection, (key, file, year, organization, plain_text(name, 120)), values, amounts
            )
            report.kept += 1
        close_file(connection, file, report)
    return report


def _table(path: Path, member: str, columns: tuple[str, ...]) -> list[list[str]]:
    rows = read_table(path, columns, member=member, delimiter="\t", encoding="cp1252")
    return list(rows)


def _id(row: list[str]) -> str:
    """An id such as H0104_012_0; the segment must stay unpadded, as in these files."""
    return f"{row[0].strip()}_{row[1].strip()}_{row[2].strip().lstrip('0') or '0'}"


def _service(cells: list[str]) -> list[int | None]:
    copay_yn, copay, copay_low, copay_high, rate_yn, rate, rate_low, rate_high = cells[:8]
    deductible_yn, deductible, authorization, referral = cells[8:]
    copays = _span(copay_yn, copay, copay_low, copay_high, _dollars)
    rates = _span(rate_yn, rate, rate_low, rate_high, _percent)
    if copays == rates == (None, None) and (copay_yn, rate_yn) == (_NO, _NO):
        copays = (0, 0)  # the plan says that it charges neither
    owed = {_YES: _dollars(deductible), _NO: 0}.get(deductible_yn)
    flags = [{_YES: 1, _NO: 0}.get(text) for text in (authorization, referral)]
    return [*copays, *rates, owed, *flags]


def _span(
    yes_or_no: str, single: str, low: str, high: str, read: Callable[[str], int | None]
) -> tuple[int | None, int | None]:
    if yes_or_no != _YES:
        return None, None
    amount, least, most = read(single), read(low), read(high)
    amounts = [n for n in (least, most, amount) if n is not None]
    return (min(amounts), max(amounts)) if amounts else (None, None)


def _dollars(text: str) -> int | None:
    return read_dollars(text) if text.strip() else None


def _percent(text: str) -> int | None:
    return read_percent(text.strip() + "%") if text.strip() else None


def _put(
    connection: sqlite3.Connection,
    head: tuple[object, ...],
    values: list[int | None],
    amounts: list[int | None],
) -> None:
    *prices, owed, authorization, referral = values
    row = (*head, *prices, owed, *amounts, authorization, referral)
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT OR REPLACE INTO segment VALUES ({marks})", row)  # noqa: S608
