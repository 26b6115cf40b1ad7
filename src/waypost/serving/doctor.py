"""Checks this installation and says how to fix it: `waypost doctor`, and the desk's health."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from waypost.publishing.reader import Snapshot

OLD_AFTER_YEARS = 2.0
LEAST_FREE = 500_000_000
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


class Finding(NamedTuple):
    """The result of one check: whether all is well, and what to do; advice alone is not a fault."""

    well: bool
    name: str
    words: str
    advice: bool = False


Take = Callable[[], "Snapshot"]
"""Gives the snapshot that the checks are about; raises `BadSnapshot` where there is none."""


def checks(take: Take | None = None, *, every_byte: bool = True) -> Iterator[Finding]:
    """Every check in turn; a failing one does not stop the others.

    ``take`` gives the snapshot of the request that asks; without it the current one is taken, once
    for all checks. Without ``every_byte``, files that are open already are not read again.
    """
    taken = cache(take or _current)
    snapshot = _snapshot if every_byte else _open_snapshot
    every: tuple[tuple[str, str, Callable[[], Finding]], ...] = (
        ("folder", "Set WAYPOST_DATA_DIR to a folder that can be written.", _folder),
        ("space", "Set WAYPOST_DATA_DIR to a folder that can be read.", _space),
        ("snapshot", "Run `waypost publish`.", partial(snapshot, taken)),
        ("plans", "Run `waypost coverage import`.", _plans),
        ("data age", "Run `waypost publish`.", partial(_age, taken)),
        ("database", "Check WAYPOST_DATABASE_URL and its permissions.", _database),
        ("clock", "Set the machine's clock.", partial(_clock, taken)),
    )
    for name, remedy, check in every:
        try:
            yield check()
        except Exception as error:
            words = str(error).strip().rstrip(".")
            yield Finding(False, name, words + "." if "waypost" in words else f"{words}. {remedy}")


def _current() -> Snapshot:
    from waypost.serving.process import current_snapshot

    return current_snapshot()


def _folder() -> Finding:
    folder: Path = settings.WAYPOST_DATA_DIR
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding(False, "folder", f"{folder} cannot be written; set WAYPOST_DATA_DIR.")
    return Finding(True, "folder", f"{folder} can be written")


def _space() -> Finding:
    free = shutil.disk_usage(settings.WAYPOST_DATA_DIR).free
    words = f"{free / 1e9:.1f} GB free"
    well = free >= LEAST_FREE
    return Finding(well, "space", words if well else f"{words}; a publish needs 0.5 GB.")


def _snapshot(take: Take) -> Finding:
    from waypost.files.keys import public_text
    from waypost.publishing.verify import check_file

    snapshot = take()
    manifest = snapshot.manifest
    faults = check_file(snapshot.path, manifest)
    if faults:
        return Finding(False, "snapshot", f"{' '.join(faults)} Run `waypost publish`.")
    signed = f"signed with {public_text(snapshot.signed_by)}" if snapshot.signed_by else "unsigned"
    return Finding(
        True,
        "snapshot",
        f"{manifest.current_sites:,} sites, built {manifest.built_at:%Y-%m-%d}; every byte as it "
        f"was published, {signed}",
    )


def _open_snapshot(take: Take) -> Finding:
    """The seal was read when it was opened."""
    manifest = take().manifest
    words = f"{manifest.current_sites:,} sites, built {manifest.built_at:%Y-%m-%d}"
    return Finding(True, "snapshot", words)


def _plans() -> Finding:
    from waypost.plans.store import FILE_NAME, PlanStore

    path = settings.WAYPOST_DATA_DIR / FILE_NAME
    if not path.exists():
        return Finding(True, "plans", "none are imported; the carried ones are used")
    return Finding(
        True, "plans", f"{len(PlanStore(path).read_names()):,} imported, every byte as it was"
    )


def _age(take: Take) -> Finding:
    manifest = take().manifest
    newest = max(s.as_of for s in manifest.sources if s.edition == manifest.edition)
    years = (timezone.now().date() - newest).days / 365.25
    words = f"facts of {newest:%Y}, {years:.1f} years old"
    if years > OLD_AFTER_YEARS:
        return Finding(
            False,
            "data age",
            f"{words}; `waypost sources fetch` or `waypost sources add FILE` brings newer ones.",
            advice=True,
        )
    return Finding(True, "data age", words)


def _database() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    vendor = connection.vendor
    if plan:
        return Finding(False, "database", f"{vendor} needs {len(plan)} migrations; `waypost serve` "
                       "runs them.")  # fmt: skip
    return Finding(True, "database", f"{vendor}, up to date")


def _clock(take: Take) -> Finding:
    now = timezone.now()
    built = _built_at(take)
    if now < EARLIEST or (built and now < built):
        return Finding(
            False, "clock", f"it says {now:%Y-%m-%d %H:%M} UTC, which is in the past; set it."
        )
    return Finding(True, "clock", f"{now:%Y-%m-%d %H:%M} UTC")


def _built_at(take: Take) -> datetime | None:
    from waypost.publishing.reader import BadSnapshot

    try:
        return take().manifest.built_at
    except BadSnapshot:
        return None
