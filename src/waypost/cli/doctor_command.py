"""`waypost doctor`: is this installation whole, and what to do if not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import typer
from django.conf import settings
from django.utils import timezone

from waypost.cli.exits import NOT_DONE

OLD_AFTER_YEARS = 2.0
LEAST_FREE = 500_000_000
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)


class Finding(NamedTuple):
    """One check: whether it is well, and what to do."""

    well: bool
    name: str
    words: str


def doctor() -> None:
    """Check the snapshot, the data's age, the database, the folders and the clock."""
    findings = list(checks())
    for finding in findings:
        mark = typer.style("ok  ", fg="green") if finding.well else typer.style("look", fg="red")
        typer.echo(f"{mark}  {finding.name}: {finding.words}")
    if not all(f.well for f in findings):
        raise typer.Exit(NOT_DONE)


def checks() -> Iterator[Finding]:
    """Every check in turn; none stops the others."""
    every: tuple[Callable[[], Finding], ...] = (_folder, _space, _snapshot, _age, _database, _clock)
    for check in every:
        try:
            yield check()
        except Exception as error:
            yield Finding(False, check.__name__.strip("_"), str(error))


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


def _snapshot() -> Finding:
    from waypost.design.published import current_snapshot

    manifest = current_snapshot().manifest
    words = f"{manifest.current_sites:,} sites, built {manifest.built_at:%Y-%m-%d}"
    return Finding(True, "snapshot", words)


def _age() -> Finding:
    from waypost.design.published import current_snapshot

    manifest = current_snapshot().manifest
    newest = max(s.as_of for s in manifest.sources if s.edition == manifest.edition)
    years = (timezone.now().date() - newest).days / 365.25
    words = f"facts of {newest:%Y}, {years:.1f} years old"
    if years > OLD_AFTER_YEARS:
        return Finding(
            False,
            "data age",
            f"{words}; `waypost sources fetch` or `waypost sources add FILE` brings newer ones.",
        )
    return Finding(True, "data age", words)


def _database() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    vendor = connection.vendor
    if plan:
        return Finding(False, "database", f"{vendor} lacks {len(plan)} changes; `waypost serve` "
                       "makes them.")  # fmt: skip
    return Finding(True, "database", f"{vendor}, at its newest shape")


def _clock() -> Finding:
    now = timezone.now()
    if now < EARLIEST:
        return Finding(False, "clock", f"it says {now:%Y-%m-%d}, which is past; set the clock.")
    return Finding(True, "clock", f"{now:%Y-%m-%d %H:%M} UTC")
