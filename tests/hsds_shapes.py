"""The official schemas of HSDS 3.2.3 as validators, and a small directory of real sites."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import jsonschema_rs

from waypost.directory.site import Claim, Site
from waypost.editions.hsds.nested import SiteInHsds
from waypost.publishing.build import put_in_place, write_snapshot
from waypost.publishing.manifest import Manifest
from waypost.publishing.reader import Snapshot

SPEC = Path(__file__).parent / "api" / "hsds_3_2_3"
PUBLISHED = "https://raw.githubusercontent.com/openreferral/specification/3.2/schema/"
BUILT = datetime(2026, 11, 24, 8, tzinfo=UTC)


@cache
def schema(name: str) -> dict:
    """A schema by its path below the folder of schemas: “compiled/service.json”."""
    path = SPEC / "schema" / name
    data = path.read_bytes() if path.exists() else gzip.decompress(Path(f"{path}.gz").read_bytes())
    found: dict = json.loads(data)
    return found


@cache
def validator(name: str) -> jsonschema_rs.Draft202012Validator:
    """Validates formats too."""
    # a compiled schema has no reference, and is long
    whole = schema(name) if name.startswith("compiled/") else _whole(schema(name))
    return jsonschema_rs.Draft202012Validator(whole, validate_formats=True)


def _whole(part: object) -> object:
    """A schema with its references written out, the official ones by their addresses."""
    if isinstance(part, list):
        return [_whole(one) for one in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part and part["$ref"].endswith(".json"):
        return _whole(schema(part["$ref"].removeprefix(PUBLISHED)))
    return {name: _whole(value) for name, value in part.items()}


def with_shapes(described: dict) -> dict:
    """A description with the official shapes in the place of their addresses."""
    whole = _whole(described)
    assert isinstance(whole, dict)
    return whole


@cache
def answer_validator(path: str, method: str = "get") -> jsonschema_rs.Draft202012Validator:
    """Validates the good answer of a path of the official openapi.json."""
    described = json.loads((SPEC / "openapi.json").read_bytes())
    operation = described["paths"][path][method]
    shape = operation["responses"]["200"]["content"]["application/json"]["schema"]
    components = {"components": described["components"]}
    return jsonschema_rs.Draft202012Validator(_whole(shape) | components, validate_formats=True)


def records(site: SiteInHsds) -> Iterator[tuple[str, object]]:
    """Each form of each record, with the official shape that it must have."""
    yield "compiled/organization.json", site.organization(full_service=True)
    yield "compiled/organization.json", site.organization(full_service=False)
    yield "compiled/organization_list.json", site.organization_row
    for level in site.levels:
        yield "compiled/service.json", site.service(level)
        yield "compiled/service_list.json", site.listed_service(level)
        yield "compiled/service_at_location.json", site.service_at_location(level)
        yield "compiled/service_at_location_list.json", site.listed_service_at_location(level)


def faults(name: str, record: object) -> list[str]:
    """What a schema has against a record."""
    return [str(error) for error in validator(name).iter_errors(record)]


def published(
    folder: Path, sites: list[Site], claims: dict[str, list[Claim]] | None = None, at=BUILT
) -> Snapshot:
    """A snapshot of these sites in a folder."""
    current = sum(s.current for s in sites)
    sources = ()
    manifest = Manifest("", at, "2024", sources, {"current_sites": current}, {}, {})
    folder.mkdir(exist_ok=True)
    path, _ = write_snapshot(folder, sites, claims or {}, manifest)
    return Snapshot(put_in_place(path, folder))


@cache
def some_sites(whole: Snapshot) -> list[Site]:
    """Sites of the real directory: some of everywhere, each kind that is told apart, gone ones."""
    size = whole.index.size
    rows = set(range(0, size, 300)) | {size, size + 1, size + 50}
    kinds = {
        "withheld": lambda street, exact, codes, phones, website: not street,
        "about": lambda street, exact, codes, phones, website: street and not exact,
        "no level": lambda street, exact, codes, phones, website: not LEVEL_CODES & set(codes),
        "zero": lambda street, exact, codes, phones, website: any(
            p["extension"].startswith("0") for p in phones
        ),
        "website": lambda street, exact, codes, phones, website: bool(website),
    }
    left = dict(kinds)
    for row, values in enumerate(whole.fields("street", "exact", "codes", "phones", "website")):
        for kind, fits in list(left.items()):
            if row < size and fits(*values):
                rows.add(row)
                del left[kind]
    assert not left, left
    return whole.sites(sorted(rows))


def _level_codes() -> set[str]:
    from waypost.editions.hsds.levels import LEVELS

    return set().union(*(level.codes for level in LEVELS))


LEVEL_CODES = _level_codes()
