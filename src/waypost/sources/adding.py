"""Add a newer file: recognize it, read it whole, and keep a copy with its digest."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import yaml

from waypost.directory.codes import CODES
from waypost.directory.rows import SourceRows
from waypost.directory.site import Source, Survey
from waypost.sources.catalog import (
    DIRECTORY_KINDS,
    TERMS,
    Entry,
    added,
    digest,
    entry_fields,
    in_use,
    read_unchecked,
    sheet_rows,
    year_end,
)
from waypost.sources.reading import BadSource, csv_rows, read_text

_KNOWN_ENDINGS = (".xlsx", ".csv", ".json", ".csv.gz", ".json.gz")
_NAMES = {Survey.SUBSTANCE_USE: "substance use", Survey.MENTAL_HEALTH: "mental health"}


def add_file(
    file: Path,
    data_dir: Path,
    edition: str,
    as_of: date | None,
    title: str,
    *,
    whole: bool = False,
) -> tuple[Entry, SourceRows]:
    """Copy a file into the data folder and list it as a source; the entry and what it holds.

    ``edition`` is a year; ``as_of`` is by default the end of the year before it, as the national
    directories publish the survey of the year before. A locator's file that is ``whole`` lists the
    country and so is an edition of its own, named for its day: what is not in it is gone.

    Raises:
        BadSource: the file cannot be read as a source, or is in use already.
    """
    if not re.fullmatch(r"20\d\d(-\d\d-\d\d)?" if whole else r"20\d\d", edition):
        raise BadSource(f"The edition {edition!r} is not a year such as 2025.")
    if not file.is_file():
        raise BadSource(f"There is no file {file}.")
    entry = _recognized(file, edition, as_of, title, whole=whole)
    for known in in_use(data_dir):
        if known.source.sha256 == entry.source.sha256:
            raise BadSource(f"{file.name} is in use already, as {known.source.id}.")
    held = read_unchecked(entry)
    return _kept(entry, data_dir), held


def _recognized(file: Path, edition: str, as_of: date | None, title: str, *, whole: bool) -> Entry:
    kind, survey = recognize(file)
    sha256 = digest(file)
    directory = kind in DIRECTORY_KINDS
    if directory and len(edition) > 4:
        raise BadSource(f"{file.name} is a national directory: its edition is a year.")
    what = _NAMES[survey] if survey else "treatment facilities"
    named = f"National Directory {edition}, {what}" if directory else f"FindTreatment.gov {edition}"
    source = Source(
        id=f"{'directory' if directory else 'locator'}-{edition}-{sha256[:8]}",
        title=title or named,
        publisher="SAMHSA",
        edition=edition,
        as_of=as_of or (year_end(edition) if directory else date(int(edition[:4]), 12, 31)),
        license=TERMS,
        file=f"{sha256[:16]}{_ending(file)}",
        sha256=sha256,
    )
    return Entry(source, kind, survey, file, whole)


def _ending(file: Path) -> str:
    name = file.name.casefold()
    for ending in sorted(_KNOWN_ENDINGS, key=len, reverse=True):
        if name.endswith(ending):
            return ending
    raise BadSource(f"{file.name} is none of {', '.join(_KNOWN_ENDINGS)}.")


def recognize(file: Path) -> tuple[str, Survey | None]:
    """What a file is (the kind of `catalog.Entry`) and, for a directory, of which survey."""
    ending = _ending(file)
    if ending.startswith(".json"):
        return "json", None
    if ending == ".xlsx":
        columns, survey = _columns(sheet_rows(file), file)
        return (
            ("workbook", survey) if "service_code_info" in columns else ("locator-workbook", None)
        )
    columns, survey = _columns(csv_rows(read_text(file), file.name), file)
    if "service_code_info" in columns:
        return "csv", survey
    if "type_facility" in columns:
        return "locator", None
    raise BadSource(
        f"{file.name} is neither a national directory (it has no column service_code_info) nor a "
        "locator export (it has no column type_facility)."
    )


def _columns(rows: Iterable[dict[str, str]], file: Path) -> tuple[set[str], Survey | None]:
    """The columns, and the survey whose own codes the first rows hold.

    A file with a column ``directory_type`` says it row by row.
    """
    seen: list[dict[str, str]] = []
    for row in rows:
        seen.append(row)
        if len(seen) == 200:
            break
    if not seen:
        raise BadSource(f"{file.name} holds no listing.")
    if "directory_type" in seen[0]:
        return set(seen[0]), None
    codes = (c for row in seen for c in row.get("service_code_info", "").replace("*", " ").split())
    tally = Counter(next(iter(CODES[c].surveys)) for c in codes if c in CODES and single(c))
    return set(seen[0]), tally.most_common(1)[0][0] if tally else None


def single(code: str) -> bool:
    """Whether only one of the two surveys asks about this code."""
    return len(CODES[code].surveys) == 1


def _kept(entry: Entry, data_dir: Path) -> Entry:
    """Copy the file, then list it: each step is whole or not at all."""
    folder = data_dir / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / entry.source.file
    partial = target.with_name(target.name + ".part")
    try:
        shutil.copyfile(entry.path, partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    entries = [*added(data_dir), replace(entry, path=target)]
    listed = [json.loads(json.dumps(entry_fields(e), default=str)) for e in entries]
    for item in listed:
        item["as_of"] = date.fromisoformat(item["as_of"])
    catalog = folder / "sources.yaml"
    beside = catalog.with_name(f"sources.yaml.{os.getpid()}")
    beside.write_text(yaml.safe_dump(listed, sort_keys=False, allow_unicode=True), "utf-8")
    beside.replace(catalog)
    return entries[-1]
