"""Admits people, moves their episodes, and names their care team; each act is one audit event."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.audit.queries import events
from waypost.treatment.faults import TreatmentFault
from waypost.treatment.records.drafts import ChangedMeanwhile, Version
from waypost.treatment.records.episode import BadMove, EpisodeState, checked_move
from waypost.treatment.records.ids import EPISODE, PERSON, new_id
from waypost.treatment.records.models import (
    CareTeamSeat,
    EpisodeOfCare,
    EpisodeStatus,
    PersonInCare,
)
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import PersonWords

CHANGED = "person changed"


class NoSuchRecord(LookupError):
    """There is no such record of this organization."""


@transaction.atomic
def add_person(owner: Owner, *, words: PersonWords, by: str, now: datetime) -> str:
    """A new person in care; their id."""
    number = new_id(PERSON)
    rows = PersonInCare.objects.owned_by(owner)
    rows.create(id=number, words=_sealed(number, words), made_at=now)
    record_event(act="person added", record=number, by=by, now=now)
    return number


@transaction.atomic
def change_person(
    owner: Owner, *, person: str, words: PersonWords, read_version: str, by: str, now: datetime
) -> None:
    """Replace what is known of a person; the same words a second time change nothing.

    Raises:
        ChangedMeanwhile: somebody saved other words after those of ``read_version``
            (`PersonWords.version`). NoSuchRecord: there is no such person.
    """
    row = locked_person(owner, person)
    kept = PersonWords.read(row.opened())
    if kept == words:
        return
    if kept.version != read_version:
        raise ChangedMeanwhile(_newest(row, kept))
    row.words = _sealed(person, words)
    row.save(update_fields=["words"])
    record_event(act=CHANGED, record=person, by=by, now=now)


@transaction.atomic
def open_new_episode(
    owner: Owner, *, person: str, level: str, by: str, now: datetime, starts_on: date | None = None
) -> str:
    """A planned episode, or an active one where ``starts_on`` is given; its id.

    Raises:
        BadMove: the person has an episode that has not ended.
    """
    row = locked_person(owner, person)
    rows = EpisodeOfCare.objects.owned_by(owner)
    if rows.filter(person=row).exclude(state=EpisodeState.ENDED).exists():
        raise BadMove(TreatmentFault.EPISODE_OPEN)
    state = EpisodeState.ACTIVE if starts_on else EpisodeState.PLANNED
    episode = rows.create(
        id=new_id(EPISODE), person=row, state=state, level=level, started_on=starts_on
    )
    _status(owner, episode, "", by, now)
    return str(episode.pk)


@transaction.atomic
def move_episode(
    owner: Owner,
    *,
    episode: str,
    to: EpisodeState,
    on: date,
    by: str,
    now: datetime,
    reason: str = "",
) -> None:
    """Start or end an episode on a day; an end has one of `EndReason`.

    Raises:
        BadMove: the move is not legal. NoSuchRecord: there is no such episode.
    """
    row = locked_episode(owner, episode)
    checked_move(EpisodeState(row.state), to, reason)
    row.state = to
    if to is EpisodeState.ACTIVE:
        row.started_on = on
    else:
        row.ended_on, row.end_reason = on, reason
    row.save()
    _status(owner, row, reason, by, now)


@transaction.atomic
def change_level(
    owner: Owner,
    *,
    episode: str,
    level: str,
    phase: int,
    reason: str,
    by: str,
    now: datetime,
) -> None:
    """Another level or phase of an open episode, by a clinician's decision (a coded reason).

    Raises:
        BadMove: the episode has ended, or no reason is given.
    """
    row = locked_episode(owner, episode)
    if row.state == EpisodeState.ENDED:
        raise BadMove(TreatmentFault.EPISODE_ENDED)
    if not reason.strip():
        raise BadMove(TreatmentFault.LEVEL_REASON)
    row.level, row.phase = level, phase
    row.save(update_fields=["level", "phase"])
    _status(owner, row, reason, by, now)


@transaction.atomic
def join_team(owner: Owner, *, person: str, staff: str, role: str, by: str, now: datetime) -> None:
    """Put a member of staff ("person:7") on a care team; a second time changes nothing."""
    row = locked_person(owner, person)
    seats = CareTeamSeat.objects.owned_by(owner)
    if not seats.filter(person=row, staff=staff, until=None).exists():
        seats.create(id=new_id("seat"), person=row, staff=staff, role=role, since=now)
        record_event(act=f"{staff} joined the team as {role}", record=person, by=by, now=now)


@transaction.atomic
def leave_team(owner: Owner, *, person: str, staff: str, by: str, now: datetime) -> None:
    """Take somebody off a care team; a second time changes nothing."""
    seats = CareTeamSeat.objects.owned_by(owner).filter(person=person, staff=staff, until=None)
    if seats.update(until=now):
        record_event(act=f"{staff} left the team", record=person, by=by, now=now)


def locked_person(owner: Owner, person: str) -> PersonInCare:
    """The person's row, locked until the transaction ends; `NoSuchRecord` where there is none."""
    row = PersonInCare.objects.owned_by(owner).select_for_update().filter(pk=person).first()
    if row is None:
        raise NoSuchRecord("There is no such person here.")
    return row


def locked_episode(owner: Owner, episode: str) -> EpisodeOfCare:
    """The episode's row, locked until the transaction ends; `NoSuchRecord` where there is none."""
    row = EpisodeOfCare.objects.owned_by(owner).select_for_update().filter(pk=episode).first()
    if row is None:
        raise NoSuchRecord("There is no such episode here.")
    return row


def _newest(row: PersonInCare, kept: PersonWords) -> Version:
    """What is kept of a person; who saved it, only the audit has."""
    saved = next(iter(events(record=row.pk, act=CHANGED, most=1)), None)
    return Version(0, asdict(kept), saved.at if saved else None, saved.actor if saved else "")


def _sealed(number: str, words: PersonWords) -> str:
    return PersonInCare.sealed(number, asdict(words))


def _status(owner: Owner, row: EpisodeOfCare, reason: str, by: str, now: datetime) -> None:
    EpisodeStatus.objects.owned_by(owner).create(
        id=new_id("est"),
        episode=row,
        state=row.state,
        level=row.level,
        phase=row.phase,
        reason=reason[:40],
        at=now,
        by=by,
    )
    record_event(act=f"episode is {row.state}, {row.level}", record=row.pk, by=by, now=now)
