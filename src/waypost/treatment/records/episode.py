"""An episode of care: its states, the moves between them, and the coded reasons for an end."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from waypost.treatment.faults import TreatmentFault
from waypost.values.coded_fault import CodedError, CodedFault


class EpisodeState(StrEnum):
    """Where a stay in the program stands."""

    PLANNED = "planned"
    ACTIVE = "active"
    ENDED = "ended"


MOVES: Mapping[EpisodeState, frozenset[EpisodeState]] = {
    EpisodeState.PLANNED: frozenset({EpisodeState.ACTIVE, EpisodeState.ENDED}),
    EpisodeState.ACTIVE: frozenset({EpisodeState.ENDED}),
    EpisodeState.ENDED: frozenset(),
}
"""The legal moves; whoever comes back begins a new episode."""


class EndReason(StrEnum):
    """Why an episode ended, after the reasons for discharge of Colorado's reporting guide
    (CoBHRM FHIR IG); completing and moving to another level are told apart from the rest.
    """

    COMPLETED = "completed"
    OTHER_LEVEL = "moved to another level"
    ATTENDANCE = "attendance"
    CLIENT_DECISION = "own decision"
    LOST_CONTACT = "stopped coming, contact failed"
    PAYMENT = "payment"
    NO_PROGRESS = "lack of progress"
    MEDICAL = "medical"
    DEPLOYMENT = "deployment"
    MOVED = "moved away"
    INCARCERATED = "incarcerated"
    DIED = "died"
    CLOSED = "program closed"


class BadMove(CodedError, ValueError):
    """A move that an episode in this state cannot make."""


def checked_move(now_at: EpisodeState, to: EpisodeState, reason: str) -> None:
    """Refuse a move that is not legal, and an end without a coded reason.

    Raises:
        BadMove: it is not legal, or has no coded reason.
    """
    if to not in MOVES[now_at]:
        facts = {"was": now_at.value, "to": to.value}
        raise BadMove(CodedFault(TreatmentFault.EPISODE_MOVE, facts=facts))
    if to is EpisodeState.ENDED and reason not in set(EndReason):
        raise BadMove(TreatmentFault.EPISODE_REASON)
