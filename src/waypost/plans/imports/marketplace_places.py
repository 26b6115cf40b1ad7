"""Where marketplace plans are sold and what their networks are called: two small files.

Layout: CMS, data dictionaries of the Exchange Service Area and Network public use files.
"""

from __future__ import annotations

import sqlite3

from waypost.plans.imports.files import Table, read_table
from waypost.values.outside_text import plain_text, web_address

_AREA_COLUMNS = ("IssuerId", "ServiceAreaId", "StateCode", "County?", "CoverEntireState?")
_NETWORK_COLUMNS = ("IssuerId", "NetworkId", "NetworkName", "NetworkURL?")


def add_areas(connection: sqlite3.Connection, table: Table | None) -> None:
    """Replace the service areas of every issuer in the file; county '' is the whole state."""
    seen: set[str] = set()
    for issuer, area, state, county, whole in read_table(table, _AREA_COLUMNS) if table else ():
        if issuer not in seen:
            seen.add(issuer)
            connection.execute("DELETE FROM area WHERE issuer = ?", (issuer,))
        fips = "" if whole.strip().lower() == "yes" else county.strip().zfill(5)
        connection.execute(
            "INSERT OR IGNORE INTO area VALUES (?, ?, ?, ?)", (issuer, area, state, fips)
        )


def add_networks(connection: sqlite3.Connection, table: Table | None) -> None:
    """Replace the networks of every issuer in the file."""
    seen: set[str] = set()
    for issuer, network, name, url in read_table(table, _NETWORK_COLUMNS) if table else ():
        if issuer not in seen:
            seen.add(issuer)
            connection.execute("DELETE FROM network WHERE issuer = ?", (issuer,))
        connection.execute(
            "INSERT OR REPLACE INTO network VALUES (?, ?, ?, ?)",
            (issuer, network, plain_text(name, 120), web_address(url)),
        )
