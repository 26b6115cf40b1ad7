"""Files as they come: newer shapes are read, bad ones are refused with a sentence."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest

from archives import Archive, gzipped
from waypost.directory.site import Source, Survey
from waypost.files.digests import sha256_of
from waypost.sources import catalog
from waypost.sources.adding import About, add_file
from waypost.sources.directory_rows import read_directory
from waypost.sources.locator_rows import read_export, read_json
from waypost.sources.reading import (
    BadSource,
    check_size,
    csv_rows,
    read_text,
)
from waypost.sources.recognize import recognize
from waypost.values.plain import plain

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
    assert held.rows[0].name == plain(" ".join(name.replace("\x00", " ").split()))


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
        (gzipped(b"name1,zip")[:-9], "a.csv.gz", "damaged"),
    ],
    ids=["empty", "blank", "no text", "cut off"],
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
            check_size(tmp_path / name)


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with (
        Archive(bomb, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/sheet.bin", "w", force_zip64=True) as part,
    ):
        for _ in range(150):
            part.write(b"\x00" * 1_000_000)
    assert bomb.stat().st_size < 2_000_000
    with pytest.raises(BadSource, match="unpack"):
        check_size(bomb)


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
    entry, held = add_file(path, tmp_path / "data", About("2025"))
    assert len(held.rows) == 3
    assert entry.source.as_of == date(2024, 12, 31)
    assert [e.source.id for e in catalog.added(tmp_path / "data")] == [entry.source.id]
    assert catalog.read(catalog.added(tmp_path / "data")[0]).rows == held.rows
    with pytest.raises(BadSource, match="in use already"):
        add_file(path, tmp_path / "data", About("2025"))
    entry.path.write_text("changed")
    with pytest.raises(BadSource, match="changed"):
        catalog.read(entry)


@pytest.mark.parametrize("edition", ["", "25", "next year", "20255"])
def test_an_edition_is_a_year(tmp_path: Path, edition: str) -> None:
    (tmp_path / "new.csv").write_text(csv_text([LISTING]))
    with pytest.raises(BadSource, match="year"):
        add_file(tmp_path / "new.csv", tmp_path / "data", About(edition))


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
        assert sha256_of(entry.path) == entry.source.sha256
        assert entry.source.publisher and entry.source.license and entry.source.as_of


def test_a_zip_bomb_that_lies_about_its_size_is_refused_too(tmp_path: Path) -> None:
    import struct

    bomb = tmp_path / "liar.xlsx"
    with Archive(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sheet.bin", b"\x00" * 150_000_000)
    data = bytearray(bomb.read_bytes())
    for signature, at in ((b"PK\x01\x02", 24), (b"PK\x03\x04", 22)):  # the sizes it says it has
        start = data.rindex(signature)
        data[start + at : start + at + 4] = struct.pack("<I", 1_000)
    bomb.write_bytes(data)
    assert zipfile.ZipFile(bomb).infolist()[0].file_size == 1_000
    with pytest.raises(BadSource, match="unpack"):
        check_size(bomb)


def test_the_wide_export_is_read_from_csv_and_from_a_workbook(tmp_path: Path) -> None:
    """The same wide rows, as the real export writes them, in both of its forms."""
    entry = next(e for e in catalog.carried() if e.source.id == "locator-tx-2023")
    rows = list(csv.reader(io.StringIO(read_text(entry.path), newline="")))[:6]
    path = tmp_path / "export.xlsx"
    write_workbook(path, rows)
    assert recognize(path) == ("locator-workbook", None)
    from_sheet = read_export(SOURCE, catalog.sheet_rows(path))
    from_csv = read_export(SOURCE, csv_rows(csv_text(rows[1:], tuple(rows[0])), "a.csv"))
    assert len(from_sheet.rows) == 5
    assert from_sheet.rows == from_csv.rows
    assert all(row.lat and row.lon for row in from_sheet.rows)


def test_a_workbook_with_formulas_and_an_odd_order_of_columns(tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    order = (8, 0, 2, 4, 5, 6, 7, 1, 3)
    listing = ("=HYPERLINK(A1)", *LISTING[1:])
    write_workbook(path, [[f" {COLUMNS[i].upper()} " for i in order], [listing[i] for i in order]])
    entry, held = add_file(path, tmp_path / "data", About("2025"))
    assert entry.kind == "workbook"
    assert held.rows[0].name == "HYPERLINK(A1)" and held.rows[0].codes == ("OIT", "SA")


def write_workbook(path: Path, rows: list[list[str]]) -> None:
    """The least XLSX that holds these cells as text."""
    from xml.sax.saxutils import escape

    sheet = "".join(
        "<row>"
        + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row)
        + "</row>"
        for row in rows
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Facilities List" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship '
        f'Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    with Archive(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{words}')


def test_a_locators_whole_file_is_an_edition_of_its_day(tmp_path: Path) -> None:
    path = tmp_path / "all.json"
    path.write_text(json.dumps({"rows": [export(type_facility="SA") | {"services": []}]}))
    day = date(2026, 11, 24)
    entry, _ = add_file(path, tmp_path / "data", About("2026-11-24", day, whole=True))
    assert entry.is_edition and entry.source.edition == "2026-11-24"
    (kept,) = catalog.added(tmp_path / "data")
    assert kept.is_edition and kept.source == entry.source
    (tmp_path / "new.csv").write_text(csv_text([LISTING]))
    with pytest.raises(BadSource, match="edition is a year"):
        add_file(tmp_path / "new.csv", tmp_path / "data", About("2026-11-24", day, whole=True))
    with pytest.raises(BadSource, match="year"):
        add_file(path, tmp_path / "data2", About("2026-11-24", day))  # a state's export is none


def test_every_row_of_the_carried_directories_is_a_listing_or_a_reject() -> None:
    for entry in catalog.carried():
        if entry.kind in catalog.LISTING_KINDS:
            held = catalog.read(entry)
            numbers = [r.number for r in held.rows] + [r.number for r in held.rejects]
            assert sorted(numbers) == list(range(1, len(numbers) + 1)), entry.source.id
