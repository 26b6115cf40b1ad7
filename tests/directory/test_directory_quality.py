"""The quality report counts what is there, names every row that is not, and says it two ways."""

from __future__ import annotations

import json
from dataclasses import replace

from builders import AREAS, row, source
from waypost.directory.address_book import AddressBook
from waypost.directory.areas import Areas
from waypost.directory.assemble import assemble
from waypost.directory.quality import call_center_numbers, report, source_quality
from waypost.directory.quality_text import SOURCE_COLUMNS, as_json, as_markdown
from waypost.directory.resolve import resolve
from waypost.directory.rows import AddressPoint, Reject, SourceRows
from waypost.directory.site import PhoneKind, Survey

HELD = SourceRows(
    source(),
    (
        row(1),
        row(2, survey=Survey.MENTAL_HEALTH, codes=("MH",)),  # the same site in the other directory
        row(3, name="Elm House", street="9 Elm Street", phones=()),
        row(4, name="Oak House", street="7 Oak Street", state="KY"),
        row(5, name="Fir House", street="5 Fir Street", lat=-84.19, lon=39.76),
        row(6, name="Ash House", street="- - -", phones=((PhoneKind.MAIN, "000-000-0000"),)),
        row(7, name="Yew House", street="3 Yew Street", zip="00099", city="Nowhere"),
    ),
    (Reject("s2024", 8, "no name"),),
    {"NEW1": 2},
)


def made() -> dict[str, object]:
    """The report of the made-up file."""
    resolved = resolve({"2024": [HELD]})
    every = [(r, assemble(r, "2024", {"s2024": source()}, AddressBook.of([]), AREAS))
             for r in resolved.records.values()]  # fmt: skip
    nowhere = [r for r, one in every if one is None]
    return report(resolved, [o for _, o in every if o], [source_quality(HELD, AREAS)], nowhere)


def test_every_count() -> None:
    quality = made()
    (of_source,) = quality["sources"]
    assert of_source == {
        "source": "s2024", "rows": 8, "rejected": {"no name": 1}, "rejected_rows": [[8, "no name"]],
        "sites": 5, "merged": 1, "unmatched": 0, "without_phone": 1, "without_exact_point": 5,
        "invalid_phones": 1, "zip_not_in_state": 1, "far_from_zip": 1, "unknown_codes": {"NEW1": 2},
    }  # fmt: skip
    totals = quality["totals"]
    assert totals["Sites in the newest edition"] == 5
    assert totals["Sites in both directories"] == 1
    assert totals["Sites whose address is withheld"] == 1
    assert totals["Coordinates far from their ZIP, not used"] == 1
    assert quality["left_out"] == [["s2024", 7]]


def test_no_row_is_lost_in_silence() -> None:
    quality = made()
    (of_source,) = quality["sources"]
    told = sum(of_source["rejected"].values()) + len(quality["left_out"]) + of_source["merged"]
    assert of_source["sites"] + told == of_source["rows"]


def test_the_same_in_markdown_and_in_json() -> None:
    quality = made()
    assert json.loads(as_json(quality)) == json.loads(json.dumps(quality))
    words = as_markdown(quality)
    for _, title in SOURCE_COLUMNS:
        assert title in words
    for part in ("s2024, row 8: no name", "s2024, row 7", "NEW1, on 2 rows", "Points by method"):
        assert part in words
    rows = [line for line in words.splitlines() if line.startswith("| s2024")]
    assert rows[0].count("|") == len(SOURCE_COLUMNS) + 2


def test_a_number_on_many_unrelated_sites_is_a_call_centers_sign() -> None:
    resolved = resolve({"2024": [HELD]})
    (record, *_) = resolved.records.values()
    one = assemble(record, "2024", {"s2024": source()}, AddressBook.of([]), AREAS)
    assert one is not None
    many = [
        replace(one.site, name=f"House {i}", state=s) for i in range(4) for s in ("OH", "KY", "IN")
    ]
    assert list(call_center_numbers(many).values()) == [12]
    assert call_center_numbers([replace(s, state="OH") for s in many]) == {}
    assert call_center_numbers([replace(s, name="One chain") for s in many]) == {}


def test_every_point_put_aside_is_named_with_who_puts_it_where() -> None:
    small = Areas({"45402": replace(AREAS.by_zip["45402"], reach=6.0)}, {})
    listed = [("a", "12 main st", 39.40), ("b", "12 main st", 39.765), ("c", "9 elm st", 39.81),
              ("d", "9 elm st", 39.70)]  # fmt: skip
    points = [AddressPoint(name, 2021, "", street, "dayton", "OH", "45402", lat, -84.19)
              for name, street, lat in listed]  # fmt: skip
    held = SourceRows(source(), (row(1), row(2, name="Elm House", street="9 Elm Street",
                      phones=((PhoneKind.MAIN, "937-555-0102"),))))  # fmt: skip
    resolved = resolve({"2024": [held]})
    every = [assemble(r, "2024", {"s2024": source()}, AddressBook.of(points), small)
             for r in resolved.records.values()]  # fmt: skip
    quality = report(resolved, [o for o in every if o], [source_quality(held, small)], [])
    (far,) = quality["far_points"]
    assert (far["name"], far["source"], far["miles"]) == ("Harbor Recovery", "points-a", 25.2)
    (apart,) = quality["disagreements"]
    assert (apart["name"], apart["source"], apart["miles"]) == ("Elm House", "points-d", 7.6)
    assert quality["totals"]["Points of lists far from ZIP and town, not used"] == 1
    assert quality["totals"]["Addresses that lists put over 2 miles apart"] == 1
    words = as_markdown(quality)
    assert "12 Main Street, Dayton, OH 45402: points-a puts it 25.2 miles away" in words
    assert "points-d puts it 7.6 miles away (shown: lists disagree, nearest to the ZIP)" in words
