"""An operator's own Plan-Net resources: networks, plans, affiliations and people, from files.

A folder of JSON files, a Bundle, or resources one a line (NDJSON, gzipped or not). They are packed
into one file that is kept with its digest, like any other source. Shapes: HL7 Da Vinci PDex
Plan-Net 1.1.0, https://hl7.org/fhir/us/davinci-pdex-plan-net/STU1.1/.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from waypost.sources.reading import BadSource, read_text

Json = dict[str, Any]
ASKED_FOR: Mapping[str, tuple[str, ...]] = {
    "Endpoint": ("status", "connectionType", "payloadType", "address"),
    "HealthcareService": ("active", "category"),
    "InsurancePlan": ("status", "type", "name", "ownedBy", "administeredBy"),
    "Location": ("status", "name"),
    "Organization": ("active", "type", "name"),
    "OrganizationAffiliation": ("active",),
    "Practitioner": ("active", "name"),
    "PractitionerRole": ("active",),
}
"""The types of the guide, each with the elements that its profile does not do without."""

MOST = 200_000
SHOWN = 5
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_LINES = (".ndjson", ".ndjson.gz")


def is_plan_net(path: Path) -> bool:
    """Whether a path is a folder of resources, or a file of them."""
    if path.is_dir() or path.name.casefold().endswith(_LINES):
        return True
    if not (path.is_file() and path.name.casefold().endswith((".json", ".json.gz"))):
        return False
    try:
        return '"resourceType"' in read_text(path)
    except BadSource:
        return False


def read_resources(path: Path) -> list[Json]:
    """All resources of a folder or a file, by type and id.

    Raises:
        BadSource: something in it is no resource of Plan-Net; the message names where and why.
    """
    files = sorted(p for p in path.iterdir() if p.is_file()) if path.is_dir() else [path]
    wanted = [f for f in files if f.name.casefold().endswith((".json", ".json.gz", *_LINES))]
    if not wanted:
        raise BadSource(f"{path.name} holds no JSON and no NDJSON file.")
    newest: dict[tuple[str, str], Json] = {}
    wrong: list[str] = []
    for file in wanted:
        for where, resource in _resources(file):
            fault = _fault(resource)
            if fault:
                wrong.append(f"{where}: {fault}")
            else:
                newest[resource["resourceType"], resource["id"]] = resource
    if wrong:
        more = f" and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
        raise BadSource(f"{path.name} cannot be used: {'; '.join(wrong[:SHOWN])}{more}.")
    if not 0 < len(newest) <= MOST:
        raise BadSource(f"{path.name} holds {len(newest):,} resources; 1 to {MOST:,} are read.")
    return [newest[key] for key in sorted(newest)]


def _resources(file: Path) -> Iterator[tuple[str, Any]]:
    """Each resource of a file with where it stands, out of its Bundle if it is in one."""
    text = read_text(file)
    texts = [(file.name, text)]
    if file.name.casefold().endswith(_LINES):
        lines = enumerate(text.splitlines(), 1)
        texts = [(f"{file.name} line {n}", line) for n, line in lines if line.strip()]
    for where, body in texts:
        try:
            data = json.loads(body)
        except (ValueError, RecursionError):
            raise BadSource(f"{where} is not JSON.") from None
        if isinstance(data, dict) and data.get("resourceType") == "Bundle":
            entries = data.get("entry") or []
            yield from ((where, e.get("resource")) for e in entries if isinstance(e, dict))
        else:
            yield where, data


def _fault(resource: Any) -> str:
    """Why this is no resource that can be used; '' where it is one."""
    if not isinstance(resource, dict):
        return "it is no resource"
    kind, id_ = str(resource.get("resourceType")), resource.get("id")
    if kind not in ASKED_FOR:
        return f"{kind[:40]} is not a type of Plan-Net"
    if not (isinstance(id_, str) and _ID.fullmatch(id_)):
        return f"a {kind} has no id of letters, digits, “-” and “.”"
    missing = [element for element in ASKED_FOR[kind] if resource.get(element) in (None, [], {})]
    if missing:
        return f"{kind}/{id_} has no {' and no '.join(missing)}"
    meta = resource.get("meta", {})
    return "" if isinstance(meta, dict) else f"{kind}/{id_} has a meta that is not an object"


def pack(resources: Iterable[Json], path: Path) -> None:
    """Write resources one a line; the same resources give the same bytes."""
    with path.open("wb") as file, gzip.GzipFile("", "wb", mtime=0, fileobj=file) as packed:
        for resource in resources:
            packed.write(json.dumps(resource, ensure_ascii=False, sort_keys=True).encode() + b"\n")


def newest(resources: Iterable[Json]) -> date | None:
    """The last day on which any of them was changed, as they say themselves."""
    days = []
    for resource in resources:
        written = str(resource.get("meta", {}).get("lastUpdated", ""))[:10]
        try:
            days.append(date.fromisoformat(written))
        except ValueError:
            continue
    return max(days, default=None)


def counted(resources: Iterable[Json]) -> str:
    """How many of each type, in words."""
    tally = Counter(resource["resourceType"] for resource in resources)
    return ", ".join(f"{n:,} {kind}" for kind, n in sorted(tally.items()))
