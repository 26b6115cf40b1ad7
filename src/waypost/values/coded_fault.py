"""An anticipated error as codes with their places; the door has the words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class CodedFault:
    """What is wrong, as a code; ``place`` is the field, ``facts`` what the sentence names."""

    code: StrEnum
    place: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in sorted(self.facts.items()))
        return f"{self.code.value} ({facts})" if facts else self.code.value


class CodedError(Exception):
    """Carries every fault; its own text is for a log and a test, and is never shown to a reader."""

    def __init__(self, *faults: CodedFault | StrEnum) -> None:
        kept = tuple(f if isinstance(f, CodedFault) else CodedFault(f) for f in faults)
        super().__init__("; ".join(map(str, kept)))
        self.faults = kept

    @property
    def codes(self) -> tuple[StrEnum, ...]:
        """The codes, in the order of the faults."""
        return tuple(self._codes())

    @property
    def places(self) -> frozenset[str]:
        """The fields that the faults are about; a form marks them."""
        return frozenset(fault.place for fault in self.faults if fault.place)

    def _codes(self) -> Iterator[StrEnum]:
        for fault in self.faults:
            yield fault.code
