"""A carried table's rows are those that reading all of it would give."""

from __future__ import annotations

from importlib.resources import files
from zlib import decompress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waypost.places.sorted_rows import SortedRows
from waypost.places.tables import counties, zips

TABLE = b"key,name,kept\n001,One,yes\n002,Two,no\n010,Ten,yes\n100,Hundred,yes"


def _rows(table: bytes) -> SortedRows[tuple[str, str]]:
    return SortedRows(table, ("name",), lambda key, name: (key, name), lambda x: x.endswith(b"yes"))


@pytest.mark.parametrize("end", ["", "\n"])
def test_rows_are_found_by_their_keys(end: str) -> None:
    rows = _rows(TABLE + end.encode())
    assert dict(rows) == {
        "001": ("001", "One"),
        "010": ("010", "Ten"),
        "100": ("100", "Hundred"),
    }
    assert len(rows) == 3
    assert rows["010"] is rows["010"]


@pytest.mark.parametrize(
    "key", ["", "0", "000", "002", "003", "01", "0010", "101", "999", "1é", "ñoño", "\udc80\udc80"]
)
def test_any_other_key_has_none(key: str) -> None:
    rows = _rows(TABLE)
    assert rows.get(key) is None
    assert key not in rows
    with pytest.raises(KeyError):
        rows[key]


def test_a_table_with_a_header_alone_has_no_rows() -> None:
    rows = _rows(b"key,name,kept\n")
    assert len(rows) == 0
    assert rows.get("001") is None


@given(
    st.sets(st.integers(0, 999)),
    st.integers(0, 999),
    st.text("abcdé -'", max_size=30),
    st.booleans(),
)
def test_halving_finds_what_a_dictionary_has(
    numbers: set[int], asked: int, name: str, ends: bool
) -> None:
    names = {f"{n:03}": name * (n % 3) for n in sorted(numbers)}
    lines = "\n".join(f"{key},{text},yes" for key, text in names.items())
    rows = _rows(f"key,name,kept\n{lines}{chr(10) * ends}".encode())
    key = f"{asked:03}"
    assert rows.get(key) == ((key, names[key]) if key in names else None)
    assert [text for _, text in rows.values()] == list(names.values())


@pytest.mark.parametrize("name", ["zips", "zip_points", "counties"])
def test_the_carried_tables_are_what_halving_asks_of_them(name: str) -> None:
    data = (files("waypost.places") / "data" / f"{name}.csv.gz").read_bytes()
    _, *lines = decompress(data, wbits=31).splitlines()
    keys = [line.partition(b",")[0] for line in lines]
    assert keys == sorted(set(keys))
    assert {len(key) for key in keys} == {5}
    assert b'"' not in b"".join(lines)


def test_every_zip_and_county_of_the_tables_is_found() -> None:
    assert len(zips()) == 41_128
    assert all(row.zip == code and zips().get(code) is row for code, row in zips().items())
    assert len(counties()) == 3_232
    assert all(row.fips == fips and counties()[fips] is row for fips, row in counties().items())
