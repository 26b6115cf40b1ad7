"""A snapshot is whole or not there: bad files are refused, and no fault harms the one in use."""

from __future__ import annotations

import resource
import signal
import sqlite3
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from running import started
from waypost.directory.site import FactSource, PhoneKind, Site, SitePhone, Survey
from waypost.publishing import verify
from waypost.publishing.build import PublishError, only_one, put_in_place, write_snapshot
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import BadSnapshot, Current, NoSnapshot, Snapshot
from waypost.values.geo import Point

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def site(number: int, **changes: object) -> Site:
    """A made-up site."""
    made = Site(
        id=f"site_{number:04d}", name=f"Center {number}", name2="", street=f"{number} Main Street",
        street2="", city="Dayton", state="OH", zip="45402", county="Montgomery County",
        county_fips="39113", timezone="America/New_York", point=Point(39.75 + number / 1000, -84.19),
        exact=True, phones=(SitePhone(PhoneKind.MAIN, "+19375550101", "(937) 555-0101"),), website="",
        codes=frozenset({"OIT", "SA"}), surveys=frozenset({Survey.SUBSTANCE_USE}),
        listed_since="2022", last_listed="2024",
        facts={"name": FactSource("s", date(2023, 12, 31), "as published")},
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def manifest(sites: list[Site]) -> Manifest:
    """The manifest of made-up sites."""
    return Manifest("", NOW, "2024", (), {"current_sites": len(sites)}, {"level:iop": len(sites)},
                    {"OH": len(sites)})  # fmt: skip


def publish(folder: Path, sites: list[Site]) -> Path:
    """Write and put in place."""
    path, _ = write_snapshot(folder, sites, {}, manifest(sites))
    return put_in_place(path, folder)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    sites = [site(i) for i in range(30)]
    snapshot = Snapshot(publish(tmp_path, sites))
    assert snapshot.manifest.current_sites == 30
    assert {s.id: s for s in snapshot.sites(range(30))} == {s.id: s for s in sites}
    assert verify.check_file(snapshot.path, snapshot.manifest) == []


def test_the_version_is_the_digest_of_the_records(tmp_path: Path) -> None:
    first = Snapshot(publish(tmp_path, [site(1), site(2)])).version
    assert Snapshot(publish(tmp_path, [site(2), site(1)])).version == first
    assert Snapshot(publish(tmp_path, [site(1), site(3)])).version != first


def test_readers_pick_up_a_new_snapshot_and_finish_with_the_old(tmp_path: Path) -> None:
    publish(tmp_path, [site(1)])
    current = Current(tmp_path / FILE_NAME)
    old = current.get()
    publish(tmp_path, [site(2), site(3)])
    assert old.site("site_0001") is not None  # a search that began before the change
    new = current.get()
    assert new.site("site_0003") is not None
    assert new.version != old.version


@pytest.mark.parametrize("damage", ["cut", "empty", "foreign", "text", "format"])
def test_a_damaged_file_is_refused_and_the_old_one_stays(tmp_path: Path, damage: str) -> None:
    path = publish(tmp_path, [site(i) for i in range(50)])
    current = Current(path)
    good = current.get()
    beside = tmp_path / "bad"
    data = path.read_bytes()
    if damage == "cut":
        beside.write_bytes(data[: len(data) // 3])
    elif damage == "empty":
        beside.write_bytes(b"")
    elif damage == "text":
        beside.write_text("no database")
    elif damage == "foreign":
        sqlite3.connect(beside).execute("CREATE TABLE other (x)").connection.close()
    else:
        beside.write_bytes(data)
        with sqlite3.connect(beside) as connection:
            connection.execute(
                "UPDATE manifest SET value = replace(value, '\"format\": 2', '\"format\": 99')"
            )
        connection.close()
    with pytest.raises(BadSnapshot, match=r"waypost publish|not a Waypost snapshot"):
        Snapshot(beside)
    beside.replace(path)
    assert current.get() is good


@pytest.mark.parametrize("instead", ["mode", "folder", "not a database"])
def test_a_new_snapshot_that_cannot_be_opened_leaves_the_old_one_in_use(
    tmp_path: Path, instead: str, caplog: pytest.LogCaptureFixture
) -> None:
    path = publish(tmp_path, [site(i) for i in range(50)])
    current = Current(path)
    good = current.get()
    path.rename(tmp_path / "before")
    if instead == "folder":
        path.mkdir()
    else:
        path.write_bytes(b"no database" * 1000)
    if instead == "mode":
        path.chmod(0)
    assert current.get() is good and current.get() is good
    assert good.site("site_0003") is not None  # it still answers
    assert caplog.text.count("The old snapshot stays in use.") == 1


def test_no_snapshot_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot, match="waypost publish"):
        Current(tmp_path / FILE_NAME).get()


def test_two_publishes_at_once_are_told_apart(tmp_path: Path) -> None:
    with (
        only_one(tmp_path),
        pytest.raises(PublishError, match="Another publish"),
        only_one(tmp_path),
    ):
        raise AssertionError("the lock let two in")
    with only_one(tmp_path):
        pass


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    path = publish(tmp_path, [site(1)])
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (60_000, limits[1]))
    try:
        with pytest.raises(PublishError, match="free space"):
            write_snapshot(tmp_path, [site(i) for i in range(3000)], {}, manifest([]))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == before
    assert not list(tmp_path.glob("*.tmp"))


WRITES_HALF = """
import sys, time
from pathlib import Path

sys.path.insert(0, sys.argv[2])
from publishing.test_publishing_faults import manifest, only_one, site, write_snapshot

class Claims(dict):
    def __getitem__(self, site_id):
        if site_id > "site_3000":
            print("half of it is written", flush=True)
            time.sleep(600)
        return ()

sites = [site(number) for number in range(6000)]
with only_one(Path(sys.argv[1])):
    write_snapshot(Path(sys.argv[1]), sites, Claims.fromkeys(s.id for s in sites), manifest(sites))
"""


def test_a_killed_publish_leaves_the_old_snapshot_and_its_litter_is_swept(tmp_path: Path) -> None:
    path = publish(tmp_path, [site(1)])
    tests = str(Path(__file__).resolve().parents[1])
    with started([sys.executable, "-c", WRITES_HALF, str(tmp_path), tests]) as child:
        child.line_with("half of it is written")
        child.process.kill()
    assert Snapshot(path).site("site_0001") is not None
    assert list(tmp_path.glob("*.tmp"))
    with only_one(tmp_path):
        assert not list(tmp_path.glob("*.tmp"))


def test_losses_are_named_before_they_are_published() -> None:
    old = replace(manifest([]), counts={"current_sites": 200}, state_counts={"OH": 100, "KY": 100},
                  level_counts={"level:iop": 100})  # fmt: skip
    new = replace(old, state_counts={"OH": 200}, level_counts={"level:iop": 94})
    words = " ".join(verify.problems(new, old))
    assert "KY had 100" in words and "level:iop would fall from 100 to 94" in words
    assert verify.problems(replace(old, level_counts={"level:iop": 95}), old) == []
    assert verify.problems(new, None) == []
    assert verify.problems(replace(old, counts={"current_sites": 0}), old)


def test_what_changed_is_counted(tmp_path: Path) -> None:
    old = publish(
        tmp_path / "a" if (tmp_path / "a").mkdir() is None else tmp_path,
        [site(i) for i in range(5)],
    )
    changed = [
        site(1, name="New name"),
        site(2, street="9 Elm Street"),
        site(3, codes=frozenset({"SA"})),
        site(4),
        site(9),
    ]
    (tmp_path / "b").mkdir()
    new = publish(tmp_path / "b", changed)
    assert verify.compare(new, old) == verify.Comparison(
        added=1, gone=1, moved=1, renamed=1, services=1
    )
