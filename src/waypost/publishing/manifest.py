"""What a snapshot says about itself."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from waypost.directory.site import Source

APPLICATION_ID = 0x57415950
"""The letters WAYP, in the header of a snapshot's file."""

FORMAT = 2
"""The layout of the snapshot file that is written."""

READ_FORMATS = (1, 2)
"""Layouts that are read; any other is refused. The first knew no end of a claim's validity, and
nothing of hours and places."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Version, sources and counts of a snapshot.

    ``version`` is the digest of its records; ``counts`` maps a measure to a number;
    ``quality`` is the data quality report; ``changes`` what each edition changed.
    """

    version: str
    built_at: datetime
    edition: str
    sources: tuple[Source, ...]
    counts: Mapping[str, int]
    level_counts: Mapping[str, int]
    state_counts: Mapping[str, int]
    quality: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Mapping[str, Any], ...] = ()

    @property
    def current_sites(self) -> int:
        """How many sites are in the newest edition."""
        return self.counts["current_sites"]

    def source(self, source_id: str) -> Source | None:
        """The source with this id; all lists of address points share one source."""
        for source in self.sources:
            if source.id == source_id:
                return source
        if source_id.startswith("points-"):
            return self.source("address-points")
        return None

    def quality_rows(self) -> list[tuple[str, str]]:
        """The report's measures as pairs of a label and a number."""
        return [(name, _shown(value)) for name, value in self.quality.get("totals", {}).items()]

    @staticmethod
    def read(connection: sqlite3.Connection) -> dict[str, Any]:
        """The manifest of an open snapshot as it is written there."""
        row = connection.execute("SELECT value FROM manifest").fetchone()
        data: dict[str, Any] = json.loads(row[0])
        return data

    def to_json(self) -> dict[str, Any]:
        """Plain JSON values."""
        data = {name: getattr(self, name) for name in self.__slots__}
        data["built_at"] = self.built_at.isoformat()
        data["sources"] = [asdict(s) | {"as_of": s.as_of.isoformat()} for s in self.sources]
        data["changes"] = list(self.changes)
        data["format"] = FORMAT
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Manifest:
        """The manifest that `to_json` wrote."""
        sources = tuple(
            Source(**{**s, "as_of": date.fromisoformat(s["as_of"])}) for s in data["sources"]
        )
        return cls(
            version=data["version"],
            built_at=datetime.fromisoformat(data["built_at"]),
            edition=data["edition"],
            sources=sources,
            counts=data["counts"],
            level_counts=data["level_counts"],
            state_counts=data["state_counts"],
            quality=data["quality"],
            changes=tuple(data["changes"]),
        )


def _shown(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
