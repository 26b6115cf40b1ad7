"""Precision and recall of the matching, on pairs of listings that were judged by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from waypost.directory.resolve import Placed, resolve
from waypost.directory.rows import SourceRows
from waypost.sources import catalog
from waypost.sources.reading import BadSource

TITLES = {
    "same_edition.csv": "The two directories of one edition",
    "across_editions.csv": "One edition and a later one",
}


class MatchingScore(NamedTuple):
    """Pairs correctly joined, wrongly joined, missed, and correctly kept apart."""

    joined: int
    wrong: int
    missed: int
    apart: int

    @property
    def precision(self) -> float:
        """The share of joined pairs that are the same place."""
        return self.joined / max(1, self.joined + self.wrong)

    @property
    def recall(self) -> float:
        """The share of pairs that are the same place that were joined."""
        return self.joined / max(1, self.joined + self.missed)


def placed_rows() -> Placed:
    """Replay the carried editions; return the id of each row's site."""
    editions: dict[str, list[SourceRows]] = {}
    for entry in catalog.carried():
        if entry.is_edition:
            editions.setdefault(entry.source.edition, []).append(catalog.read(entry))
    return resolve(editions).placed


def score(path: Path, placed: Placed) -> MatchingScore:
    """Compare what the matching did with what a person judged."""
    tally = [0, 0, 0, 0]
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            try:
                a, b = (placed[row[f"source_{s}"], int(row[f"row_{s}"])] for s in "ab")
            except (KeyError, ValueError) as error:
                raise BadSource(f"{path.name} names a row that does not exist: {row}.") from error
            same = row["same"] == "1"
            tally[(0 if same else 1) if a == b else (2 if same else 3)] += 1
    return MatchingScore(*tally)


def measure(folder: Path | None) -> Iterator[str]:
    """A line for each file of labelled pairs."""
    labels = folder or Path(str(files("waypost.sources") / "data" / "labels"))
    placed = placed_rows()
    for name, title in TITLES.items():
        s = score(labels / name, placed)
        yield (
            f"{title}: {sum(s)} pairs; precision {s.precision:.3f} ({s.wrong} joined wrongly), "
            f"recall {s.recall:.3f} ({s.missed} missed)"
        )
