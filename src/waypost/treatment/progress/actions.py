"""Keeps decisions on progress and transition plans, and plans the calls after an end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.treatment.attendance.actions import add_task
from waypost.treatment.attendance.task_kinds import TaskKind
from waypost.treatment.progress.models import ProgressDecision, TransitionPlan
from waypost.treatment.progress.rules import Suggested
from waypost.treatment.progress.transition import TransitionWords
from waypost.treatment.records.actions import move_episode
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import EpisodeSeen
from waypost.treatment.who_may import RECORD_REFUSALS, RecordStanding, may_decide

STAY = "stay"
FOLLOW_UPS = {30: TaskKind.FOLLOW_UP_30, 90: TaskKind.FOLLOW_UP_90}


class UndecidedProgress(ValueError):
    """A decision that may not be made so; the message says why."""


@transaction.atomic
def decide(
    owner: Owner,
    *,
    person: str,
    decision: str,
    reason: str,
    rules: Iterable[str],
    standing: RecordStanding,
    by: str,
    now: datetime,
) -> None:
    """Keep what a clinician decided: fewer, more, lower, higher, or stay, with a reason.

    It changes nothing by itself: the plan and the level are changed where they are kept.

    Raises:
        UndecidedProgress: no clinician, no such decision, or no reason.
    """
    refusal = may_decide(standing)
    if refusal is not None:
        raise UndecidedProgress(RECORD_REFUSALS[refusal])
    if decision not in {*Suggested, STAY}:
        raise UndecidedProgress("Choose what you decide.")
    if not reason.strip():
        raise UndecidedProgress("Write the reason for the decision.")
    number = new_id("dec")
    ProgressDecision.objects.owned_by(owner).create(
        id=number,
        person=person,
        decision=decision,
        rules=list(rules),
        words=ProgressDecision.sealed(number, {"reason": reason.strip()}),
        at=now,
        by=by,
    )
    record_event(act="decided on progress", record=person, by=by, now=now)


@transaction.atomic
def keep_transition(
    owner: Owner, *, person: str, episode: str, words: TransitionWords, by: str, now: datetime
) -> None:
    """Keep a transition plan in place of the one before."""
    rows = TransitionPlan.objects.owned_by(owner)
    row = rows.select_for_update().filter(episode=episode).first()
    number = row.pk if row else new_id("tra")
    sealed = TransitionPlan.sealed(number, asdict(words))
    if row is None:
        rows.create(id=number, person=person, episode=episode, words=sealed, at=now, by=by)
    else:
        row.words, row.at, row.by = sealed, now, by
        row.save(update_fields=["words", "at", "by"])
    record_event(act="transition plan kept", record=person, by=by, now=now)


@transaction.atomic
def end_episode(
    owner: Owner, *, episode: EpisodeSeen, on: date, reason: str, by: str, now: datetime
) -> None:
    """End an episode with one of `EndReason`, and plan the two calls; both or neither.

    Raises:
        BadMove: it has ended already, or there is no such reason.
    """
    move_episode(
        owner, episode=episode.id, to=EpisodeState.ENDED, on=on, by=by, now=now, reason=reason
    )
    plan_follow_ups(owner, person=episode.person, episode=episode.id, ended_on=on, now=now)


def plan_follow_ups(
    owner: Owner, *, person: str, episode: str, ended_on: date, now: datetime
) -> int:
    """The calls at 30 and 90 days after an end, each once; how many are new."""
    return sum(
        add_task(
            owner,
            person=person,
            kind=kind,
            source=episode,
            due=ended_on + timedelta(days=days),
            now=now,
        )
        for days, kind in FOLLOW_UPS.items()
    )
