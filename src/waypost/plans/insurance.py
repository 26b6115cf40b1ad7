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


PAYMENT = {
    Insurance.MEDICAID: "medicaid",
    Insurance.MEDICARE: "medicare",
    Insurance.ADVANTAGE: "medicare",
    Insurance.MARKETPLACE: "private",
    Insurance.EMPLOYER: "private",
    Insurance.FEDERAL: "private",
    Insurance.TRICARE: "military",
    Insurance.VA: "va-funds",
    Insurance.IHS: "tribal",
    Insurance.STATE_PLAN: "state-plan",
}
"""The search's payment option for each kind of insurance; none for no insurance, and none for what
may be no insurance: what programs say of "private insurance" says nothing of a sharing ministry."""
