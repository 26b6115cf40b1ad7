"""What the checker can say of whether a plan pays."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """The five answers there are."""

    COVERED = "covered"
    LIKELY = "likely"
    DEPENDS = "depends"
    NOT_COVERED = "not covered"
    UNKNOWN = "unknown"
