"""The whole way from sources to snapshot: read, resolve, choose, check, put in place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from waypost.directory.address_book import AddressBook
from waypost.directory.assemble import Assembled, assemble
from waypost.directory.facets import levels_for
from waypost.directory.quality import SourceQuality, report, source_quality
from waypost.directory.resolve import EditionChanges, Record, Resolved, resolve
from waypost.directory.rows import SourceRows
from waypost.directory.site import Claim, Site
from waypost.editions.cost import without_collecting
from waypost.editions.downloads.files import write_downloads
from waypost.editions.known_areas import known_areas
from waypost.publishing import verify
from waypost.publishing.build import PublishError, only_one, put_in_place, write_snapshot
from waypost.publishing.file_name import FILE_NAME
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import BadSnapshot, Snapshot
from waypost.sources import catalog

Progress = Callable[[str], None]
Reports = Mapping[str, Sequence[Claim]]


@dataclass(frozen=True, slots=True)
class Published:
    """What a publish did: the new manifest and how it differs from the previous snapshot."""

    manifest: Manifest
    against_before: verify.Comparison
    editions: tuple[EditionChanges, ...]
    accepted: tuple[str, ...]


def build(
    data_dir: Path,
    now: datetime,
    progress: Progress = lambda words: None,
    *,
    accept: bool = False,
    reports: Reports | None = None,
    key: Ed25519PrivateKey | None = None,
) -> Published:
    """Build and publish a snapshot from all sources in use.

    Raises `PublishError`, with every reason, where the new snapshot lost what it should not have
    and ``accept`` is not given; the old one then stays in place. ``key`` signs the new one.
    """
    with only_one(data_dir), without_collecting():
        entries = catalog.in_use(data_dir)
        quality: list[SourceQuality] = []
        resolved = _resolve(entries, quality, progress)
        progress("choosing each fact from its claims")
        assembled, nowhere = _assemble(resolved, entries, reports or {})
        manifest = _manifest(entries, resolved, assembled, quality, nowhere, now)
        progress("writing the snapshot")
        sites = [a.site for a in assembled]
        claims = {a.site.id: a.claims for a in assembled if a.claims}
        changes = resolved.changes
        del resolved, assembled, nowhere  # what is written stands in `sites` and `claims`
        path, manifest = write_snapshot(
            data_dir, sites, claims, manifest, key, catalog.resources(entries)
        )
        del sites, claims
        try:
            halves = catalog.missing_halves(entries)
            return _publish(path, data_dir, manifest, changes, halves, progress, accept=accept)
        finally:
            path.unlink(missing_ok=True)


def steps(data_dir: Path) -> int:
    """How many steps a build reports: one for each file and edition, and three more at the end."""
    entries = [e for e in catalog.in_use(data_dir) if e.kind in catalog.LISTING_KINDS]
    return len(entries) + len({e.source.edition for e in entries if e.is_edition}) + 3


def _resolve(
    entries: Sequence[catalog.CatalogEntry], quality: list[SourceQuality], progress: Progress
) -> Resolved:
    areas = known_areas()
    editions: dict[str, list[SourceRows]] = {}
    extras = []
    for entry in entries:
        if entry.kind not in catalog.LISTING_KINDS:
            continue
        progress(f"reading {entry.source.title}")
        source_rows = catalog.read(entry)
        quality.append(source_quality(source_rows, areas))
        if entry.is_edition:
            editions.setdefault(entry.source.edition, []).append(source_rows)
        else:
            extras.append(source_rows)
    return resolve(editions, extras, progress)


def _assemble(
    resolved: Resolved, entries: Sequence[catalog.CatalogEntry], reports: Reports
) -> tuple[list[Assembled], list[Record]]:
    """The sites, and the records that cannot be placed anywhere."""
    points = (p for e in entries if e.kind == "points" for p in catalog.address_points(e))
    book = AddressBook.of(points)
    areas = known_areas()
    sources = {e.source.id: e.source for e in entries}
    placed = []
    nowhere = []
    for record in sorted(resolved.records.values(), key=lambda r: r.id):
        claims = reports.get(record.id, ())
        assembled = assemble(record, resolved.newest, sources, book, areas, claims)
        if assembled is None:
            nowhere.append(record)
        else:  # a site that is gone keeps its last facts, without the claims
            placed.append(assembled if assembled.site.current else replace(assembled, claims=()))
    return placed, nowhere


def _manifest(
    entries: Sequence[catalog.CatalogEntry],
    resolved: Resolved,
    assembled: Sequence[Assembled],
    quality: Sequence[SourceQuality],
    nowhere: Sequence[Record],
    now: datetime,
) -> Manifest:
    current = [a.site for a in assembled if a.site.current]
    counts = {
        "current_sites": len(current),
        "all_sites": len(assembled),
        "iops": sum("OIT" in s.codes for s in current),
        "claims": sum(len(a.claims) for a in assembled if a.site.current),
    }
    return Manifest(
        version="",
        built_at=now,
        edition=resolved.newest,
        sources=tuple(e.source for e in entries),
        counts=counts,
        level_counts=dict(sorted(_levels(current).items())),
        state_counts=dict(sorted(Counter(s.state for s in current).items())),
        quality=report(
            resolved, assembled, quality, [r for r in nowhere if _is_current(r, resolved)]
        ),
        changes=tuple(asdict(c) for c in resolved.changes),
    )


def _is_current(record: Record, resolved: Resolved) -> bool:
    return record.editions[-1] == resolved.newest


def _levels(sites: Sequence[Site]) -> Counter[str]:
    return Counter(level for s in sites for level in levels_for(s.codes))


def _publish(
    path: Path,
    data_dir: Path,
    manifest: Manifest,
    changes: tuple[EditionChanges, ...],
    halves: Sequence[str],
    progress: Progress,
    *,
    accept: bool,
) -> Published:
    old_path = data_dir / FILE_NAME
    broken = verify.check_file(path, manifest)
    lost = [*halves, *verify.problems(manifest, _old_manifest(old_path))]
    if broken or (lost and not accept):
        raise PublishError(
            "Nothing was published. " + " ".join(broken + lost)
            + ("" if broken else " If this is right, publish again with --accept.")
        )  # fmt: skip
    comparison = verify.compare(path, old_path)
    progress("writing the files for download")
    _write_downloads(path, data_dir)
    put_in_place(path, data_dir)
    return Published(manifest, comparison, changes, tuple(lost))


def _write_downloads(path: Path, data_dir: Path) -> None:
    try:
        write_downloads(data_dir, Snapshot(path))
    except OSError as error:
        raise PublishError(
            f"Nothing was published: the files for download could not be written to {data_dir} "
            f"({error.strerror}). Check the free space and the folder's permissions."
        ) from error


def _old_manifest(path: Path) -> Manifest | None:
    with suppress(BadSnapshot, OSError):
        if path.exists():
            return Snapshot(path).manifest
    return None


def words_of(published: Published) -> Iterator[str]:
    """What a publish did, one line at a time."""
    for change in published.editions:
        changes = ", ".join(f"{n:,} {what}" for what, n in sorted(change.changed.items()))
        yield f"edition {change.edition}: {change.rows:,} rows, {change.sites:,} sites; {changes}"
    c = published.against_before
    yield (
        f"against the snapshot before: {c.added:,} added, {c.gone:,} gone, {c.moved:,} moved, "
        f"{c.renamed:,} renamed, {c.services:,} with other services"
    )
    yield from (f"accepted: {reason}" for reason in published.accepted)
