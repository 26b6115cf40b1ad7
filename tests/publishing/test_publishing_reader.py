"""A snapshot read back: whole or refused, with its counts, its claims and its areas."""

from __future__ import annotations

import json
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from running import PATIENCE
from waypost.directory.site import (
    Claim,
    FactSource,
    HistoryEntry,
    PhoneKind,
    Site,
    SitePhone,
    Source,
    Survey,
)
from waypost.publishing.build import put_in_place, write_snapshot
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import BadSnapshot, Current, Snapshot
from waypost.publishing.records import claim_from_row, claim_row, site_from_json, site_json
from waypost.values.geo import Point

DAY = date(2023, 12, 31)
SITE = Site(
    id="site_0001", name="Center", name2="", street="1 Main Street", street2="", city="Dayton",
    state="OH", zip="45402", county="Montgomery County", county_fips="39113",
    timezone="America/New_York", point=Point(39.75, -84.19), exact=True,
    phones=(SitePhone(PhoneKind.MAIN, "+19375550101", "(937) 555-0101"),), website="",
    codes=frozenset({"OIT", "SA"}), surveys=frozenset({Survey.SUBSTANCE_USE}),
    listed_since="2022", last_listed="2024", facts={"name": FactSource("s", DAY, "as published")},
)  # fmt: skip
SOURCE = Source(
    "s", "Title", "publisher", "2024", DAY, "terms", "file", "0" * 64, "https://a.example"
)


def made(number: int, **changes: object) -> Site:
    """A site of this number."""
    return replace(SITE, id=f"site_{number:04d}", name=f"Center {number}", **changes)  # type: ignore[arg-type]


def manifest(count: int) -> Manifest:
    """A manifest that counts so many sites."""
    return Manifest("", datetime(2026, 11, 24, tzinfo=UTC), "2024", (SOURCE,), {"current_sites": count},
                    {"level:iop": count}, {"OH": count}, {"totals": {"Sites": 1234}}, ({"edition": "2024"},))  # fmt: skip


def publish(folder: Path, sites: list[Site], claims: dict[str, list[Claim]] | None = None) -> Path:
    """A snapshot of these sites in a folder."""
    folder.mkdir(exist_ok=True)
    told = manifest(sum(s.current for s in sites))
    path, _ = write_snapshot(folder, sites, claims or {}, told)
    return put_in_place(path, folder)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.8, 0.95, 0.999])
def test_a_file_cut_off_anywhere_is_refused(tmp_path: Path, share: float) -> None:
    path = publish(tmp_path, [made(i) for i in range(200)])
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(BadSnapshot, match=r"waypost publish|not a Waypost snapshot"):
        Snapshot(path)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM array WHERE name IN (SELECT name FROM array LIMIT 1)",
        "UPDATE array SET data = x'00'",
        "UPDATE array SET dtype = 'nonsense'",
        "DELETE FROM manifest",
        "UPDATE manifest SET value = '[]'",
        "UPDATE manifest SET value = '{\"format\": 1}'",
        "UPDATE manifest SET value = 'no JSON'",
        "DROP TABLE array",
    ],
)
def test_a_file_with_a_part_missing_is_refused(tmp_path: Path, damage: str) -> None:
    path = publish(tmp_path, [made(i) for i in range(5)])
    with sqlite3.connect(path) as connection:
        connection.execute(damage)
    connection.close()
    with pytest.raises(BadSnapshot, match="waypost publish"):
        Snapshot(path)


def test_searches_go_on_while_snapshots_are_replaced(tmp_path: Path) -> None:
    publish(tmp_path, [made(i) for i in range(20)])
    current = Current(tmp_path / FILE_NAME)
    faults: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                snapshot = current.get()
                sites = snapshot.sites(range(snapshot.manifest.current_sites))
                assert len(sites) == snapshot.manifest.current_sites
                assert all(snapshot.row_of(site.id) is not None for site in sites)
        except BaseException as fault:
            faults.append(fault)

    readers = [threading.Thread(target=search) for _ in range(3)]
    for reader in readers:
        reader.start()
    for size in range(21, 41):
        publish(tmp_path, [made(i) for i in range(size)])
    stop.set()
    for reader in readers:
        reader.join(PATIENCE)
    assert not any(reader.is_alive() for reader in readers)
    assert faults == []
    assert current.get().manifest.current_sites == 40


def test_a_snapshot_that_is_taken_away_stays_in_use(tmp_path: Path) -> None:
    path = publish(tmp_path, [made(1)])
    current = Current(path)
    held = current.get()
    path.unlink()
    assert current.get() is held


def test_gone_sites_are_known_by_their_id_and_counted_nowhere(tmp_path: Path) -> None:
    gone = made(9, current=False, last_listed="2022")
    kentucky = made(
        3, state="KY", county_fips="21001", county="Adair County", codes=frozenset({"SA"})
    )
    snapshot = Snapshot(publish(tmp_path, [made(1), made(2), kentucky, gone]))
    assert snapshot.site("site_0009") == gone
    assert snapshot.current_ids() == ["site_0001", "site_0002", "site_0003"]
    by_state = {k: (a.sites, a.iops) for k, a in snapshot.counts_by_state().items()}
    assert by_state == {"OH": (2, 2), "KY": (1, 0)}
    assert {k: a.name for k, a in snapshot.counts_by_county("KY").items()} == {
        "21001": "Adair County"
    }
    assert snapshot.ids_in_county("39113") == ["site_0001", "site_0002"]
    assert snapshot.site("site_nothere") is None and snapshot.row_of("site_nothere") is None


def test_claims_come_back_as_they_were_the_chosen_first(tmp_path: Path) -> None:
    old = Claim("name", ["Old", ""], "a", date(2021, 12, 31), "as published")
    new = Claim(
        "name", ["New", ""], "b", DAY, "as published", chosen=True, reason="the newest source"
    )
    snapshot = Snapshot(publish(tmp_path, [made(1)], {"site_0001": [old, new]}))
    assert snapshot.claims("site_0001") == [new, old]
    assert snapshot.claims("site_0002") == []


def test_the_file_is_an_ordinary_database_that_anyone_can_open(tmp_path: Path) -> None:
    connection = sqlite3.connect(publish(tmp_path, [made(1)]))
    try:
        assert connection.execute("SELECT name, state, is_iop FROM site").fetchall() == [
            ("Center 1", "OH", 1)
        ]
        (record,) = connection.execute("SELECT record ->> 'zip' FROM site").fetchone()
        assert record == "45402"
        assert connection.execute("SELECT sha256 FROM source").fetchone() == ("0" * 64,)
    finally:
        connection.close()


def test_a_manifest_comes_back_as_it_was() -> None:
    told = manifest(3)
    assert Manifest.from_json(json.loads(json.dumps(told.to_json()))) == told
    assert told.source("s") == SOURCE and told.source("nobody") is None
    assert told.source("points-list") is None
    points = replace(told, sources=(replace(SOURCE, id="address-points"),))
    assert points.source("points-list") == points.sources[0]
    assert told.quality_rows() == [("Sites", "1,234")]


words = st.text(max_size=30)


@given(
    words, words, st.floats(-90, 90), st.floats(-180, 180), st.booleans(),
    st.frozensets(st.sampled_from(["OIT", "SA", "MD"])), st.frozensets(st.sampled_from(list(Survey))),
    st.lists(st.builds(HistoryEntry, words, words, words, words), max_size=3),
)  # fmt: skip
def test_a_site_comes_back_as_it_was(
    name: str, street: str, lat: float, lon: float, exact: bool, codes: frozenset[str],
    surveys: frozenset[Survey], history: list[HistoryEntry],
) -> None:  # fmt: skip
    site = replace(SITE, name=name, street=street, point=Point(lat, lon), exact=exact, codes=codes,
                   surveys=surveys, history=tuple(history))  # fmt: skip
    assert site_from_json(site_json(site)) == site
    assert site_json(site_from_json(site_json(site))) == site_json(site)


@given(words, st.one_of(words, st.lists(words, max_size=3), st.none()), st.booleans())
def test_a_claim_comes_back_as_it_was(field: str, value: object, chosen: bool) -> None:
    claim = Claim(field, value, "s", DAY, "as published", chosen, "why")
    assert claim_from_row(claim_row("site_0001", claim)[1:]) == claim
