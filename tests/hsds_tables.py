"""What a tabular data package has against its own description."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from uuid import UUID

Table = list[dict[str, str]]

READ = {
    "number": float,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": lambda text: time.fromisoformat(re.fullmatch(r"\d\d:\d\d:\d\d.*", text)[0]),  # type: ignore[index]
    "uuid": UUID,
    "uri": lambda text: re.fullmatch(r"https?://[!-~]+", text)[0],  # type: ignore[index]
}


def table_faults(folder: Path) -> Iterator[str]:
    """What a package has against its own description: types, constraints, keys."""
    described = json.loads((folder / "datapackage.json").read_text())
    held: dict[str, Table] = {}
    for table in described["resources"]:
        with (folder / table["path"]).open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            held[table["name"]] = list(reader)
            columns = [field["name"] for field in table["schema"]["fields"]]
            if reader.fieldnames != columns:
                yield f"{table['name']}: columns {reader.fieldnames}"
    for table in described["resources"]:
        rows = held[table["name"]]
        for field in table["schema"]["fields"]:
            yield from column_faults(table["name"], field, [row[field["name"]] for row in rows])
        for key in table["schema"].get("foreignKeys") or ():
            there = {row[key["reference"]["fields"]] for row in held[key["reference"]["resource"]]}
            missing = {row[key["fields"]] for row in rows} - there - {""}
            if missing:
                yield f"{table['name']}.{key['fields']}: {len(missing)} lead nowhere"


def column_faults(table: str, field: dict, cells: list[str]) -> Iterator[str]:
    limits, name = field.get("constraints", {}), f"{table}.{field['name']}"
    filled = [cell for cell in cells if cell]
    if limits.get("required") and len(filled) < len(cells):
        yield f"{name}: {len(cells) - len(filled)} empty"
    if limits.get("unique") and len(set(filled)) < len(filled):
        yield f"{name}: not unique"
    if limits.get("enum") and not set(filled) <= set(limits["enum"]):
        yield f"{name}: {set(filled) - set(limits['enum'])}"
    read = READ.get(field.get("format") or field["type"]) or READ.get(field["type"])
    for cell in filled if read else ():
        try:
            read(cell)  # type: ignore[misc]
        except (ValueError, TypeError):
            yield f"{name}: {cell!r}"
            return
