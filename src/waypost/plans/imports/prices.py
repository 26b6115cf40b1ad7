"""Import Transparency in Coverage in-network files: prices of our programs for our codes.

Layout: CMS, "price-transparency-guide", in-network-rates schema 1.0 to 2.1. A file names groups
of providers once (``provider_references``) and prices by billing code (``in_network``). Real
files have hundreds of gigabytes, so the JSON is read as a stream of events and only what
concerns the wanted NPIs and tax ids is kept. Where prices stand before the groups that they
refer to, the file is read a second time.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from waypost.plans.imports.files import digest
from waypost.plans.imports.json_events import event_pieces, too_deep
from waypost.plans.imports.price_events import Found, PriceReader, TooDeep, Wanted
from waypost.plans.imports.writing import Edition, Report, add_file, close_file, rewriting
from waypost.values.money import MAX_CENTS
from waypost.values.outside_text import plain_text


def import_prices(path: Path, target: Path, *, wanted: Wanted, url: str, as_of: str) -> Report:
    """Keep the wanted programs' prices of one file.

    Raises:
        BadFile: not JSON, or broken off; nothing is changed then.
    """
    report = Report()
    with rewriting(target) as connection:
        title = f"In-network prices, {plain_text(path.name, 80)}"
        edition = Edition("prices", title, "The issuer", url, as_of, digest(path), 0)
        file = add_file(connection, edition)
        reader = PriceReader(wanted)
        for npi, code, amount, network, kind in read_prices(path, reader):
            cents = _cents(amount)
            if cents is None:
                report.refuse("a price that is no amount of money")
                continue
            entity = plain_text(reader.entity, 120)
            row = (npi, code, cents, entity, plain_text(network, 80), plain_text(kind, 40), file)
            connection.execute("INSERT OR REPLACE INTO price VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            report.kept += 1
        report.rows = reader.items
        for location in reader.elsewhere:
            report.refuse(plain_text(f"groups in another file: {location}", 120))
        connection.execute("UPDATE file SET publisher = ? WHERE id = ?", (_publisher(reader), file))
        close_file(connection, file, report)
    return report


def read_prices(path: Path, reader: PriceReader) -> Iterator[Found]:
    """NPI, billing code, amount, network and kind of price, as the file gives them.

    Raises:
        BadFile: not JSON, or broken off.
    """
    yield from _one_pass(path, reader)
    if reader.must_read_again:
        reader.begin()
        yield from _one_pass(path, reader)


def _one_pass(path: Path, reader: PriceReader) -> Iterator[Found]:
    for piece in event_pieces(path):
        try:
            yield from reader.read(piece)
        except TooDeep as error:
            raise too_deep(path) from error


def _cents(amount: Any) -> int | None:
    if not isinstance(amount, int | float) or isinstance(amount, bool):
        return None
    exact = Decimal(repr(amount)) * 100  # the digits as the file writes them
    return int(exact.to_integral_value()) if 0 < exact < MAX_CENTS else None


def _publisher(reader: PriceReader) -> str:
    return plain_text(reader.entity, 120) or "The issuer"
