"""Files that are not SAMHSA's: said what they seem to be, and read once their columns are named."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from sources.test_sources_files import COLUMNS, LISTING, csv_text, write_workbook
from waypost.directory.site import PhoneKind, Source, Survey
from waypost.files.digests import sha256_of
from waypost.sources import catalog
from waypost.sources.adding import About, add_file
from waypost.sources.foreign import guess
from waypost.sources.lists import list_rows
from waypost.sources.mapped_rows import read_columns, read_mapped
from waypost.sources.reading import BadSource
from waypost.sources.recognize import recognize

SOURCE = Source("list", "A list", "x", "2026", date(2026, 6, 30), "x", "licensed.csv", "0")
LICENSES = (
    ("Facility Name", "Street Address", "City", "State", "Zip Code", "Phone Number", "License"),
    ("Harbor House", "1 Main Street", "Dayton", "Ohio", "45402", "937-555-0101", "OH-1"),
    ("Elm House", "9 Elm Street", "Dayton", "OH", "45402", "", "OH-2"),
    ("", "3 Oak Street", "Dayton", "OH", "45402", "", "OH-3"),
    ("Fir House", "5 Fir Street", "Dayton", "Ontario", "45402", "", "OH-4"),
)
NAMED = "name=Facility Name,street=Street Address,city=City,state=State,zip=Zip Code"


ODD = [
    1,
    2**70,
    -1.5e300,
    None,
    True,
    "",
    [],
    [1, [2]],
    {},
    {"f2": 1, "f3": 2},
    {"type": "Feature"},
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
@pytest.mark.parametrize(
    "field", ["services", "zip", "name1", "latitude", "typeFacility", "geometry"]
)
def test_an_odd_value_of_the_locators_json_is_one_rows_fault(
    tmp_path: Path, field: str, odd: object
) -> None:
    good = dict(zip(COLUMNS, LISTING, strict=True)) | {"typeFacility": "SA", "services": []}
    path = tmp_path / "answer.json"
    lists = odd if field == "services" and isinstance(odd, list) else [odd]
    rows = [good, good | {field: odd}, good | {field: lists}, good]
    path.write_text("\ufeff" + json.dumps({"rows": rows}), "utf-8")
    _, held = add_file(path, tmp_path / "data", About("2025"))
    assert [row.number for row in held.rows][:: len(held.rows) - 1] == [1, 4]
    assert len(held.rows) + len(held.rejects) == 4


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_an_odd_value_of_another_list_is_one_rows_fault(tmp_path: Path, odd: object) -> None:
    good = {
        "Name": "Harbor",
        "Street": "1 Main Street",
        "Zip": "45402",
        "more": {"Phone": "9375550101"},
    }
    point = {"type": "Feature", "properties": good, "geometry": odd}
    rows = [good, good | {"Zip": odd}, good | {"more": odd}, point, good]
    path = tmp_path / "list.json"
    path.write_text(json.dumps(rows))
    read = read_mapped(SOURCE, read_columns("name=Name,street=Street,zip=Zip"), list_rows(path))
    assert {1, 5} <= {row.number for row in read.rows}
    assert len(read.rows) + len(read.rejects) == 5


def test_a_number_of_thousands_of_digits_and_deep_nesting_spoil_no_list(tmp_path: Path) -> None:
    deep = '{"a":' * 300 + "1" + "}" * 300
    good = '{"Name":"Harbor","Street":"1 Main Street","Zip":"45402"'
    path = tmp_path / "list.json"
    path.write_text(f'[{good}}},{good},"n":{"9" * 6000}}},{good},"n":{deep}}}]')
    read = read_mapped(SOURCE, read_columns("name=Name,street=Street,zip=Zip"), list_rows(path))
    assert [row.number for row in read.rows] == [1, 2, 3]


def written(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A CSV file."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), "utf-8")
    return path


def test_a_license_list_is_known_for_what_it_is_and_the_option_is_spelled_out(
    tmp_path: Path,
) -> None:
    path = written(tmp_path / "licensed.csv", LICENSES)
    with pytest.raises(BadSource) as told:
        recognize(path)
    words = str(told.value)
    assert "licensed.csv" in words and "state's license list" in words
    assert 'columns "name=Facility Name,street=Street Address,city=City,state=State,zip=Zip Code,' \
        'phone=Phone Number"' in words  # fmt: skip
    columns = read_columns(words.split('"')[1])  # what it says to type is what is read
    assert len(read_mapped(SOURCE, columns, list_rows(path)).rows) == 2


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ((("name", "lat", "lon"), ("Harbor", "39.7", "-84.2")), "names and points alone"),
        ((("one", "two", "three"), ("1", "2", "3")), "Its columns are: one, two, three"),
    ],
    ids=["points", "nothing known"],
)
def test_what_cannot_be_used_says_why(tmp_path: Path, rows: Sequence[tuple], words: str) -> None:
    with pytest.raises(BadSource, match=words) as told:
        recognize(written(tmp_path / "a.csv", rows))
    assert "how-to" in str(told.value)


def test_another_locators_json_is_known_for_what_it_is(tmp_path: Path) -> None:
    programs = [{"facilityName": "Harbor", "address": {"street": "1 Main Street", "city": "Dayton",
                 "state": "OH", "zip": "45402"}, "tags": ["a", "b"]}] * 2  # fmt: skip
    path = tmp_path / "other.json"
    path.write_text(json.dumps({"meta": {"total": 2}, "results": {"facilities": programs}}))
    with pytest.raises(BadSource, match="another locator's") as told:
        recognize(path)
    columns = read_columns(str(told.value).split('"')[1])
    assert columns["street"] == "address.street"
    (first, _) = read_mapped(SOURCE, columns, list_rows(path)).rows
    assert (first.name, first.street, first.zip) == ("Harbor", "1 Main Street", "45402")


def test_geojson_brings_its_points(tmp_path: Path) -> None:
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [-84.19, 39.76]},
               "properties": {"Name": "Harbor", "Addr": "1 Main Street", "Zip": 45402}}  # fmt: skip
    path = tmp_path / "map.json"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    columns = read_columns("name=Name,street=addr,zip=zip,latitude=latitude,longitude=longitude")
    (row,) = read_mapped(SOURCE, columns, list_rows(path)).rows
    assert (row.lat, row.lon, row.state) == (39.76, -84.19, "OH")  # the state is the ZIP's


def test_a_web_page_saved_as_data_is_known(tmp_path: Path) -> None:
    for name in ("page.csv", "page.json"):
        (tmp_path / name).write_text("\n<!DOCTYPE html><html><body>Download</body></html>")
        with pytest.raises(BadSource, match="web page"):
            recognize(tmp_path / name)


def test_a_workbook_without_our_columns_and_with_a_title_above_its_header(tmp_path: Path) -> None:
    path = tmp_path / "state.xlsx"
    title = [["Licensed programs"], ["as of June 30, 2026", ""]]
    write_workbook(path, [*title, *map(list, LICENSES)])
    with pytest.raises(BadSource, match="license list"):
        recognize(path)
    held = read_mapped(SOURCE, read_columns(NAMED), list_rows(path))
    assert [row.name for row in held.rows] == ["Harbor House", "Elm House"]


def test_rows_become_listings_or_rejects_with_their_reason(tmp_path: Path) -> None:
    path = written(tmp_path / "licensed.csv", LICENSES)
    held = read_mapped(SOURCE, read_columns(NAMED + ",phone=phone number"), list_rows(path))
    assert [row.state for row in held.rows] == ["OH", "OH"]
    assert held.rows[0].phones == ((PhoneKind.MAIN, "937-555-0101"),)
    assert held.rows[0].codes is None  # a license says nothing of services
    assert [(r.number, r.reason) for r in held.rejects] == [
        (3, "no name"),
        (4, "no state can be read from 'Ontario'"),
    ]


def test_a_fixed_value_stands_for_every_row(tmp_path: Path) -> None:
    rows = [("Program", "Addr", "Town", "Codes"), ("Harbor", "1 Main Street", "Dayton", "MH, OIT")]
    path = written(tmp_path / "a.csv", rows)
    columns = read_columns("name=program,street=addr,city=town,state==OH,codes=codes,survey==mh")
    (row,) = read_mapped(SOURCE, columns, list_rows(path)).rows
    assert (row.state, row.zip, row.survey) == ("OH", "", Survey.MENTAL_HEALTH)
    assert row.codes == ("MH", "OIT")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Facility", "field=column"),
        ("place=Facility", "field=column"),
        ("name=Facility", "street and zip"),
        ("name=Facility,street=A,city=C", "zip"),
        ("name=Facility,street=,zip=Z", "left empty"),
        ("name=Facility,street=A,zip=Z,zip=Y", "named twice"),
    ],
)
def test_columns_that_say_too_little_are_refused(text: str, words: str) -> None:
    with pytest.raises(BadSource, match=words):
        read_columns(text)


def test_a_columns_own_name_may_hold_commas() -> None:
    columns = read_columns("name=Name, legal,street=Street, number and unit , zip = ZIP")
    assert columns == {"name": "Name, legal", "street": "Street, number and unit", "zip": "ZIP"}


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    path = written(tmp_path / "licensed.csv", LICENSES)
    with pytest.raises(BadSource, match=r"no column “addr” \(said to hold street\).*“City”"):
        read_mapped(SOURCE, read_columns("name=facility name,street=addr,zip=zip code"),
                    list_rows(path))  # fmt: skip


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("Facility_Name", "name"),
        ("ProviderName", "name"),
        ("LOCATION ADDRESS", "street"),
        ("Facility City", "city"),
        ("Site Zip Code", "zip"),
        ("Telephone", "phone"),
        ("Lat", "latitude"),
    ],
)
def test_names_of_columns_are_understood(column: str, field: str) -> None:
    assert guess([column]) == {field: column}


@pytest.mark.parametrize("column", ["Capacity", "Mailing Address", "County State", "Fax Phone"])
def test_names_that_only_look_alike_are_not(column: str) -> None:
    assert not guess([column])


def test_a_list_is_kept_with_its_columns_and_read_again(tmp_path: Path) -> None:
    path = written(tmp_path / "licensed.csv", LICENSES)
    about = About("2026", publisher="Ohio MHAS", columns=read_columns(NAMED))
    entry, held = add_file(path, tmp_path / "data", about)
    (kept,) = catalog.added(tmp_path / "data")
    assert kept == entry and kept.source.publisher == "Ohio MHAS" and not kept.is_edition
    assert "not stated" in kept.source.license
    assert catalog.read(kept).rows == held.rows
    with pytest.raises(BadSource, match="never the whole country"):
        add_file(path, tmp_path / "data2", About("2026", whole=True, columns=read_columns(NAMED)))


def test_a_refused_file_is_called_what_the_operator_called_it(tmp_path: Path) -> None:
    """Not the digest under which a copy would have been kept."""
    half = tmp_path / "my download (1).csv"
    half.write_text(csv_text([LISTING], COLUMNS).replace("street1", "strasse"))
    nothing = tmp_path / "all rejected.csv"
    nothing.write_text(csv_text([("", *LISTING[1:])], COLUMNS))
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({"rows": [{"name1": "A", "typeFacility": "XX"}] * 2}))
    for path, words in ((half, "lacks the columns"), (nothing, "no listing"), (answer, "XX")):
        with pytest.raises(BadSource, match=words) as told:
            add_file(path, tmp_path / "data", About("2025"))
        assert path.name in str(told.value)
        assert sha256_of(path)[:8] not in str(told.value)


def test_a_kept_file_that_changed_is_called_by_both_its_names(tmp_path: Path) -> None:
    path = written(tmp_path / "licensed.csv", LICENSES)
    entry, _ = add_file(path, tmp_path / "data", About("2026", columns=read_columns(NAMED)))
    entry.path.write_text("changed")
    with pytest.raises(BadSource, match=rf"licensed.csv \(kept as {entry.path.name}\) has changed"):
        catalog.read(catalog.added(tmp_path / "data")[0])


def test_half_an_edition_is_said(tmp_path: Path) -> None:
    substance = tmp_path / "su.csv"
    substance.write_text(csv_text([LISTING], COLUMNS))
    entry, _ = add_file(substance, tmp_path / "data", About("2027"))
    assert entry.survey is Survey.SUBSTANCE_USE
    (sentence,) = catalog.missing_halves(catalog.in_use(tmp_path / "data"))
    assert "2027" in sentence and "the mental health directory is missing" in sentence
    mental = tmp_path / "mh.csv"
    mental.write_text(csv_text([(*LISTING[:-1], "MH * PHDT")], COLUMNS))
    add_file(mental, tmp_path / "data", About("2027"))
    assert catalog.missing_halves(catalog.in_use(tmp_path / "data")) == []
    assert catalog.missing_halves(catalog.carried()) == []
    alone = [e for e in catalog.in_use(tmp_path / "data") if e.source.sha256 == entry.source.sha256]
    assert catalog.missing_halves(alone) == []  # nobody listed the other half before: none is gone
