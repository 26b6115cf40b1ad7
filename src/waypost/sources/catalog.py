"""Which files are in use: those Waypost carries and those an operator added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from waypost.directory.rows import AddressPoint, SourceRows
from waypost.directory.site import Source, Survey
from waypost.files.digests import sha256_of
from waypost.sources.directory_rows import read_directory
from waypost.sources.lists import list_rows, read_json_file
from waypost.sources.locator_rows import read_export, read_json
from waypost.sources.mapped_rows import read_mapped
from waypost.sources.plan_net_files import read_resources
from waypost.sources.reading import BadSource, csv_rows, read_text, workbook_sheets
from waypost.values.content import read_yaml

TERMS = "public domain (citation asked)"
SURVEY_NAMES = {Survey.SUBSTANCE_USE: "substance use", Survey.MENTAL_HEALTH: "mental health"}

DIRECTORY_KINDS = frozenset({"workbook", "csv"})
MAPPED = "list"
"""A list with its publisher's own columns, which its entry names."""

RESOURCES = "plan-net"
"""An operator's own Plan-Net resources, one a line."""

LISTING_KINDS = DIRECTORY_KINDS | {"locator", "locator-workbook", "json", MAPPED}
"""Kinds of files that hold listings; "points", "table" and "plan-net" do not."""


@dataclass(frozen=True, slots=True)
class CatalogEntry:
    """A file in use: what it is, where it is, how it is read.

    ``given`` is the name under which an operator added it; ``columns`` say which of its columns is
    what, where they are not SAMHSA's.
    """

    source: Source
    kind: str
    survey: Survey | None
    path: Path
    whole: bool = False
    given: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What to call the file: what the operator called it, with its name here."""
        file_name = self.path.name
        return (
            f"{self.given} (kept as {file_name})"
            if self.given not in ("", file_name)
            else file_name
        )

    @property
    def is_edition(self) -> bool:
        """Whether it lists the whole country, so that anything not in it is gone."""
        return self.whole or self.kind in DIRECTORY_KINDS


def carried() -> list[CatalogEntry]:
    """The files that come with Waypost."""
    folder = Path(str(files("waypost.sources") / "data"))
    return list(_entries(folder))


def added(data_dir: Path) -> list[CatalogEntry]:
    """The files an operator added on this machine."""
    folder = data_dir / "sources"
    return list(_entries(folder)) if (folder / "sources.yaml").exists() else []


def in_use(data_dir: Path) -> list[CatalogEntry]:
    """All files in use, the carried ones first."""
    return carried() + added(data_dir)


def _entries(folder: Path) -> Iterator[CatalogEntry]:
    listed: list[dict[str, Any]] = read_yaml((folder / "sources.yaml").read_text("utf-8"))
    for item in listed or []:
        source = Source(
            id=item["id"],
            title=item["title"],
            publisher=item["publisher"],
            edition=str(item["edition"]),
            as_of=item["as_of"],
            license=item.get("license", TERMS),
            file=item["file"],
            sha256=item["sha256"],
            url=item.get("url", ""),
        )
        survey = Survey(item["survey"]) if item["survey"] else None
        room = Path(str(files(f"waypost.{item['room']}") / "data")) if "room" in item else folder
        path = room / item["file"]
        columns = item.get("columns") or {}
        whole, given = item.get("whole", False), item.get("given", "")
        yield CatalogEntry(source, item["kind"], survey, path, whole, given, columns)


def read(entry: CatalogEntry) -> SourceRows:
    """Read a file after checking that it is the very file it is said to be."""
    _check(entry)
    return read_unchecked(entry)


def resources(entries: Iterable[CatalogEntry]) -> list[dict[str, Any]]:
    """An operator's own resources; of two with one type and id that of the later file."""
    newest: dict[tuple[str, str], dict[str, Any]] = {}
    for entry in entries:
        if entry.kind == RESOURCES:
            _check(entry)
            for body in read_resources(entry.path):
                newest[body["resourceType"], body["id"]] = body
    return [newest[key] for key in sorted(newest)]


def _check(entry: CatalogEntry) -> None:
    """Refuse a file that is not there, or not the one that was added."""
    if not entry.path.exists():
        raise BadSource(f"{entry.name} is listed as a source but is not there.")
    if sha256_of(entry.path) != entry.source.sha256:
        raise BadSource(f"{entry.name} has changed since it was added (its SHA-256 differs).")


def read_unchecked(entry: CatalogEntry) -> SourceRows:
    """Read a file by its kind."""
    if entry.kind == "workbook":
        return read_directory(entry.source, entry.survey, sheet_rows(entry.path))
    if entry.kind == "json":
        return read_json(entry.source, read_json_file(entry.path))
    if entry.kind == MAPPED:
        return read_mapped(entry.source, entry.columns, list_rows(entry.path))
    if entry.kind == "locator-workbook":
        return read_export(entry.source, sheet_rows(entry.path))
    rows = csv_rows(read_text(entry.path), entry.path.name)
    if entry.kind == "csv":
        return read_directory(entry.source, entry.survey, rows)
    if entry.kind == "locator":
        return read_export(entry.source, rows)
    raise BadSource(f"{entry.path.name}: a source of kind {entry.kind!r} holds no listings.")


def sheet_rows(path: Path) -> Iterator[dict[str, str]]:
    """Rows of the first sheet that has a column ``name1``, by lower-case column name."""
    for rows in workbook_sheets(path).values():
        header = [h.strip().casefold() for h in rows[0]] if rows else []
        if "name1" in header:
            return (dict(zip(header, row, strict=False)) for row in rows[1:])
    raise BadSource(f"{path.name} has no sheet with a column “name1”.")


def address_points(entry: CatalogEntry) -> Iterator[AddressPoint]:
    """The points of a list of addresses."""
    for row in csv_rows(read_text(entry.path), entry.path.name):
        yield AddressPoint(
            row["source"],
            int(row["year"]),
            row["name_normalized"],
            row["street_normalized"],
            row["city_normalized"],
            row["state"],
            row["zip"],
            float(row["lat"]),
            float(row["lon"]),
        )


def entry_fields(entry: CatalogEntry) -> Mapping[str, object]:
    """An entry as ``sources.yaml`` holds it."""
    s = entry.source
    return {
        "id": s.id,
        "kind": entry.kind,
        "whole": entry.whole,
        "survey": entry.survey.value if entry.survey else "",
        "edition": s.edition,
        "as_of": s.as_of,
        "file": s.file,
        "given": entry.given,
        "columns": dict(entry.columns),
        "sha256": s.sha256,
        "title": s.title,
        "publisher": s.publisher,
        "license": s.license,
        "url": s.url,
    }


def year_end(edition: str) -> date:
    """The last day of the year whose facts an edition states: the survey of the year before."""
    return date(int(edition) - 1, 12, 31)


def missing_halves(entries: Iterable[CatalogEntry]) -> list[str]:
    """A sentence for each edition of which only one of the two directories is in use.

    Anything that the other one listed in an earlier edition would be shown as gone.
    """
    editions: dict[str, set[Survey]] = {}
    for entry in entries:
        if entry.is_edition:
            surveys = set(Survey) if entry.survey is None else {entry.survey}
            editions.setdefault(entry.source.edition, set()).update(surveys)
    sentences: list[str] = []
    before: set[Survey] = set()
    for edition, surveys in sorted(editions.items()):
        sentences += (
            f"Of the edition {edition} the {SURVEY_NAMES[missing]} directory is missing: every "
            "program that only it lists would be shown as gone. Add it too."
            for missing in sorted(before - surveys)
        )
        before |= surveys
    return sentences
