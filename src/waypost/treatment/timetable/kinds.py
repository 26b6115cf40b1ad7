"""What a group is for, and for whom a specialized group is."""

from __future__ import annotations

from enum import StrEnum


class GroupKind(StrEnum):
    """The kinds of group that an intensive outpatient program runs, as stored."""

    PROCESS = "process"
    SKILLS = "skills"
    RELAPSE_PREVENTION = "relapse-prevention"
    EDUCATION = "education"
    FAMILY = "family"
    CODEPENDENCY = "codependency"
    TWELVE_STEP = "twelve-step"
    WOMEN = "women"
    MEN = "men"
    VETERANS = "veterans"
    LGBTQ = "lgbtq"
    YOUNG_ADULTS = "young-adults"
    TRAUMA = "trauma"


SPECIALIZED = frozenset(
    {
        GroupKind.WOMEN,
        GroupKind.MEN,
        GroupKind.VETERANS,
        GroupKind.LGBTQ,
        GroupKind.YOUNG_ADULTS,
        GroupKind.TRAUMA,
    }
)
"""Groups that only people for whom they are attend."""
