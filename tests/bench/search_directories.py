"""The directories that the search is measured on: the real one, and made-up larger ones."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from waypost.search.index import Index

JITTER_DEGREES = 0.12
FLIPS = 10


@dataclass(frozen=True)
class Directory:
    """Sites in the order they were given: points in degrees, and which columns each has."""

    name: str
    lats: npt.NDArray[np.float64]
    lons: npt.NDArray[np.float64]
    table: npt.NDArray[np.bool_]
    groups: Mapping[str, tuple[str, ...]]

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """The groups whose options are counted: all but the bare service codes."""
        return {group: names for group, names in self.groups.items() if group != "code"}

    @property
    def columns(self) -> list[str]:
        """The columns that are counted, in the table's order."""
        return [name for names in self.facets.values() for name in names]


def real(snapshot: Path) -> Directory:
    """The published directory."""
    connection = sqlite3.connect(f"file:{snapshot}?mode=ro", uri=True)
    rows = connection.execute("SELECT name, dtype, shape, data FROM array").fetchall()
    connection.close()
    index = Index.from_arrays(
        {
            name: np.frombuffer(data, dtype=np.dtype(dtype)).reshape(json.loads(shape))
            for name, dtype, shape, data in rows
        }
    )
    bits = np.unpackbits(
        np.ascontiguousarray(index.blocks.T).view(np.uint8), axis=1, bitorder="little"
    )
    table = np.zeros((index.size, bits.shape[0]), dtype=np.bool_)
    table[index.order] = bits[:, : index.size].T.astype(np.bool_)
    lats, lons = np.empty(index.size), np.empty(index.size)
    lats[index.order], lons[index.order] = index.lats, index.lons
    return Directory("real", lats, lons, table, index.groups)


def made_up(base: Directory, size: int, seed: int = 1) -> Directory:
    """A larger one: real sites moved a few miles, each with a few facets changed."""
    rng = np.random.default_rng(seed)
    picked = rng.integers(0, len(base.lats), size)
    lats = np.clip(base.lats[picked] + rng.normal(0, JITTER_DEGREES, size), -90, 90)
    lons = (base.lons[picked] + rng.normal(0, JITTER_DEGREES, size) + 180) % 360 - 180
    table = base.table[picked]
    for _ in range(FLIPS):
        table[np.arange(size), rng.integers(0, table.shape[1], size)] ^= True
    return Directory(f"{size:,}", lats.round(6), lons.round(6), table, base.groups)
