"""How a carrier's statuses move a row: only forward, whatever the order they come in."""

from __future__ import annotations

from waypost.texting.lanes import RowState

_RANK = {
    "accepted": 0,
    "scheduled": 0,
    "queued": 1,
    "sending": 2,
    "sent": 3,
    "undelivered": 4,
    "failed": 4,
    "canceled": 4,
    "partially_delivered": 4,
    "delivered": 5,
    "read": 5,
}
"""Twilio's statuses, "Message resource"; one that is unknown moves nothing."""

OPTED_OUT = frozenset({"21610", "40300"})
"""The carrier knows that the person opted out (Twilio, Telnyx)."""
BAD_NUMBER = frozenset({"21211", "21614", "30003", "30005", "30006", "40310"})
"""The number is bad or dead, or cannot receive texts."""
FILTERED = frozenset({"30007", "30034", "40002"})
"""The network refuses our texts: the operator must look at it."""
SUSPEND_AT = 3
"""After so many failures a number is no longer texted."""


def state_after(state: RowState, status: str) -> RowState:
    """Where a row stands after a status; delivered is never undone, and failed only by it."""
    rank = _RANK.get(status)
    if rank is None or rank < 3 or state in (RowState.DELIVERED, RowState.DROPPED):
        return state
    if rank == 5:
        return RowState.DELIVERED
    if rank == 4:
        return RowState.FAILED
    return RowState.SENT if state is not RowState.FAILED else state
