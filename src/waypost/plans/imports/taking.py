"""Imports files that an operator names, recognized by their content, each with its report."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from waypost.files.apart import SECONDS, Bounds, TooMuch, work_apart
from waypost.files.archives import BadFile, open_bytes
from waypost.files.writing import forget_partials
from waypost.plans.imports.files import Table, members_of, name_of_table
from waypost.plans.imports.json_kinds import JsonKind, json_kind
from waypost.plans.imports.marketplace import MarketplaceFiles, import_marketplace
from waypost.plans.imports.package import SERVICE_FILE, import_package
from waypost.plans.imports.price_rows import Wanted
from waypost.plans.imports.prices import import_prices
from waypost.plans.imports.providers import import_providers
from waypost.plans.imports.writing import ImportReport
from waypost.plans.store import BadStore

_SLOWEST = 1_000_000
"""Bytes a second, as they lie on the disk: a tenth of what a slow machine reads."""


class FileKind(StrEnum):
    """What a file is."""

    MARKETPLACE = "marketplace plans"
    PACKAGE = "Medicare Advantage plan benefit package"
    PROVIDERS = "provider file"
    PRICES = "in-network prices"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is known about the files besides their content, and whose programs matter.

    ``plans`` are ids, or their beginnings, of price files' plans where the files do not name them.
    """

    as_of: str
    year: int
    today: date
    wanted: Wanted
    issuer: str = ""
    url: str = ""
    plans: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Taken:
    """Each imported file's report, and why the next was refused; '' where none was."""

    reports: tuple[tuple[str, ImportReport], ...]
    refusal: str = ""


def take_apart(paths: Sequence[Path], target: Path, terms: Terms) -> Taken:
    """`take` in a process of its own, which may take so much memory and time and no more.

    Time grows with the files: in-network files have hundreds of gigabytes.
    """
    size = sum(path.stat().st_size for path in paths)
    try:
        return work_apart(
            take_all, paths, target, terms, bounds=Bounds(seconds=SECONDS + size / _SLOWEST)
        )
    except TooMuch as error:
        forget_partials(target.parent, error.process)
        names = ", ".join(path.name for path in paths)
        return Taken((), f"{names}: {error}. No file of these kinds needs more.")


def take_all(paths: Sequence[Path], target: Path, terms: Terms) -> Taken:
    """`take`, with what was imported before a file was refused."""
    reports: list[tuple[str, ImportReport]] = []
    try:
        reports.extend(take(paths, target, terms))
    except (BadFile, BadStore) as error:
        return Taken(tuple(reports), str(error))
    return Taken(tuple(reports))


def kind_of(path: Path) -> FileKind:
    """What a file is, by its content.

    Raises:
        BadFile: it cannot be opened, or is JSON of a kind that is not imported.
    """
    members = members_of(path)
    if any(m.name.lower().endswith(SERVICE_FILE) for m in members):
        return FileKind.PACKAGE
    if members:
        return FileKind.MARKETPLACE
    with open_bytes(path, endings=(".json", ".csv", ".txt")) as raw:
        head = raw.read(1024)
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        raise BadFile(f"{path.name} is UTF-16 text. Save it as UTF-8.")
    start = head.removeprefix(BOM_UTF8).lstrip(b" \t\r\n")[:1]
    if start in (b"[", b"{"):
        return FileKind.PROVIDERS if json_kind(path) is JsonKind.PROVIDERS else FileKind.PRICES
    return FileKind.MARKETPLACE


def take(paths: Sequence[Path], target: Path, terms: Terms) -> Iterator[tuple[str, ImportReport]]:
    """Import every file; marketplace files of one call belong together, except whole archives.

    Raises:
        BadFile: a file that is not what it should be; the files before it are imported.
    """
    loose: list[Table] = []
    for path in paths:
        kind, members = kind_of(path), members_of(path)
        if kind is FileKind.MARKETPLACE and len(members) > 1:
            files = marketplace_files(members)
            yield f"{path.name}: {kind}", import_marketplace(files, target, as_of=terms.as_of)
        elif kind is FileKind.MARKETPLACE:
            loose.append(path)
        else:
            yield f"{path.name}: {kind}", _one(kind, path, target, terms)
    if loose:
        report = import_marketplace(marketplace_files(loose), target, as_of=terms.as_of)
        yield f"{', '.join(map(name_of_table, loose))}: {FileKind.MARKETPLACE}", report


def _one(kind: FileKind, path: Path, target: Path, terms: Terms) -> ImportReport:
    if kind is FileKind.PACKAGE:
        return import_package(path, target, year=terms.year, as_of=terms.as_of)
    if kind is FileKind.PROVIDERS:
        issuer = terms.issuer or "the issuer"
        return import_providers(
            path, target, npis=terms.wanted.npis, issuer=issuer, url=terms.url, as_of=terms.as_of
        )
    return import_prices(
        path,
        target,
        wanted=terms.wanted,
        url=terms.url,
        as_of=terms.as_of,
        today=terms.today,
        plans=terms.plans,
    )


def marketplace_files(tables: Sequence[Table]) -> MarketplaceFiles:
    """The tables an operator names, recognized by their names; useless tables are left out.

    Raises:
        BadFile: a file whose name says nothing, two of a kind, or no benefits file among them.
    """
    by_kind: dict[str, Table] = {}
    for table in tables:
        plain = name_of_table(table).rpartition(", ")[2].lower().replace("_", "-").replace(" ", "-")
        kind = next((k for k, marks in _MARKS.items() if any(m in plain for m in marks)), None)
        if kind == "":
            continue
        if kind is None or kind in by_kind:
            raise BadFile(
                f"{name_of_table(table)}: benefits, attributes, service area or network? Rename it."
            )
        by_kind[kind] = table
    if "benefits" not in by_kind:
        raise BadFile("The Benefits and Cost Sharing file is missing.")
    return MarketplaceFiles(**by_kind)


_MARKS = {
    "benefits": ("benefit", "bencs"),
    "attributes": ("attribute", "planatt"),
    "service_area": ("service-area", "servicearea", "svcarea"),
    "network": ("network", "ntwrk"),
    "": ("rate", "business-rule", "crosswalk", "quality", "machine-readable", "readme"),
}
"""Parts of names that identify CMS's files; premiums and the like are not used here."""
