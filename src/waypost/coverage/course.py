"""How many visits a course of care has: stages of weeks with a number of days each."""

from __future__ import annotations

from dataclasses import dataclass

MAX_STAGES = 6
MAX_WEEKS = 52
MAX_DAYS = 7


class BadCourse(ValueError):
    """A course that is not weeks by days, or has none or too many of them."""


class CourseTooLong(BadCourse):
    """More than a year, which is more than one estimate can say."""


@dataclass(frozen=True, slots=True)
class Stage:
    """``weeks`` weeks with ``days`` days of care in each."""

    weeks: int
    days: int


@dataclass(frozen=True, slots=True)
class Course:
    """Stages in their order; each day of care is one visit."""

    stages: tuple[Stage, ...]

    def __post_init__(self) -> None:
        if not 1 <= len(self.stages) <= MAX_STAGES:
            raise BadCourse(f"not 1 to {MAX_STAGES} stages")
        for stage in self.stages:
            if not (1 <= stage.weeks <= MAX_WEEKS and 1 <= stage.days <= MAX_DAYS):
                raise BadCourse("not 1 to 52 weeks of 1 to 7 days each")
        if self.weeks > MAX_WEEKS:
            raise CourseTooLong(f"more than {MAX_WEEKS} weeks")

    @property
    def visits(self) -> int:
        """How many days of care there are in all."""
        return sum(stage.weeks * stage.days for stage in self.stages)

    @property
    def weeks(self) -> int:
        """How many weeks the course lasts."""
        return sum(stage.weeks for stage in self.stages)

    def __str__(self) -> str:
        return ",".join(f"{stage.weeks}x{stage.days}" for stage in self.stages)


DEFAULT_COURSE = Course((Stage(8, 3), Stage(2, 2), Stage(2, 1)))
"""Three days a week for eight weeks, then fewer: an example to edit, not a prescription."""


def read_course(text: str) -> Course:
    """Read ``8x3,2x2`` (weeks by days).

    Raises:
        BadCourse: other text, or numbers out of bounds.
    """
    stages = []
    for piece in text.split(","):
        weeks, by, days = piece.strip().partition("x")
        if not by or not all(n.isascii() and n.isdigit() and len(n) <= 2 for n in (weeks, days)):
            raise BadCourse("not weeks by days")
        stages.append(Stage(int(weeks), int(days)))
    return Course(tuple(stages))
