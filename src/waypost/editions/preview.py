"""What a publish of claims alone would change, and the way back to a kept snapshot."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from waypost.directory.brought import with_brought
from waypost.directory.program_word import CHANGES
from waypost.directory.site import Claim, Site
from waypost.directory.timetables import OPENINGS, SAID_FIELDS, TRACKS
from waypost.publishing.build import FILE_NAME, PublishError, only_one, put_in_place
from waypost.publishing.kept import kept_snapshots, second_name
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import BadSnapshot, Snapshot
from waypost.publishing.rewrite import concerned

MOST_SITES = 500
"""So many listings are compared for a preview; a publish itself takes them all."""
SHOWN = ("name", "phones", "website", "address", "npi", "tax_id", *SAID_FIELDS)


@dataclass(frozen=True, slots=True)
class WordChange:
    """One field of a listing that would change: what stands now, and what would."""

    site_id: str
    name: str
    field: str
    before: str
    after: str


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
    made, after = with_brought(site, before, brought.get(site_id, ()))
    pairs = ((f, _words(site, before, f), _words(made, after, f)) for f in SHOWN if f != CHANGES)
    return [WordChange(site_id, site.name, f, old, new) for f, old, new in pairs if old != new]


def _words(site: Site, claims: Sequence[Claim], field: str) -> str:
    """A field's value on one line, with its day: a word that was confirmed counts as a change."""
    fact = site.facts.get(field)
    if fact is None:
        return ""
    return f"{_value(site, claims, field)} ({fact.as_of.isoformat()})"


def _value(site: Site, claims: Sequence[Claim], field: str) -> str:
    values: dict[str, Iterable[str]] = {
        "name": (site.name, site.name2),
        "phones": [phone.written for phone in site.phones],
        "website": (site.website,),
        "address": (site.street, site.street2, site.city, site.state, site.zip),
        TRACKS: (str(len(site.tracks)),),
        OPENINGS: (str(len(site.openings)),),
    }
    numbers = [str(c.value) for c in claims if c.field == field and c.chosen]  # an NPI, a tax id
    return "; ".join(filter(None, values.get(field, site.said.get(field, numbers))))


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
