"""Imports Transparency in Coverage in-network files: prices of our programs for our codes.

Layout: CMS, "price-transparency-guide", in-network-rates schema 1.0 to 2.1. A file names groups
of providers once (``provider_references``) and prices by billing code (``in_network``). Real
files have hundreds of gigabytes, so the JSON is read as a stream of events and only what
concerns the wanted NPIs and tax ids is kept. Where prices come before the groups that they
refer to, the file is read a second time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

from waypost.files.archives import BadFile
from waypost.files.digests import sha256_of
from waypost.plans.imports.json_events import event_pieces, too_deep
from waypost.plans.imports.price_events import PriceReader, TooDeep
from waypost.plans.imports.price_rows import (
    FileHead,
    PriceRow,
    Wanted,
    cents_of,
    day_of,
    refusal,
)
from waypost.plans.imports.writing import Edition, ImportReport, add_file, close_file, rewriting
from waypost.plans.plan_id import canonical_id
from waypost.values.outside_text import plain_text


def import_prices(
    path: Path,
    target: Path,
    *,
    wanted: Wanted,
    url: str,
    as_of: str,
    today: date,
    plans: Collection[str] = (),
) -> ImportReport:
    """Keep the wanted programs' prices of one file; a newer file of the same plans replaces it.

    Only fee-for-service amounts in dollars that are in effect today are kept; every other row for
    a wanted program and code is counted by reason. ``plans`` are ids, or beginnings of ids, of the
    file's plans, where it does not name them itself.

    Raises:
        BadFile: not JSON, broken off, or without any price; nothing is changed then.
    """
    report = ImportReport()
    with rewriting(target) as connection:
        title = f"In-network prices, {plain_text(path.name, 80)}"
        edition = Edition("prices", title, "The issuer", url, as_of, sha256_of(path), 0)
        file = add_file(connection, edition)
        reader = PriceReader(wanted)
        for row in read_prices(path, reader):
            reason = refusal(row, wanted, today)
            if reason:
                report.refuse(reason)
            else:
                _put(connection, row, file)
                report.kept += 1
        report.rows = reader.items
        if not (reader.items or reader.elsewhere):
            raise BadFile(f"{path.name}: there are no prices under “in_network”.")
        for location in reader.elsewhere:
            report.refuse(plain_text(f"groups in another file: {location}", 120))
        _name(connection, reader.head, file, plans)
        close_file(connection, file, report)
    return report


def read_prices(path: Path, reader: PriceReader) -> Iterator[PriceRow]:
    """Every price of a wanted program for a wanted code, as the file gives it.

    Raises:
        BadFile: not JSON, or broken off.
    """
    yield from _one_pass(path, reader)
    if reader.must_read_again:
        reader.begin()
        yield from _one_pass(path, reader)


def _one_pass(path: Path, reader: PriceReader) -> Iterator[PriceRow]:
    for piece in event_pieces(path):
        try:
            yield from reader.read(piece)
        except TooDeep as error:
            raise too_deep(path) from error


def _put(connection: sqlite3.Connection, row: PriceRow, file: int) -> None:
    price = row.price
    ends = day_of(price.expiration_date) or date.min  # a row without a day was refused
    values = (
        row.number,
        row.code,
        cents_of(price.negotiated_rate),
        ends.isoformat(),
        plain_text(price.negotiated_type.strip().lower(), 20),
        plain_text(price.billing_class, 20),
        plain_text(", ".join(price.modifiers), 40),
        plain_text(row.network, 80),
        file,
    )
    connection.execute("INSERT OR IGNORE INTO price VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)


def _name(
    connection: sqlite3.Connection, head: FileHead, file: int, plans: Collection[str]
) -> None:
    """Record whose prices they are: they may be used only for that entity's plans."""
    publisher = plain_text(head.reporting_entity_name, 120) or "The issuer"
    connection.execute("UPDATE file SET publisher = ? WHERE id = ?", (publisher, file))
    if _is_day(head.last_updated_on):
        connection.execute("UPDATE file SET as_of = ? WHERE id = ?", (head.last_updated_on, file))
    owners = {("issuer", plain_text(n, 120)) for n in _issuers(head)}
    owners |= {("plan", plain_text(p, 40).upper()) for p in (*plans, _hios_id(head))}
    owners |= {("name", plain_text(head.plan_name, 120))}
    named = sorted((kind, value) for kind, value in owners if value)
    _replace_older(connection, named, file)
    connection.executemany(
        "INSERT OR IGNORE INTO price_owner VALUES (?, ?, ?)", ((file, *pair) for pair in named)
    )


def _issuers(head: FileHead) -> tuple[str, str]:
    return head.reporting_entity_name, head.issuer_name


def _hios_id(head: FileHead) -> str:
    """The plan's HIOS id; an employer's tax number (``ein``) is not a marketplace plan."""
    return canonical_id(head.plan_id) if head.plan_id_type.strip().lower() == "hios" else ""


def _replace_older(
    connection: sqlite3.Connection, owners: list[tuple[str, str]], file: int
) -> None:
    """Forget an earlier file of the same entity and plans: its prices are not today's."""
    for (earlier,) in connection.execute(
        "SELECT id FROM file WHERE kind = 'prices' AND id <> ?", (file,)
    ).fetchall():
        rows = connection.execute(
            "SELECT kind, value FROM price_owner WHERE file = ? ORDER BY kind, value", (earlier,)
        )
        if rows.fetchall() == owners and owners:
            connection.execute("DELETE FROM price WHERE file = ?", (earlier,))
            connection.execute("DELETE FROM price_owner WHERE file = ?", (earlier,))


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == len("2026-01-31")
