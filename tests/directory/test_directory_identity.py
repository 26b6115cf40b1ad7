"""Ids stay: the same files give the same ids, and a site keeps its id from edition to edition."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from waypost.directory.resolve import Placed, resolve
from waypost.directory.rows import Row, SourceRows
from waypost.directory.site import PhoneKind, Source, Survey
from waypost.editions import labelled_pairs
from waypost.publishing.reader import Snapshot


def source(edition: str) -> Source:
    """A made-up edition."""
    from datetime import date

    return Source(f"s{edition}", "t", "p", edition, date(int(edition) - 1, 12, 31), "l", "f", "0")


def row(edition: str, number: int, **changes: str) -> Row:
    """A listing."""
    f = {"name": "Harbor Recovery", "street": "12 Main Street", "phone": "937-555-0101"} | changes
    return Row(f"s{edition}", number, Survey.SUBSTANCE_USE, f["name"], "", f["street"], "", "Dayton",
               "OH", "45402", ((PhoneKind.MAIN, f["phone"]),), ("OIT", "SA"))  # fmt: skip


def editions(**rows: list[Row]) -> dict[str, list[SourceRows]]:
    """Editions by year."""
    return {y[1:]: [SourceRows(source(y[1:]), tuple(r))] for y, r in rows.items()}


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"name": "Harbor Recovery Inc of Dayton"}, "renamed"),
        ({"phone": "937-555-0202"}, "phone"),
        ({"street": "12 Main St."}, None),
        ({"street": "400 Elm Street"}, "moved"),
    ],
)
def test_a_site_keeps_its_id(changes: dict[str, str], what: str | None) -> None:
    held = editions(y2022=[row("2022", 1)], y2023=[row("2023", 9, **changes)])
    found = resolve(held).records
    assert len(found) == 1
    record = next(iter(found.values()))
    assert record.editions == ["2022", "2023"]
    assert (what in [h.what for h in record.history]) if what else len(record.history) == 1


def test_a_site_that_comes_back_is_the_same_site() -> None:
    held = editions(y2022=[row("2022", 1)], y2023=[row("2023", 1, name="Else", street="9 Oak Street",
                    phone="937-555-9999")], y2024=[row("2024", 1)])  # fmt: skip
    found = resolve(held).records
    kinds = [[h.what for h in r.history] for r in found.values()]
    assert ["added", "gone", "back"] in kinds


def test_the_order_of_rows_changes_no_id() -> None:
    rows = [
        row("2022", i, street=f"{i} Main Street", phone=f"937-555-{i:04d}") for i in range(1, 40)
    ]
    ids = set(resolve(editions(y2022=rows)).records)
    random.Random(1).shuffle(rows)
    assert set(resolve(editions(y2022=rows)).records) == ids


@pytest.fixture(scope="module")
def placed() -> Placed:
    """The site of each row of the carried editions, matched anew."""
    return labelled_pairs.placed_rows()


def test_the_matching_on_pairs_judged_by_hand(
    placed: Placed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labelled_pairs, "placed_rows", lambda: placed)
    lines = list(labelled_pairs.measure(None))
    assert len(lines) == 2
    for line in lines:
        words = line.replace(",", "").split()
        assert float(words[words.index("precision") + 1]) >= 0.98, line
        assert float(words[words.index("recall") + 1]) >= 0.98, line


def test_the_same_files_give_the_same_ids(snapshot: Snapshot, placed: Placed) -> None:
    current = set(snapshot.current_ids())
    ids = {site_id for (source, _), site_id in placed.items() if source == "samhsa-2024"}
    assert current <= ids  # all but those that nothing places on the map
    assert len(ids - current) <= 10


def test_a_hidden_address_is_hidden_everywhere(snapshot: Snapshot) -> None:
    hidden = [
        s
        for s in map(snapshot.site, snapshot.current_ids())
        if s and not any(map(str.isalnum, s.street))
    ]
    assert len(hidden) > 500
    for site in hidden:
        assert not site.exact
        assert site.facts["point"].method == "where people of the ZIP live"
        assert all(entry.what != "moved" for entry in site.history)


def test_ids_are_minted_from_what_was_published_and_stay_whatever_we_learn_to_spell() -> None:
    """These ids are promises: a change here breaks every link to a program."""
    found = resolve(editions(y2022=[row("2022", 1)])).records
    assert list(found) == ["site_kt4lp7hnzo"]
    shouted = row("2022", 1, name="HARBOR  recovery", street="12 main street")
    assert list(resolve(editions(y2022=[shouted])).records) == ["site_kt4lp7hnzo"]


def test_services_are_compared_only_where_both_years_ask() -> None:
    asked_now = replace(row("2023", 1), codes=("NEW", "OIT", "SA"))
    held = editions(y2022=[row("2022", 1)], y2023=[asked_now])
    (record,) = resolve(held).records.values()
    assert [h.what for h in record.history] == ["added"]  # "NEW" was never asked in 2022
    other = replace(
        row("2022", 2, name="Elm", street="9 Elm Street", phone="937-555-0909"), codes=("MD",)
    )
    lost = replace(
        row("2023", 2, name="Elm", street="9 Elm Street", phone="937-555-0909"), codes=("SA",)
    )
    held = editions(
        y2022=[row("2022", 1), other], y2023=[replace(row("2023", 1), codes=("MD", "OIT")), lost]
    )
    every = [h for r in resolve(held).records.values() for h in r.history if h.what == "services"]
    assert {(h.before, h.after) for h in every} == {("SA", "MD"), ("MD", "SA")}


def test_numbers_in_common_decide_between_two_houses_of_one_program() -> None:
    """Two houses hid their addresses in one year; each keeps its own telephone."""

    def house(year: str, number: int, street: str, own: str) -> Row:
        made = row(year, number, street=street, phone=own)
        return replace(made, phones=(*made.phones, (PhoneKind.INTAKE, "888-907-4794")))

    before = [
        house("2022", 1, "725 Foothill Road", "310-573-7083"),
        house("2022", 2, "721 Maple Drive", "866-522-7571"),
    ]
    after = [house("2023", 1, "- - -", "866-522-7571"), house("2023", 2, "- - -", "310-573-7083")]
    placed = resolve(editions(y2022=before, y2023=after)).placed
    assert placed["s2022", 1] == placed["s2023", 2]
    assert placed["s2022", 2] == placed["s2023", 1]
