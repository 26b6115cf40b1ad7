"""Reads what clinicians decided, and transition plans."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from waypost.treatment.progress.models import ProgressDecision, TransitionPlan
from waypost.treatment.progress.transition import TransitionWords
from waypost.treatment.records.owner import Owner


@dataclass(frozen=True, slots=True)
class DecisionSeen:
    """A decision with its reason."""

    decision: str
    rules: tuple[str, ...]
    reason: str = field(repr=False)
    at: datetime
    by: str


def decisions(owner: Owner, person: str) -> list[DecisionSeen]:
    """What was decided for a person, newest first."""
    rows = ProgressDecision.objects.owned_by(owner).filter(person=person).order_by("-at")
    return [
        DecisionSeen(row.decision, tuple(row.rules), row.opened()["reason"], row.at, row.by)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class TransitionSeen:
    """A transition plan; ``version`` is when it was kept, '' before anybody kept one."""

    words: TransitionWords
    version: str = ""
    by: str = ""


def transition_of(owner: Owner, episode: str) -> TransitionSeen:
    """The transition plan of an episode; an empty one where there is none."""
    row = TransitionPlan.objects.owned_by(owner).filter(episode=episode).first()
    if row is None:
        return TransitionSeen(TransitionWords())
    return TransitionSeen(TransitionWords.read(row.opened()), row.at.isoformat(), row.by)
