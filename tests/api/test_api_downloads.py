"""The downloads: the same facts in three files, nothing in them that runs or is private."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from pathlib import Path

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from waypost.editions.downloads.csv_lines import FORMULA, digits_as_text, tame
from waypost.serving.process import current_snapshot


def download(kind: str) -> bytes:
    response = Client().get(f"/api/v1/snapshot.{kind}")
    assert response.status_code == 200
    version = current_snapshot().version[:12]
    assert f"waypost-{version}.{kind}" in response.headers["Content-Disposition"]
    return b"".join(response.streaming_content)


def test_the_sqlite_file_opens_and_holds_published_tables_alone(tmp_path: Path) -> None:
    path = tmp_path / "got.sqlite3"
    path.write_bytes(download("sqlite3"))
    connection = sqlite3.connect(path)
    tables = {n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    (sites,) = connection.execute("SELECT count(*) FROM site WHERE current").fetchone()
    connection.close()
    assert tables == {"manifest", "source", "site", "claim", "array", "resource"}
    assert sites == current_snapshot().manifest.current_sites


def test_the_lines_of_ndjson_are_all_current_sites() -> None:
    lines = download("ndjson").splitlines()
    ids = [json.loads(line)["id"] for line in lines]
    assert sorted(ids) == current_snapshot().current_ids()
    first = json.loads(lines[0])
    assert first["claims"] and first["codes"]


def test_the_csv_holds_all_current_sites_and_no_formula() -> None:
    data = download("csv")
    assert data.startswith(b"\xef\xbb\xbfid,name")  # without the mark Excel reads other letters
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    snapshot = current_snapshot()
    assert sorted(row["id"] for row in rows) == snapshot.current_ids()
    for row in rows:
        assert None not in row  # every line has as many cells as the heading
        for column, cell in row.items():
            plain = re.fullmatch(r"-?[0-9]+\.?[0-9]*", cell)
            digits = column in ("zip", "county_fips") and re.fullmatch(r'="[0-9]{5}"', cell)
            assert not cell.startswith((*FORMULA, "'")) or plain or digits
    site = snapshot.site(rows[0]["id"])
    assert site is not None
    assert rows[0]["codes"].split() == sorted(site.codes)
    assert float(rows[0]["longitude"]) == pytest.approx(site.point.lon, abs=1e-6)


def test_a_zip_keeps_its_zeros_in_a_spreadsheet_and_no_number_says_its_extension_twice() -> None:
    rows = list(csv.DictReader(io.StringIO(download("csv").decode("utf-8-sig"))))
    assert all(re.fullmatch(r'="[0-9]{5}"', row["zip"]) for row in rows)
    assert {row["zip"] for row in rows if row["state"] == "MA"} > {'="01002"'}
    numbers = [row[kind] for row in rows for kind in ("phone", "intake", "hotline")]
    assert "(256) 534-7644 x5196" in numbers
    assert not [number for number in numbers if "ext" in number]
    private = [row for row in rows if not row["street"]]
    assert len(private) == 849 and not [row for row in rows if "- -" in row["street"]]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [("01001", '="01001"'), ("", ""), ("=1+1", "'=1+1"), ('1"&A1', '1"&A1'), ("٣٤٥", "٣٤٥")],
    ids=["digits", "nothing", "formula", "quote", "other digits"],
)
def test_nothing_but_digits_is_written_as_a_constant(cell: str, shown: str) -> None:
    assert digits_as_text(cell) == shown


@given(st.text(max_size=40))
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    tamed = tame(cell)
    assert tamed.removeprefix("'") == cell.removeprefix("'") or tamed == cell
    if tamed.startswith(FORMULA):
        assert float(tamed) <= 0


@pytest.mark.parametrize("cell", ["=1+1", "+1", "@SUM(A1)", "-cmd", "\tx", "\r=1", "-1+1", "--1"])
def test_a_formula_is_tamed(cell: str) -> None:
    assert tame(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-97.742589", "12", "", "Hope House", "2-1"])
def test_a_plain_cell_is_left_alone(cell: str) -> None:
    assert tame(cell) == cell
