"""Words of a record as they are sealed: a frozen dataclass of texts, to JSON and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class SealedWords:
    """A base for dataclasses whose fields are all texts, and that a record seals."""

    @classmethod
    def read(cls, words: Mapping[str, Any]) -> Self:
        """From what was sealed; a field of a later version is left out."""
        names = {field.name for field in fields(cls)}
        return cls(**{name: str(value) for name, value in words.items() if name in names})

    def sealable(self) -> dict[str, str]:
        """As JSON holds it."""
        return asdict(self)
