"""A small country in files: directories written for a test, and `waypost` run over them."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from waypost.cli.main import app
from waypost.directory.site import Source, Survey
from waypost.files.digests import sha256_of
from waypost.sources import adding, catalog

COLUMNS = (
    "name1",
    "name2",
    "street1",
    "street2",
    "city",
    "state",
    "zip",
    "phone",
    "service_code_info",
)
TOWNS = (("Dayton", "OH", "45402"), ("Austin", "TX", "78701"), ("Boise", "ID", "83702"))


def program(number: int, **changes: str) -> dict[str, str]:
    """A listing; every third stands in the same state."""
    city, state, zip_code = TOWNS[number % 3]
    made = {
        "name1": f"House number {number}", "name2": "", "street1": f"{number} Main Street", "street2": "",
        "city": city, "state": state, "zip": zip_code, "phone": f"512-476-{number:04d}",
        "service_code_info": "SA * OIT * MD",
    }  # fmt: skip
    return made | changes


def write(path: Path, programs: Sequence[dict[str, str]]) -> Path:
    """A directory as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(programs)
    return path


def carry(
    monkeypatch: pytest.MonkeyPatch, folder: Path, **editions: Sequence[dict[str, str]]
) -> None:
    """Make these editions ("y2024") the ones that Waypost carries."""
    entries = []
    for name, programs in editions.items():
        year = name[1:]
        path = write(folder / f"directory_{year}.csv", programs)
        source = Source(
            f"made-{year}", f"Made-up directory {year}", "us", year, date(int(year) - 1, 12, 31),
            "none", path.name, sha256_of(path),
        )  # fmt: skip
        entries.append(catalog.CatalogEntry(source, "csv", Survey.SUBSTANCE_USE, path))
    monkeypatch.setattr(catalog, "carried", lambda: entries)
    # a second for each file that is added; tests/cli/test_cli_bombs.py starts real processes
    monkeypatch.setattr(adding, "work_apart", lambda work, *given: work(*given))


def run(*arguments: str) -> Result:
    """Run `waypost` with arguments; a traceback fails the test."""
    return CliRunner().invoke(app, list(arguments), catch_exceptions=False)
