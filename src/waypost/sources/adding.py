"""Adds a newer file: recognizes it, reads all of it, and keeps a copy with its digest."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import yaml

from waypost.directory.rows import SourceRows
from waypost.directory.site import Source
from waypost.files.apart import TooMuch, work_apart
from waypost.files.digests import sha256_of
from waypost.files.writing import forget_partials, replacing
from waypost.sources.catalog import (
    DIRECTORY_KINDS,
    MAPPED,
    RESOURCES,
    SURVEY_NAMES,
    TERMS,
    CatalogEntry,
    added,
    entry_fields,
    in_use,
    read_unchecked,
    year_end,
)
from waypost.sources.plan_net_files import counted, newest, pack, read_resources
from waypost.sources.reading import BadSource, check_size
from waypost.sources.recognize import ending, recognize
from waypost.values.plain import plain


@dataclass(frozen=True, slots=True)
class About:
    """What an operator says about a file.

    ``edition`` is a year, or the day of a ``whole`` listing of the locator; ``as_of`` is by default
    the end of the year before it, as the national directories publish the survey of the year
    before. ``columns`` say which column is what of a list that is not SAMHSA's.
    """

    edition: str
    as_of: date | None = None
    title: str = ""
    publisher: str = ""
    license: str = ""
    whole: bool = False
    columns: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Held:
    """What an added file holds: how many listings and rejects, and codes that are not known."""

    listings: int
    rejects: int
    unknown_codes: tuple[str, ...]


def add_apart(file: Path, data_dir: Path, about: About) -> tuple[CatalogEntry, Held]:
    """`add_file` in a process of its own, which may take so much memory and time and no more.

    Raises:
        BadSource: as `add_file`, and where the file wants more than any directory does.
    """
    try:
        return work_apart(_add, file, data_dir, about)
    except TooMuch as error:
        forget_partials(data_dir / "sources", error.process)
        raise BadSource(f"{file.name} was refused: {error}, and no directory needs more.") from None


def _add(file: Path, data_dir: Path, about: About) -> tuple[CatalogEntry, Held]:
    entry, rows = add_file(file, data_dir, about)
    return entry, Held(len(rows.rows), len(rows.rejects), tuple(sorted(rows.unknown_codes)))


def add_file(file: Path, data_dir: Path, about: About) -> tuple[CatalogEntry, SourceRows]:
    """Copy a file into the data folder and list it as a source; return the entry and its rows.

    A locator's file that is ``whole`` lists the whole country, so it is an edition of its own,
    named for its day: what is not in it is gone.

    Raises:
        BadSource: the file cannot be read as a source, or is in use already; the message calls the
            file what the operator called it.
    """
    year = r"20\d\d(-\d\d-\d\d)?" if about.whole else r"20\d\d"
    if not re.fullmatch(year, about.edition):
        raise BadSource(f"The edition {about.edition!r} is not a year such as 2025.")
    if not file.is_file():
        raise BadSource(f"There is no file {file}.")
    check_size(file)
    entry = _listed_elsewhere(file, about) if about.columns else _recognized(file, about)
    for used in in_use(data_dir):
        if used.source.sha256 == entry.source.sha256:
            raise BadSource(f"{file.name} is in use already, as {used.source.id}.")
    rows = read_unchecked(entry)
    return _kept(entry, data_dir), rows


def add_resources(path: Path, data_dir: Path, about: About) -> tuple[CatalogEntry, str]:
    """Pack an operator's own Plan-Net resources into one file, and list it as a source.

    Where nothing is said, they are as of the day on which the newest of them was changed.

    Raises:
        BadSource: they cannot be used, or are in use already.
    """
    if not path.exists():
        raise BadSource(f"There is no file and no folder {path}.")
    resources = read_resources(path)
    day = about.as_of or newest(resources)
    if day is None:
        raise BadSource(
            f"None of the resources of {path.name} says when it was last changed "
            "(meta.lastUpdated): say with --as-of of what day they are."
        )
    (data_dir / "sources").mkdir(parents=True, exist_ok=True)
    packed = data_dir / "sources" / f"adding-{os.getpid()}.ndjson.gz"
    try:
        pack(resources, packed)
        about = replace(about, edition=about.edition or str(day.year))
        source = _source(packed, about, RESOURCES, f"Plan-Net resources of {path.name}", day)
        source = replace(
            source,
            publisher=about.publisher or "not stated",
            license=about.license or "not stated; ask its publisher",
        )
        if any(known.source.sha256 == source.sha256 for known in in_use(data_dir)):
            raise BadSource(f"{path.name} is in use already.")
        entry = CatalogEntry(source, RESOURCES, None, packed, False, path.name)
        return _kept(entry, data_dir), counted(resources)
    finally:
        packed.unlink(missing_ok=True)


def _recognized(file: Path, about: About) -> CatalogEntry:
    kind, survey = recognize(file)
    directory = kind in DIRECTORY_KINDS
    edition = about.edition
    if directory and len(edition) > 4:
        raise BadSource(f"{file.name} is a national directory: its edition is a year.")
    what = SURVEY_NAMES[survey] if survey else "treatment facilities"
    named = f"National Directory {edition}, {what}" if directory else f"FindTreatment.gov {edition}"
    day = year_end(edition) if directory else date(int(edition[:4]), 12, 31)
    source = _source(file, about, "directory" if directory else "locator", named, day)
    return CatalogEntry(source, kind, survey, file, about.whole, file.name)


def _listed_elsewhere(file: Path, about: About) -> CatalogEntry:
    if about.whole:
        raise BadSource(
            "A list with its own columns is laid on the directory; it cannot stand in its place, "
            "so it is never the whole country."
        )
    ending(file)
    day = date(int(about.edition), 12, 31)
    source = _source(file, about, "list", file.name, day)
    source = replace(
        source,
        publisher=about.publisher or "not stated",
        license=about.license or "not stated; ask its publisher",
    )
    return CatalogEntry(source, MAPPED, None, file, False, file.name, dict(about.columns))


def _source(file: Path, about: About, kind: str, named: str, day: date) -> Source:
    sha256 = sha256_of(file)
    return Source(
        id=f"{kind}-{about.edition}-{sha256[:8]}",
        title=plain(about.title) or named,
        publisher=plain(about.publisher) or "SAMHSA",
        edition=about.edition,
        as_of=about.as_of or day,
        license=plain(about.license) or TERMS,
        file=file.name,
        sha256=sha256,
    )


def _kept(entry: CatalogEntry, data_dir: Path) -> CatalogEntry:
    """Copy the file under its digest, then list it; each step succeeds completely or not at all."""
    folder = data_dir / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    suffix = ".ndjson.gz" if entry.kind == RESOURCES else ending(entry.path)
    source = replace(entry.source, file=f"{entry.source.sha256[:16]}{suffix}")
    target = folder / source.file
    with replacing(target) as copy:
        shutil.copyfile(entry.path, copy)
    entries = [*added(data_dir), replace(entry, source=source, path=target)]
    listed = [json.loads(json.dumps(entry_fields(e), default=str)) for e in entries]
    for item in listed:
        item["as_of"] = date.fromisoformat(item["as_of"])
    with replacing(folder / "sources.yaml") as catalog:
        catalog.write_text(yaml.safe_dump(listed, sort_keys=False, allow_unicode=True), "utf-8")
    return entries[-1]
