"""What comes packed: counted as it is unpacked, whatever it says of itself."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from archives import Archive, gzipped
from waypost.files.archives import MOST_RATIO, SMALL, BadFile, open_bytes, unpacked_limit
from waypost.files.workbooks import MOST_CELLS, check_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
MOST = 400_000_000


def sheet(cells: str, name: str = "xl/worksheets/sheet1.xml", prefix: str = "") -> dict[str, str]:
    """A workbook's one sheet with these rows."""
    colon = f"{prefix}:" if prefix else ""
    space = f"xmlns:{prefix}" if prefix else "xmlns"
    return {
        name: f'<?xml version="1.0"?><{colon}worksheet {space}="{MAIN}"><{colon}sheetData>{cells}'
        f"</{colon}sheetData></{colon}worksheet>"
    }


def workbook(path: Path, parts: dict[str, str], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    """A workbook of these parts."""
    with Archive(path, "w", packing) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


def cell(name: str, value: str = "<v>1</v>") -> str:
    """A cell at a place of its own."""
    return f'<c r="{name}">{value}</c>'


TOO_WIDE = {
    "two corners": sheet(f"<row>{cell('A1')}{cell('XFD1048576')}</row>"),
    "small letters": sheet(f"<row>{cell('a1')}{cell('xfd1048576')}</row>"),
    "rows by number": sheet(
        f'<row r="1">{cell("A1")}</row><row r="1048576"><c><v>1</v></c>{cell("ZZ1048576")}</row>'
    ),
    "a dimension that lies": sheet(
        f"<row>{cell('A1')}{cell('XFD1048576')}</row>".replace("<row>", '<dimension ref="A1"/><row>', 1)
    ),
    "a prefix": sheet(
        '<x:row><x:c r="A1"><x:v>1</x:v></x:c><x:c r="XFD1048576"><x:is/></x:c></x:row>', prefix="x"
    ),
    "a name of another part": sheet(
        f"<row>{cell('A1')}{cell('XFD1048576')}</row>", name="xl/styles.XML"
    ),
    "many sheets": {
        name: text
        for number in range(20)
        for name, text in sheet(
            f"<row>{cell('A1')}{cell('Z40000')}</row>", name=f"xl/worksheets/{number}.xml"
        ).items()
    },
}  # fmt: skip


@pytest.mark.parametrize("name", TOO_WIDE)
def test_a_workbook_whose_table_would_fill_the_memory_is_refused(tmp_path: Path, name: str) -> None:
    path = workbook(tmp_path / "a.xlsx", TOO_WIDE[name])
    assert path.stat().st_size < 10_000
    with pytest.raises(BadFile, match=r"a\.xlsx has sheets of more than 10,000,000 cells"):
        check_workbook(path, MOST)


ROOM_ENOUGH = {
    "empty": sheet(""),
    "empty cells far away": sheet(f"<row>{cell('A1')}{cell('XFD1048576', '')}</row>"),
    "one cell far away": sheet(f"<row>{cell('XFD1048576')}</row>"),
    "no places": sheet("<row><c><v>1</v></c><c><v>2</v></c></row>" * 500),
    "odd places": sheet(f"<row>{cell('')}{cell('7')}{cell('ÄÖ9')}{cell('A' * 40)}</row>"),
    "tall": sheet(f"<row>{cell('A1')}{cell(f'A{MOST_CELLS // 10}')}</row>"),
}


@pytest.mark.parametrize("name", ROOM_ENOUGH)
def test_a_workbook_of_no_great_size_is_let_through(tmp_path: Path, name: str) -> None:
    check_workbook(workbook(tmp_path / "a.xlsx", ROOM_ENOUGH[name]), MOST)


def test_entities_and_other_packings_and_no_xml_are_refused(tmp_path: Path) -> None:
    laughs = {"xl/a.xml": '<!DOCTYPE a [<!ENTITY b "ha">]><a>&b;</a>'}
    with pytest.raises(BadFile, match="document type"):
        check_workbook(workbook(tmp_path / "a.xlsx", laughs), MOST)
    with pytest.raises(BadFile, match=r"a\.xlsx is not a readable workbook"):
        check_workbook(workbook(tmp_path / "a.xlsx", {"xl/a.xml": "<a></b>"}), MOST)
    with pytest.raises(BadFile, match="not a workbook"):
        check_workbook(workbook(tmp_path / "a.xlsx", sheet(""), zipfile.ZIP_LZMA), MOST)


def test_a_size_is_counted_to_the_byte(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", {"a": "abc" * 1_000, "b": "", "c": "stored"})
    check_workbook(path, 3_006)
    with pytest.raises(BadFile, match="more than 3,005 bytes"):
        check_workbook(path, 3_005)


def test_gzip_that_unpacks_without_end_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "a.csv.gz"
    bomb.write_bytes(gzipped(bytes(40_000_000), 9))
    assert bomb.stat().st_size < 70_000
    with open_bytes(bomb) as file, pytest.raises(BadFile, match="unpacks to more than it may"):
        while file.read(1 << 20):
            pass


def test_one_limit_holds_for_all_kinds(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"a" * 50_000)
    assert unpacked_limit(path) == 50_000 * MOST_RATIO
    assert unpacked_limit(path, most=3_000) == 3_000
    path.write_bytes(b"a")
    assert unpacked_limit(path) == SMALL
    with open_bytes(path, most=0) as file, pytest.raises(BadFile, match="more than it may"):
        file.read()
