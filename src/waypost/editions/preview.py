"""What a publish of claims alone would change, and the way back to a kept snapshot."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from waypost.directory.brought import with_brought
from waypost.directory.program_word import CHANGES
from waypost.directory.site import Claim, Site
from waypost.directory.timetables import OPENINGS, SAID_FIELDS, TRACKS
from waypost.publishing.build import PublishError, only_one, put_in_place
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.kept import kept_snapshots, second_name
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import BadSnapshot, Snapshot
from waypost.publishing.rewrite import concerned

MOST_SITES = 500
"""So many listings are compared for a preview; a publish itself takes them all."""
SHOWN = ("name", "phones", "website", "address", "npi", "tax_id", *SAID_FIELDS)


@dataclass(frozen=True, slots=True)
class SaidSide:
    """What a program says of a field, now or then: its values, tracks or openings, and the day.

    ``site`` is the listing that says it, for whoever words it.
    """

    values: tuple[object, ...]
    as_of: date
    site: Site = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class WordChange:
    """One field of a listing that would change: what stands now, and what would."""

    site_id: str
    name: str
    field: str
    before: SaidSide | None
    after: SaidSide | None


def preview(
    snapshot: Snapshot, brought: Mapping[str, Sequence[Claim]]
) -> tuple[list[WordChange], int]:
    """The changes among the first `MOST_SITES` listings with a claim, and how many have one."""
    ids = concerned(snapshot, brought)
    changes = [change for site_id in ids[:MOST_SITES] for change in _of(snapshot, site_id, brought)]
    return changes, len(ids)


def _of(
    snapshot: Snapshot, site_id: str, brought: Mapping[str, Sequence[Claim]]
) -> list[WordChange]:
    site = snapshot.site(site_id)
    if site is None or not site.current:
        return []
    before = snapshot.claims(site_id, as_published=True)
    site_after, after = with_brought(site, before, brought.get(site_id, ()))
    pairs = (
        (name, _side(site, before, name), _side(site_after, after, name))
        for name in SHOWN
        if name != CHANGES
    )
    return [
        WordChange(site_id, site.name, name, was, now) for name, was, now in pairs if was != now
    ]


def _side(site: Site, claims: Sequence[Claim], name: str) -> SaidSide | None:
    """A field's values with their day: a word that was confirmed counts as a change."""
    fact = site.facts.get(name)
    if fact is None:
        return None
    return SaidSide(tuple(filter(None, _values(site, claims, name))), fact.as_of, site)


def _values(site: Site, claims: Sequence[Claim], name: str) -> Iterable[object]:
    values: dict[str, Iterable[object]] = {
        "name": (site.name, site.name2),
        "phones": [phone.written for phone in site.phones],
        "website": (site.website,),
        "address": (site.street, site.street2, site.city, site.state, site.zip),
        TRACKS: site.tracks,
        OPENINGS: site.openings,
    }
    numbers = [str(c.value) for c in claims if c.field == name and c.chosen]  # an NPI, a tax id
    return values.get(name, site.said.get(name, numbers))


class SnapshotGone(PublishError):
    """The snapshot is not kept any more: newer ones took its place."""


def step_back(data_dir: Path, number: int) -> Manifest:
    """Put a kept snapshot back in place; the one in use is kept in turn.

    Raises `PublishError` where there is none of this number, or it is not whole.
    """
    snapshot_kept = next((k for k in kept_snapshots(data_dir) if k.number == number), None)
    if snapshot_kept is None:
        raise SnapshotGone("This snapshot is not kept any more.")
    with only_one(data_dir):
        path = data_dir / f"{FILE_NAME}.{os.getpid()}.tmp"
        try:
            second_name(snapshot_kept.path, path)
            manifest = Snapshot(path).manifest
            put_in_place(path, data_dir)
        except (BadSnapshot, OSError) as error:
            raise PublishError(f"Nothing was changed: {error}") from error
        finally:
            path.unlink(missing_ok=True)
    return manifest
