"""Files made to harm whoever imports them: each ends with a sentence and a code, in small memory."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archives import gzipped
from cli.country import run
from files.test_files_archives import cell, sheet, workbook
from waypost.files import apart
from waypost.files.apart import Bounds


@pytest.fixture(autouse=True)
def small(tmp_path: Path, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty data folder, and bounds that a bomb meets at once."""
    settings.WAYPOST_DATA_DIR = tmp_path / "data"
    real = apart.work_apart

    def bounded(work, *given, bounds=None):
        return real(work, *given, bounds=Bounds(400_000_000, 20))

    for room in ("sources.adding", "plans.imports.taking"):
        monkeypatch.setattr(f"waypost.{room}.work_apart", bounded)
    monkeypatch.setattr("waypost.cli.coverage.import_commands._wanted", nobody)


def nobody():
    """No program is known by a number."""
    from waypost.plans.imports.price_rows import Wanted

    return Wanted(frozenset(), frozenset())


def wide(path: Path) -> Path:
    """A workbook of less than 1.4 kB with cells in two corners."""
    return workbook(path, sheet(f"<row>{cell('A1')}{cell('XFD1048576')}</row>"))


def long_line(path: Path) -> Path:
    """Gzip that would be a gigabyte of one cell."""
    path.write_bytes(gzipped(b"name1,zip\n" + b"a" * 70_000_000, 9))
    assert path.stat().st_size < 100_000
    return path


BOMBS = {
    "corners.xlsx": (wide, "more than 10,000,000 cells"),
    "line.csv.gz": (long_line, "unpacks to more than it may"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_among_the_sources_is_refused(tmp_path: Path, name: str) -> None:
    make, words = BOMBS[name]
    result = run("sources", "add", str(make(tmp_path / name)), "--edition", "2025")
    assert result.exit_code == 2
    assert name in result.output
    assert words in " ".join(result.output.split())
    kept = tmp_path / "data" / "sources"
    assert not kept.exists() or list(kept.iterdir()) == []


def test_a_bomb_among_the_prices_is_refused_and_what_came_before_is_kept(tmp_path: Path) -> None:
    good = tmp_path / "prices.json"
    rate = {
        "negotiated_type": "negotiated",
        "negotiated_rate": 250.5,
        "expiration_date": "9999-12-31",
    }
    prices = {"provider_groups": [{"npi": [1234567893]}], "negotiated_prices": [rate]}
    code = {
        "negotiation_arrangement": "ffs", "billing_code_type": "HCPCS", "billing_code": "H0015",
        "negotiated_rates": [prices],
    }  # fmt: skip
    good.write_text(json.dumps({"reporting_entity_name": "A", "in_network": [code]}))
    bomb = tmp_path / "bomb.json.gz"
    bomb.write_bytes(gzipped(b'{"in_network":[' + b" " * 40_000_000, 9))
    result = run("coverage", "import", str(good), str(bomb))
    assert result.exit_code == 2
    assert "prices.json: in-network prices" in result.output
    assert "unpacks to more than it may" in " ".join(result.output.split())
    assert [p.name for p in (tmp_path / "data").iterdir()] == ["plans.sqlite3"]


def test_a_file_that_wants_more_memory_than_any_is_refused(tmp_path: Path) -> None:
    """Past every count: a whole list that is small on the disk and large as objects."""
    path = tmp_path / "list.json"
    path.write_text("[" + "{}," * 3_000_000 + "{}]")
    result = run(
        "sources", "add", str(path), "--edition", "2025", "--columns", "name=a,street=b,zip=c"
    )
    assert result.exit_code == 2
    assert "list.json was refused: it was not read within 0.4 GB of memory" in " ".join(
        result.output.split()
    )
