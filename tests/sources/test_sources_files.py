"""Files as they come: newer shapes are read, bad ones are refused with a sentence."""

from __future__ import annotations

import csv
import gzip
import io
import json
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest

from waypost.directory.site import Source, Survey
from waypost.sources import catalog
from waypost.sources.adding import add_file, recognize
from waypost.sources.directory_rows import read_directory
from waypost.sources.locator_rows import read_export, read_json
from waypost.sources.reading import BadSource, csv_rows, read_text, workbook_sheets

SOURCE = Source("made-up", "Made up", "us", "2025", date(2024, 12, 31), "none", "made_up.csv", "0")
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
LISTING = (
    "Harbor",
    "",
    "1 Main Street",
    "",
    "Dayton",
    "OH",
    "45402",
    "937-555-0101 x104",
    "SA * OIT",
)


def csv_text(rows: list[tuple[str, ...]], columns: tuple[str, ...] = COLUMNS) -> str:
    """A CSV file's text."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def read(text: str, survey: Survey | None = Survey.SUBSTANCE_USE):
    """A directory's text as rows."""
    return read_directory(SOURCE, survey, csv_rows(text, "made_up.csv"))


def test_columns_may_stand_in_any_order_and_case() -> None:
    order = random.Random(3).sample(range(len(COLUMNS)), len(COLUMNS))
    columns = tuple(f" {COLUMNS[i].upper()} " for i in order)
    held = read(csv_text([tuple(LISTING[i] for i in order)], columns))
    assert held.rows[0].name == "Harbor"
    assert held.rows[0].codes == ("OIT", "SA")


def test_a_thousand_unknown_columns_do_no_harm() -> None:
    extra = tuple(f"new{i}" for i in range(1000))
    held = read(csv_text([LISTING + ("x",) * 1000], COLUMNS + extra))
    assert len(held.rows) == 1
    with pytest.raises(BadSource, match="columns"):
        read(csv_text([LISTING + ("x",) * 3000], COLUMNS + tuple(f"n{i}" for i in range(3000))))


def test_new_codes_are_counted_not_fatal() -> None:
    held = read(csv_text([(*LISTING[:-1], "SA NEW1 NEW2"), (*LISTING[:-1], "SA NEW1")]))
    assert held.unknown_codes == {"NEW1": 2, "NEW2": 1}


def test_every_row_becomes_a_listing_or_a_reject_with_its_number_and_reason() -> None:
    rows = [LISTING, ("",) * 9, ("", *LISTING[1:]), (*LISTING[:6], "abc", *LISTING[7:]),
            (*LISTING[:5], "Ohio", *LISTING[6:])]  # fmt: skip
    held = read(csv_text(rows))
    assert len(held.rows) == 1
    assert [r.number for r in held.rejects] == [2, 3, 4, 5]
    assert all(r.reason for r in held.rejects)


@pytest.mark.parametrize("name", ['=HYPERLINK("http://x")', "@SUM(1)", "\t=cmd|' /C calc'!A0"])
def test_formulas_lose_their_sign(name: str) -> None:
    held = read(csv_text([(name, *LISTING[1:])]))
    assert not held.rows[0].name.startswith(("=", "@", "\t"))


@pytest.mark.parametrize(
    "name", ["<script>alert(1)</script>", "\u202egnp.exe", "Hope 🌱 House", "a\x00b"]
)
def test_strange_names_are_kept_as_text(name: str) -> None:
    held = read(csv_text([(name, *LISTING[1:])]))
    assert held.rows[0].name == " ".join(name.replace("\x00", " ").split())


def test_a_mark_at_the_start_and_windows_letters_are_read(tmp_path: Path) -> None:
    for data in (csv_text([LISTING]).encode("utf-8-sig"), csv_text([("Café", *LISTING[1:])]).encode("cp1252"),
                 csv_text([LISTING]).encode("utf-16")):  # fmt: skip
        (tmp_path / "a.csv").write_bytes(data)
        assert read(read_text(tmp_path / "a.csv")).rows


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", "empty"),
        (b"   \n", "a.csv", "empty"),
        (b"\x00\x01\x02\x9d\x00", "a.csv", "text"),
        (gzip.compress(b"name1,zip")[:-9], "a.csv.gz", "damaged"),
        (b"not gzip", "a.csv.gz", "damaged"),
    ],
)
def test_bad_text_files_are_refused_in_a_sentence(
    tmp_path: Path, data: bytes, name: str, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadSource, match=words):
        read_text(tmp_path / name)


def test_bad_workbooks_are_refused_in_a_sentence(tmp_path: Path) -> None:
    whole = next(e for e in catalog.carried() if e.kind == "workbook").path.read_bytes()
    for name, data in (
        ("cut.xlsx", whole[: len(whole) // 2]),
        ("no.xlsx", b"PK\x03\x04 no"),
        ("empty.xlsx", b""),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(BadSource, match="workbook"):
            workbook_sheets(tmp_path / name)


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sheet.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(500):
            part.write(b"\x00" * 1_000_000)
    assert bomb.stat().st_size < 2_000_000
    with pytest.raises(BadSource, match="unpack"):
        workbook_sheets(bomb)


def export(**changes: str) -> dict[str, str]:
    """A row of the locator's wide export."""
    row = dict(zip(COLUMNS[:-1], LISTING[:-1], strict=True)) | {
        "type_facility": "SU", "latitude": "39.75", "longitude": "-84.19", "oit": "1", "sa": "1", "mc": "",
    }  # fmt: skip
    return row | changes


@pytest.mark.parametrize("value", ["nan", "inf", "1e999", "abc", "", "9999"])
def test_coordinates_that_are_none_stay_unknown(value: str) -> None:
    row = read_export(SOURCE, [export(latitude=value)]).rows[0]
    assert row.lat is None


def test_the_two_names_of_one_type_and_the_clinicians() -> None:
    held = read_export(SOURCE, [export(), export(type_facility="SA"), export(type_facility="BUPREN"),
                                export(type_facility="OTP"), export(type_facility="??")])  # fmt: skip
    assert [r.codes for r in held.rows] == [("OIT", "SA"), ("OIT", "SA"), None]
    assert [r.number for r in held.rejects] == [3, 5]


def test_the_json_of_the_api_is_read_by_service_names() -> None:
    service = {
        "f1": "Service Setting",
        "f2": "SET",
        "f3": "Outpatient; Intensive outpatient treatment; Brand new",
    }
    row = export(type_facility="SA") | {"services": [service]}
    held = read_json(SOURCE, {"rows": [row, "nonsense", {}]})
    assert "OIT" in (held.rows[0].codes or ())
    assert held.unknown_codes == {"Brand new": 1}
    assert [r.number for r in held.rejects] == [2, 3]
    for bad in ([], {}, {"rows": 3}, {"rows": []}):
        with pytest.raises(BadSource):
            read_json(SOURCE, bad)


def test_a_newer_file_is_recognized_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(csv_text([LISTING] * 3))
    assert recognize(path) == ("csv", Survey.SUBSTANCE_USE)
    entry, held = add_file(path, tmp_path / "data", "2025", None, "")
    assert len(held.rows) == 3
    assert entry.source.as_of == date(2024, 12, 31)
    assert [e.source.id for e in catalog.added(tmp_path / "data")] == [entry.source.id]
    assert catalog.read(catalog.added(tmp_path / "data")[0]).rows == held.rows
    with pytest.raises(BadSource, match="in use already"):
        add_file(path, tmp_path / "data", "2025", None, "")
    entry.path.write_text("changed")
    with pytest.raises(BadSource, match="changed"):
        catalog.read(entry)


@pytest.mark.parametrize("edition", ["", "25", "next year", "20255"])
def test_an_edition_is_a_year(tmp_path: Path, edition: str) -> None:
    (tmp_path / "new.csv").write_text(csv_text([LISTING]))
    with pytest.raises(BadSource, match="year"):
        add_file(tmp_path / "new.csv", tmp_path / "data", edition, None, "")


def test_a_foreign_file_is_not_recognized(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("one,two\n1,2\n")
    (tmp_path / "a.pdf").write_text("%PDF")
    for name in ("a.csv", "a.pdf"):
        with pytest.raises(BadSource):
            recognize(tmp_path / name)
    (tmp_path / "a.json").write_text(json.dumps({"rows": []}))
    assert recognize(tmp_path / "a.json") == ("json", None)


def test_the_carried_files_are_the_very_files_they_are_said_to_be() -> None:
    for entry in catalog.carried():
        assert catalog.digest(entry.path) == entry.source.sha256
        assert entry.source.publisher and entry.source.license and entry.source.as_of
