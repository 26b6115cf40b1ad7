"""Keeps decisions on progress and transition plans, and plans the calls after an end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.treatment.attendance.actions import add_task, drop_task, drop_tasks, expect_no_more
from waypost.treatment.attendance.task_kinds import TaskKind
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.own_page.actions import revoke_links
from waypost.treatment.progress.models import ProgressDecision, TransitionPlan
from waypost.treatment.progress.rules import Suggested
from waypost.treatment.progress.transition import (
    ContinuingCare,
    TransitionGap,
    TransitionWords,
    day_of,
    gaps_of,
)
from waypost.treatment.records.actions import locked_episode, move_episode
from waypost.treatment.records.drafts import ChangedMeanwhile, Version
from waypost.treatment.records.episode import EndReason, EpisodeState
from waypost.treatment.records.ids import new_id
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import EpisodeSeen
from waypost.treatment.timetable.actions import openings_follow
from waypost.treatment.wall.queries import wall_day
from waypost.treatment.who_may import RecordStanding, may_decide
from waypost.values.coded_fault import CodedError

STAY = "stay"
A_DAY = timedelta(days=1)
GAP_TASKS = {
    TransitionGap.NEXT_VISIT: TaskKind.BOOK_VISIT,
    TransitionGap.NALOXONE: TaskKind.NALOXONE,
    TransitionGap.CONTINUING_CARE: TaskKind.CONTINUING_CARE,
}
GAP_DUE = {
    TransitionGap.NEXT_VISIT: timedelta(days=2),
    TransitionGap.NALOXONE: timedelta(days=0),
    TransitionGap.CONTINUING_CARE: timedelta(days=2),
}
"""Our own setting: naloxone cannot wait, for the risk of an overdose rises after care."""
FOLLOW_UPS = {30: TaskKind.FOLLOW_UP_30, 90: TaskKind.FOLLOW_UP_90}


class UndecidedProgress(CodedError, ValueError):
    """A decision that may not be made so."""


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
        raise UndecidedProgress(refusal)
    if decision not in {*Suggested, STAY}:
        raise UndecidedProgress(TreatmentFault.DECISION)
    if not reason.strip():
        raise UndecidedProgress(TreatmentFault.DECISION_REASON)
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
    owner: Owner,
    *,
    episode: EpisodeSeen,
    words: TransitionWords,
    read_version: str,
    by: str,
    now: datetime,
) -> None:
    """Keep a transition plan in place of the one read, whose continuing care stays.

    What it lacks becomes a task, and so does asking about the next visit; what it has no longer is
    one. ``read_version`` is `TransitionSeen.version`.

    Raises:
        ChangedMeanwhile: somebody kept another meanwhile; nothing of theirs is lost.
    """
    row = _plan_row(owner, episode.id)
    if row is not None and row.at.isoformat() != read_version:
        raise ChangedMeanwhile(Version(0, row.opened(), row.at, row.by))
    kept = TransitionWords.read(row.opened()) if row else TransitionWords()
    _keep(owner, row, episode, replace(words, care=kept.care), by, now)


@transaction.atomic
def choose_care(
    owner: Owner, *, episode: EpisodeSeen, care: ContinuingCare, by: str, now: datetime
) -> None:
    """Keep where care continues, as it stands in the directory today; an empty one takes it out."""
    row = _plan_row(owner, episode.id)
    kept = TransitionWords.read(row.opened()) if row else TransitionWords()
    if care.name:
        care = replace(care, chosen_on=wall_day(owner, now).isoformat())
    _keep(owner, row, episode, replace(kept, care=care), by, now)


def _plan_row(owner: Owner, episode: str) -> TransitionPlan | None:
    locked_episode(owner, episode)
    rows = TransitionPlan.objects.owned_by(owner)
    return rows.select_for_update().filter(episode=episode).first()


def _keep(
    owner: Owner,
    row: TransitionPlan | None,
    episode: EpisodeSeen,
    words: TransitionWords,
    by: str,
    now: datetime,
) -> None:
    number = row.pk if row else new_id("tra")
    sealed = TransitionPlan.sealed(number, asdict(words))
    if row is None:
        TransitionPlan.objects.owned_by(owner).create(
            id=number, person=episode.person, episode=episode.id, words=sealed, at=now, by=by
        )
    else:
        row.words, row.at, row.by = sealed, now, by
        row.save(update_fields=["words", "at", "by"])
    record_event(act="transition plan kept", record=episode.person, by=by, now=now)
    if episode.end_reason != EndReason.DIED:
        _tasks_of_plan(owner, episode, words, now)
        if episode.ended_on:
            plan_follow_ups(owner, episode=episode, ended_on=episode.ended_on, now=now)


def _tasks_of_plan(
    owner: Owner, episode: EpisodeSeen, words: TransitionWords, now: datetime
) -> None:
    """A task for each gap; where a gap is closed, its task that nobody has done goes again."""
    today = wall_day(owner, now)
    gaps = set(gaps_of(words, today))
    visit = None if TransitionGap.NEXT_VISIT in gaps else day_of(words.next_visit_on)
    common: dict[str, Any] = {"person": episode.person, "source": episode.id}
    for gap, kind in GAP_TASKS.items():
        if gap in gaps:
            add_task(owner, kind=kind, due=today + GAP_DUE[gap], now=now, **common)
        else:
            drop_task(owner, kind=kind, **common)
    drop_task(owner, kind=TaskKind.ASK_VISIT, **common)
    if visit is not None:
        add_task(owner, kind=TaskKind.ASK_VISIT, due=visit + A_DAY, now=now, **common)


@transaction.atomic
def end_episode(
    owner: Owner, *, episode: EpisodeSeen, on: date, reason: str, by: str, now: datetime
) -> None:
    """End an episode with one of `EndReason`, and plan what follows; all of it or nothing.

    They are expected on no later day, and their place is open again.
    Nobody is called about somebody who died: their tasks end, and their private link closes.

    Raises:
        BadMove: it has ended already, or there is no such reason.
    """
    move_episode(
        owner, episode=episode.id, to=EpisodeState.ENDED, on=on, by=by, now=now, reason=reason
    )
    expect_no_more(owner, person=episode.person, after=on)
    openings_follow(owner, by=by, now=now)
    if reason == EndReason.DIED:
        drop_tasks(owner, person=episode.person)
        revoke_links(owner, person=episode.person, by=by, now=now)
        return
    plan_follow_ups(owner, episode=episode, ended_on=on, now=now)
    row = _plan_row(owner, episode.id)
    words = TransitionWords.read(row.opened()) if row else TransitionWords()
    _tasks_of_plan(owner, episode, words, now)


def plan_follow_ups(owner: Owner, *, episode: EpisodeSeen, ended_on: date, now: datetime) -> int:
    """The calls at 30 and 90 days after an end, each once; how many are new."""
    return sum(
        add_task(
            owner,
            person=episode.person,
            kind=kind,
            source=episode.id,
            due=ended_on + timedelta(days=days),
            now=now,
        )
        for days, kind in FOLLOW_UPS.items()
    )
