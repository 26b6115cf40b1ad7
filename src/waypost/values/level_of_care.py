"""The levels of care that a search, a payer and a plan can be asked about."""

from __future__ import annotations

from enum import StrEnum


class LevelOfCare(StrEnum):
    """A level of care by its name in the search, with its number in The ASAM Criteria if any."""

    IOP = "iop"  # 2.1
    OUTPATIENT = "outpatient"  # 1.0
    PHP = "php"  # 2.5
    RESIDENTIAL = "residential"  # 3.1 to 3.5
    WITHDRAWAL = "withdrawal"
    OTP = "otp"


OVERNIGHT = frozenset({LevelOfCare.RESIDENTIAL, LevelOfCare.WITHDRAWAL})
"""Overnight care, paid by the stay; the rest is paid by the visit or the day."""
