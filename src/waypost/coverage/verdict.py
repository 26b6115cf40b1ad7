"""What the checker can say about whether a plan pays."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """The possible answers; the last is for a question that makes no sense, such as the network of
    Original Medicare."""

    COVERED = "covered"
    LIKELY = "likely"
    DEPENDS = "depends"
    NOT_COVERED = "not covered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not applicable"
