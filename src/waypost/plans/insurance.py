"""The kinds of insurance that a plan can be of."""

from __future__ import annotations

from enum import StrEnum


class Insurance(StrEnum):
    """What kind of insurance it is."""

    MEDICAID = "medicaid"
    MEDICARE = "medicare"
    ADVANTAGE = "medicare-advantage"
    MARKETPLACE = "marketplace"
    EMPLOYER = "employer"
    FEDERAL = "federal-employee"
    TRICARE = "tricare"
    VA = "va"
    IHS = "ihs"
    STATE_PLAN = "state-plan"
    OUTSIDE = "outside"
    NONE = "none"
    NOT_SURE = "not-sure"
