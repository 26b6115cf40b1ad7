"""A series of support as a value: its steps, versions and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from waypost.values.bilingual import Bilingual


class Pace(IntEnum):
    """How much a person wants: a step is sent at its pace and at every fuller one."""

    LESS = 0
    USUAL = 1
    MORE = 2


class StepKind(StrEnum):
    """A text to read, or a question whose silence or YES makes a task for a person."""

    TEXT = "text"
    CHECK_IN = "check in"


@dataclass(frozen=True, slots=True)
class Step:
    """One text on a day (0 is the day of the start) at a wall time in minutes after midnight.

    ``minute`` None is the time that the person chose, or the usual one. ``texts`` are variants of
    the same step. ``pace`` is the least pace at which it is sent. ``answer_hours`` is how long a
    check-in waits before silence makes a task; ``task_hours`` when that task is due.
    """

    id: str
    day: int
    texts: tuple[Bilingual, ...]
    kind: StepKind = StepKind.TEXT
    minute: int | None = None
    pace: Pace = Pace.LESS
    answer_hours: int = 0
    task_hours: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """A series in one version; ``digest`` covers every word of it, and is what is approved.

    ``name`` is the word of JOIN and LEAVE; ``about_crisis`` asks for two approvals;
    ``allowance_hours`` is how late a step may still be sent; ``adults`` only 18 and older.
    """

    id: str
    version: int
    name: str
    title: Bilingual
    steps: tuple[Step, ...]
    digest: str
    about_crisis: bool = False
    allowance_hours: int = 3
    adults: bool = True

    @property
    def days(self) -> int:
        """The day of the last step."""
        return max((step.day for step in self.steps), default=0)


def named(all_series: Sequence[Series], word: str) -> Series | None:
    """The newest version of the series with this name or id, whatever the case; None if none."""
    plain = word.strip().casefold()
    fits = [s for s in all_series if plain in (s.id.casefold(), s.name.casefold())]
    return max(fits, key=lambda s: s.version, default=None)
