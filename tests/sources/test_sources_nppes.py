"""NPPES: the monthly file streams, people are never read, and an NPI is claimed where it fits alone."""

from __future__ import annotations

import csv
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

import made_up_nppes as nppes
from archives import Archive
from builders import listing
from waypost.files.archives import BadFile
from waypost.sources.nppes import layout
from waypost.sources.nppes.linking import link
from waypost.sources.nppes.reading import NppesOrganization, RowsSeen, organizations
from waypost.values.numbers import read_npi


def read(path: Path, *rows: dict[str, str]) -> tuple[list[NppesOrganization], RowsSeen]:
    seen = RowsSeen()
    return list(organizations(nppes.write(path / "NPPES.zip", rows), seen)), seen


def test_the_made_up_file_has_the_layout_of_the_true_one() -> None:
    assert len(nppes.HEADER) == 330 == len(set(nppes.HEADER))
    assert set(layout.READ) | set(layout.TAXONOMIES_OF_A_ROW) <= set(nppes.HEADER)
    assert nppes.HEADER.index(layout.PHONE) == 34 and nppes.HEADER[-1] == "Certification Date"
    assert read_npi(nppes.npi(1)) == nppes.npi(1)


def test_an_organization_is_read_at_its_practice_location(tmp_path: Path) -> None:
    (found,), seen = read(tmp_path, nppes.row(1, OTHER_NAME="RIVER  HOUSE", STREET2="SUITE 3"))
    assert found == NppesOrganization(
        nppes.npi(1), "RIVER HOUSE INC", "RIVER HOUSE", "12 MAIN STREET", "SUITE 3", "DAYTON", "OH", "45402",
        "9375550101", ("261QR0405X",), date(2026, 8, 1),
    )  # fmt: skip
    assert (seen.rows, seen.bad) == (1, 0)


def test_people_other_trades_and_inactive_numbers_are_left_out(tmp_path: Path) -> None:
    first = layout.TAXONOMIES_OF_A_ROW[0]
    found, seen = read(
        tmp_path,
        nppes.row(1, ENTITY="1"),
        nppes.row(2) | {first: "207Q00000X"},
        nppes.row(3, DEACTIVATED="01/01/2020"),
        nppes.row(4, DEACTIVATED="01/01/2020", REACTIVATED="02/01/2020"),
        nppes.row(8, DEACTIVATED="03/01/2020", REACTIVATED="02/01/2020"),
        nppes.row(5) | {layout.NPI: "1234567890"},
        nppes.row(6, NAME="SERVICES OF 261QR0405X") | {first: "207Q00000X"},
        nppes.row(7) | {first: "207Q00000X", layout.TAXONOMIES_OF_A_ROW[14]: "324500000X"},
    )
    assert [o.npi for o in found] == [nppes.npi(4), nppes.npi(7)]
    assert (seen.rows, seen.bad) == (8, 3)
    assert found[1].taxonomies == ("324500000X",)


def test_quotes_commas_and_line_breaks_in_a_name_are_one_row(tmp_path: Path) -> None:
    found, seen = read(tmp_path, nppes.row(1, NAME='THE "RIVER" HOUSE,\nINC'), nppes.row(2))
    assert [o.name for o in found] == ['THE "RIVER" HOUSE, INC', "RIVER HOUSE INC"]
    assert seen.rows == 2


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_file_that_was_saved_again_without_quotes_is_read_too(tmp_path: Path, end: str) -> None:
    table = tmp_path / "table.csv"
    with table.open("w", newline="", encoding="utf-8-sig") as file:
        writer = csv.DictWriter(file, nppes.HEADER, lineterminator=end)
        writer.writeheader()
        writer.writerows([nppes.row(1), nppes.row(2, ENTITY="1"), nppes.row(3, NAME="A, B INC")])
    seen = RowsSeen()
    found = list(organizations(table, seen))
    assert [o.name for o in found] == ["RIVER HOUSE INC", "A, B INC"] and seen.rows == 3


def test_a_day_that_is_none_is_not_known(tmp_path: Path) -> None:
    (found,), _ = read(tmp_path, nppes.row(1, UPDATED="soon"))
    assert found.updated is None


def test_what_is_not_the_file_is_refused_with_its_reason(tmp_path: Path) -> None:
    other = tmp_path / "other.zip"
    with Archive(other, "w") as archive:
        archive.writestr("a.csv", "x")
    with pytest.raises(BadFile, match="is it the NPPES file"):
        list(organizations(other))
    table = tmp_path / "table.csv"
    table.write_text("".join(nppes.lines([nppes.row(1)])).replace(layout.PHONE, "Telephone"))
    with pytest.raises(
        BadFile, match="lacks the column “Provider Business Practice Location Address Tele"
    ):
        list(organizations(table))
    cut = "".join(nppes.lines([nppes.row(1)])).rstrip()[:-1]
    table.write_text(cut)
    with pytest.raises(BadFile, match="never closed"):
        list(organizations(table))


def test_memory_stays_the_same_however_long_the_file_is(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        path = nppes.write(
            tmp_path / f"{count}.zip", (nppes.row(n, ENTITY="1") for n in range(count))
        )
        tracemalloc.start()
        assert sum(1 for _ in organizations(path)) == 0
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)  # what is imported on the way
    assert peak(4_000) < peak(400) * 1.5 < 64 << 20


def test_an_npi_that_fits_one_program_alone_is_linked_with_its_evidence(tmp_path: Path) -> None:
    found, _ = read(
        tmp_path,
        nppes.row(1, NAME="HARBOR RECOVERY LLC"),
        nppes.row(2, PHONE="2125550101", STREET="9 ELM"),
    )
    linked = link([listing()], found)
    (made,) = linked.links
    assert (made.site_id, made.npi, linked.ambiguous) == ("site_1", nppes.npi(1), 0)
    assert made.evidence == (
        "NPPES of 2026-08-01: HARBOR RECOVERY LLC, 12 MAIN STREET, DAYTON, OH 45402, 9375550101; "
        "same street, same name"
    )


def test_two_numbers_for_one_program_or_one_for_two_are_nobodys(tmp_path: Path) -> None:
    two, _ = read(
        tmp_path, nppes.row(1, NAME="HARBOR RECOVERY"), nppes.row(2, NAME="HARBOR RECOVERY")
    )
    assert link([listing()], two).links == () and link([listing()], two).ambiguous == 1
    again = listing(id="site_2")
    assert link([listing(), again], two[:1]).links == ()
    assert link([listing(), again], two[:1]).ambiguous == 2


def test_whoever_proposes_the_rules_judge(tmp_path: Path) -> None:
    found, _ = read(
        tmp_path, nppes.row(1, NAME="SOMEBODY ELSE", STREET="9 ELM", PHONE="2125550101")
    )
    linked = link([listing()], found, lambda left, right: [(left[0].key, right[0].key)])
    assert (linked.proposed, linked.links) == (1, ())
