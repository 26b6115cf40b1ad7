"""Checks that a new snapshot has not lost too much, and compares it with the old one."""

from __future__ import annotations

import sqlite3
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from waypost.files.seal import BrokenSeal, read_seal
from waypost.files.store import open_immutable
from waypost.publishing.manifest import Manifest
from waypost.publishing.version import version_of

MOST_FALL = 0.05
"""The share of sites that a level of care may lose at once; more needs a person's approval."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How the current sites differ between two snapshots."""

    added: int
    gone: int
    moved: int
    renamed: int
    services: int


def problems(new: Manifest, old: Manifest | None) -> list[str]:
    """Why a new snapshot needs a person's approval before it is published; [] if it does not."""
    if new.current_sites == 0:
        return ["The new snapshot holds no site at all."]
    if old is None:
        return []
    problems_found = [
        f"{state} had {count} sites and would have none."
        for state, count in sorted(old.state_counts.items())
        if count and not new.state_counts.get(state)
    ]
    for level, count in sorted(old.level_counts.items()):
        now = new.level_counts.get(level, 0)
        if count and now < count * (1 - MOST_FALL):
            problems_found.append(
                f"{level} would fall from {count:,} to {now:,}, by more than 5 %."
            )
    return problems_found


def check_file(path: Path, manifest: Manifest) -> list[str]:
    """Whether a written file is whole: its seal, SQLite's own check, as many sites as it says, and
    records that give its version."""
    try:
        with path.open("rb") as file:
            read_seal(file)
    except BrokenSeal as error:
        return [f"The written file is damaged: {error}."]
    connection = open_immutable(path)
    try:
        word = connection.execute("PRAGMA quick_check").fetchone()[0]
        count = connection.execute("SELECT count(*) FROM site WHERE current").fetchone()[0]
        version = version_of(connection)
    finally:
        connection.close()
    if word != "ok":
        return [f"The written file is damaged: {word}."]
    if count != manifest.current_sites:
        return [f"The written file holds {count:,} sites, not {manifest.current_sites:,}."]
    if version != manifest.version:
        return ["The written file's records are not those of its version."]
    return []


def compare(new: Path, old: Path | None) -> Comparison:
    """Added, gone, moved, renamed and changed sites between two snapshot files."""
    after, before = _current(new), _current(old) if old and old.exists() else {}
    tally: Counter[str] = Counter()
    for site_id in after.keys() & before.keys():
        was, now = before[site_id], after[site_id]
        tally["moved"] += was.address != now.address
        tally["renamed"] += was.names != now.names
        tally["services"] += was.codes != now.codes
    return Comparison(
        len(after.keys() - before.keys()),
        len(before.keys() - after.keys()),
        tally["moved"],
        tally["renamed"],
        tally["services"],
    )


class _Shown(NamedTuple):
    """What is compared of a site, as hashes, since two whole directories are in memory at once."""

    address: int
    names: int
    codes: int


def _current(path: Path) -> dict[str, _Shown]:
    connection = open_immutable(path)
    try:
        rows = connection.execute("SELECT id, record FROM site WHERE current")
        return {site_id: _shown(orjson.loads(record)) for site_id, record in rows}
    except (sqlite3.Error, orjson.JSONDecodeError):
        return {}
    finally:
        connection.close()


def _shown(site: dict[str, Any]) -> _Shown:
    return _Shown(
        hash((site["street"], site["zip"])),
        hash((site["name"], site["name2"])),
        hash(tuple(site["codes"])),
    )
