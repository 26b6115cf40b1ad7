"""The whole directory as a tabular data package: 24 tables of CSV, and the official description.

Values stand in the tables as they are, for programs to read: a spreadsheet's formula guard has no
place here. A table that we know nothing for is its header alone.
"""

from __future__ import annotations

import csv
import tempfile
import zipfile
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

from waypost.editions.hsds import datapackage, hours, rows
from waypost.editions.hsds.ids import uuid_of
from waypost.editions.hsds.nested import SiteInHsds
from waypost.editions.hsds.rows import Row
from waypost.editions.hsds.taxonomy import TAXONOMIES, TERMS
from waypost.files.writing import put_in_place

_TABLE_OF = {
    "phones": "phone", "organization_identifiers": "organization_identifier",
    "attributes": "attribute", "metadata": "metadata", "addresses": "address",
    "languages": "language", "schedules": "schedule", "capacities": "service_capacity",
}  # fmt: skip
LEVEL = 6
PIECE = 1 << 20
_FIXED = (1980, 1, 1, 0, 0, 0)
"""The time in every file of the archive, so that the same facts give the same bytes."""

_META = {
    "id": uuid_of("meta_table_description"), "name": "Waypost as HSDS", "language": "en",
    "character_set": "UTF-8",
}  # fmt: skip


def write_tables(folder: Path, sites: Iterator[SiteInHsds]) -> dict[str, int]:
    """Write every table and the description into a folder; how many rows each table has.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as opened:
        writers = {name: _Table(opened, folder, name) for name in datapackage.tables()}
        writers["taxonomy"].write(TAXONOMIES.values())
        writers["taxonomy_term"].write(TERMS)
        writers["meta_table_description"].write([_META])
        for site in sites:
            for table, rows_of_site in _rows(site):
                writers[table].write(rows_of_site)
        if writers["service_capacity"].count:
            writers["unit"].write([hours.UNIT])
        counts = {name: table.count for name, table in writers.items()}
    for name in (datapackage.FILE, datapackage.LICENSE):
        (folder / name).write_bytes(datapackage.carried(name))
    return counts


class _Table:
    """A table that is being written."""

    def __init__(self, opened: ExitStack, folder: Path, name: str) -> None:
        file_name, self._columns = datapackage.tables()[name]
        file = opened.enter_context((folder / file_name).open("w", encoding="utf-8", newline=""))
        self._writer = csv.writer(file, lineterminator="\n")
        self._writer.writerow(self._columns)
        self.count = 0

    def write(self, table_rows: Collection[Row]) -> None:
        """Write rows; a column that a row lacks is empty."""
        self._writer.writerows(map(row.get, self._columns) for row in table_rows)
        self.count += len(table_rows)


def _rows(site: SiteInHsds) -> Iterator[tuple[str, Collection[Row]]]:
    """All rows that speak of a site, with their tables."""
    yield "organization", [site.organization_row]
    yield "location", [site.location_row]
    yield from _lists(site.organization_lists())
    yield from _lists(site.location_lists())
    for level in site.levels:
        yield "service", [site.service_row(level)]
        yield "service_at_location", [rows.service_at_location(site.site, level)]
        yield from _lists(site.service_lists(level))


def _lists(lists: Mapping[str, list[Row]]) -> Iterator[tuple[str, list[Row]]]:
    return ((_TABLE_OF[field], listed) for field, listed in lists.items())


def write_package(path: Path, sites: Iterator[SiteInHsds]) -> None:
    """Write the whole package as one ZIP archive; under another name until it is whole.

    Raises:
        OSError: the disk is full, or the folder cannot be written.
    """
    with tempfile.TemporaryDirectory(prefix="making-", dir=path.parent) as name:
        folder = Path(name)
        write_tables(folder / "tables", sites)
        whole = folder / path.name
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            for file in sorted((folder / "tables").iterdir()):
                _add(archive, file)
        put_in_place(whole, path)


def _add(archive: zipfile.ZipFile, file: Path) -> None:
    entry = zipfile.ZipInfo(file.name, _FIXED)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with file.open("rb") as content, archive.open(entry, "w", force_zip64=True) as packed:
        while piece := content.read(PIECE):
            packed.write(piece)
