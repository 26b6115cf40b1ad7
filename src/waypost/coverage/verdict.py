"""What the checker can say of whether a plan pays."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """The answers there are; the last is for a question that has no sense, such as a network of
    Original Medicare."""

    COVERED = "covered"
    LIKELY = "likely"
    DEPENDS = "depends"
    NOT_COVERED = "not covered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
