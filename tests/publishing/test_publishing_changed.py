"""A date of change moves when a fact changed, and not when the same data is published again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from waypost.directory.site import Site, Survey
from waypost.files.seal import write_seal
from waypost.files.store import unsealed_copy
from waypost.publishing.build import put_in_place, write_snapshot
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import Snapshot
from waypost.values.geo import Point

FIRST = datetime(2026, 11, 24, 8, tzinfo=UTC)
LATER = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


SITE = Site(
    id="", name="Center", name2="", street="1 Main Street", street2="", city="Dayton", state="OH",
    zip="45402", county="", county_fips="", timezone="", point=Point(39.75, -84.19), exact=True,
    phones=(), website="", codes=frozenset({"OIT"}), surveys=frozenset({Survey.SUBSTANCE_USE}),
    listed_since="2022", last_listed="2024",
)  # fmt: skip


def made(number: int, **changes: object) -> Site:
    return replace(SITE, id=f"site_{number:04d}", **changes)  # type: ignore[arg-type]


def publish(folder: Path, sites: list[Site], at: datetime) -> Snapshot:
    said = Manifest("", at, "2024", (), {"current_sites": sum(s.current for s in sites)}, {}, {})
    return Snapshot(put_in_place(write_snapshot(folder, sites, {}, said)[0], folder))


def dates(snapshot: Snapshot) -> dict[str, datetime]:
    rows = snapshot._rows("SELECT row, id FROM site")
    return {i: datetime.fromtimestamp(int(snapshot.changed_at[row]), UTC) for row, i in rows}


def test_the_same_data_published_again_has_the_same_dates(tmp_path: Path) -> None:
    sites = [made(1), made(2), made(3, current=False)]
    first = publish(tmp_path, sites, FIRST)
    again = publish(tmp_path, sites, LATER)
    assert (
        dates(again)
        == dates(first)
        == dict.fromkeys(["site_0001", "site_0002", "site_0003"], FIRST)
    )
    assert again.version == first.version


def test_only_the_site_whose_fact_changed_has_a_new_date(tmp_path: Path) -> None:
    publish(tmp_path, [made(1), made(2)], FIRST)
    again = publish(tmp_path, [made(1), made(2, city="Troy"), made(3)], LATER)
    assert dates(again) == {"site_0001": FIRST, "site_0002": LATER, "site_0003": LATER}


def test_a_snapshot_of_before_the_dates_was_all_new_when_it_was_built(tmp_path: Path) -> None:
    old = publish(tmp_path, [made(1)], FIRST)
    older = tmp_path / "older.sqlite3"
    unsealed_copy(old.path, older)
    with sqlite3.connect(older) as connection:
        connection.execute("ALTER TABLE site DROP COLUMN changed_at")
    connection.close()
    write_seal(older)
    older.replace(old.path)
    assert dates(Snapshot(old.path)) == {"site_0001": FIRST}
    assert dates(publish(tmp_path, [made(1)], LATER)) == {"site_0001": FIRST}


def test_what_is_no_snapshot_leaves_everything_new(tmp_path: Path) -> None:
    (tmp_path / "snapshot.sqlite3").write_bytes(b"no database" * 100)
    assert dates(publish(tmp_path, [made(1)], LATER)) == {"site_0001": LATER}
