"""What a publish of programs' words would change, and the way back to a kept snapshot."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from waypost.directory.program_word import CHANGES
from waypost.directory.site import Claim, Site
from waypost.directory.timetables import OPENINGS, SAID_FIELDS, TRACKS, with_claims
from waypost.publishing.build import FILE_NAME, PublishError, only_one, put_in_place
from waypost.publishing.kept import kept_snapshots, second_name
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import BadSnapshot, Snapshot

MOST_SITES = 500
"""So many listings are compared for a preview; a publish itself takes them all."""


@dataclass(frozen=True, slots=True)
class WordChange:
    """One field of a listing that would change: what stands now, and what would."""

    site_id: str
    name: str
    field: str
    before: str
    after: str


def preview(
    snapshot: Snapshot, said: Mapping[str, Sequence[Claim]]
) -> tuple[list[WordChange], int]:
    """The changes among the first `MOST_SITES` listings with a word, and how many have one."""
    ids = sorted({*said, *snapshot.ids_with_claims(SAID_FIELDS)})
    changes = [change for site_id in ids[:MOST_SITES] for change in _of(snapshot, site_id, said)]
    return changes, len(ids)


def _of(snapshot: Snapshot, site_id: str, said: Mapping[str, Sequence[Claim]]) -> list[WordChange]:
    site = snapshot.site(site_id)
    if site is None or not site.current:
        return []
    made, _claims = with_claims(site, snapshot.claims(site_id), said.get(site_id, ()))
    pairs = ((f, _words(site, f), _words(made, f)) for f in SAID_FIELDS if f != CHANGES)
    return [WordChange(site_id, site.name, f, old, new) for f, old, new in pairs if old != new]


def _words(site: Site, field: str) -> str:
    """A field's value on one line, with its day: a word that was confirmed counts as a change."""
    fact = site.facts.get(field)
    if fact is None:
        return ""
    count = {TRACKS: len(site.tracks), OPENINGS: len(site.openings)}.get(field)
    value = str(count) if count is not None else "; ".join(site.said.get(field, ()))
    return f"{value} ({fact.as_of.isoformat()})"


def step_back(data_dir: Path, number: int) -> Manifest:
    """Put a kept snapshot back in place; the one in use is kept in turn.

    Raises `PublishError` where there is none of this number, or it is not whole.
    """
    found = next((k for k in kept_snapshots(data_dir) if k.number == number), None)
    if found is None:
        raise PublishError("This snapshot is not kept any more.")
    with only_one(data_dir):
        path = data_dir / f"{FILE_NAME}.{os.getpid()}.tmp"
        try:
            second_name(found.path, path)
            manifest = Snapshot(path).manifest
            put_in_place(path, data_dir)
        except (BadSnapshot, OSError) as error:
            raise PublishError(f"Nothing was changed: {error}") from error
        finally:
            path.unlink(missing_ok=True)
    return manifest
