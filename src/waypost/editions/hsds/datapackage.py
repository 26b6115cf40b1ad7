"""The official tabular data package: which tables there are, and which columns each has."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

FILE = "datapackage.json"
LICENSE = "LICENSE"
"""CC BY-SA 4.0, which goes wherever the description goes."""


def carried(name: str) -> bytes:
    """A file of the specification, as it is published."""
    return (files("waypost.editions.hsds") / "data" / name).read_bytes()


@cache
def tables() -> Mapping[str, tuple[str, tuple[str, ...]]]:
    """Each table's file and columns, in the order of the description."""
    described = json.loads(carried(FILE))
    return {
        table["name"]: (table["path"], tuple(f["name"] for f in table["schema"]["fields"]))
        for table in described["resources"]
    }
