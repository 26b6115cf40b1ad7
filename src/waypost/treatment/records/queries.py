"""Reads people in care, their episodes and their team, as value objects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from waypost.treatment.records.alike import alike
from waypost.treatment.records.episode import EpisodeState
from waypost.treatment.records.models import CareTeamSeat, EpisodeOfCare, PersonInCare
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.person import EpisodeSeen, PersonSeen, PersonWords


def people_in_care(owner: Owner, ids: Iterable[str] | None = None) -> dict[str, PersonSeen]:
    """The organization's people by id, those of ``ids`` or all. The caller logs what it shows."""
    rows = PersonInCare.objects.owned_by(owner)
    if ids is not None:
        rows = rows.filter(pk__in=list(ids))
    return {row.pk: _person(row) for row in rows}


def person_in_care(owner: Owner, person: str) -> PersonSeen | None:
    """One person of the organization; None where there is none, or another's."""
    row = PersonInCare.objects.owned_by(owner).filter(pk=person).first()
    return _person(row) if row else None


def people_alike(owner: Owner, words: PersonWords) -> list[PersonSeen]:
    """Whoever has a record here and may be the person of these words, the oldest record first."""
    return [seen for seen in people_in_care(owner).values() if alike(words, seen.words)]


def episodes(owner: Owner, *, person: str = "", state: str = "") -> list[EpisodeSeen]:
    """Episodes, oldest first, of one person or in one state if named."""
    rows = EpisodeOfCare.objects.owned_by(owner)
    if person:
        rows = rows.filter(person=person)
    if state:
        rows = rows.filter(state=state)
    return [_episode(row) for row in rows]


def in_care(owner: Owner) -> frozenset[str]:
    """The ids of the people who are in care now."""
    rows = EpisodeOfCare.objects.owned_by(owner).filter(state=EpisodeState.ACTIVE)
    return frozenset(rows.values_list("person_id", flat=True))


def began_on(owner: Owner) -> dict[str, date]:
    """The first day of the stay of everyone who is in care now."""
    rows = EpisodeOfCare.objects.owned_by(owner).filter(state=EpisodeState.ACTIVE)
    return {person: day or date.min for person, day in rows.values_list("person_id", "started_on")}


def in_care_on(owner: Owner, day: date) -> frozenset[str]:
    """The ids of the people who were in care on a day, that of their end included."""
    rows = EpisodeOfCare.objects.owned_by(owner).filter(started_on__lte=day)
    rows = rows.filter(Q(ended_on=None) | Q(ended_on__gte=day))
    return frozenset(rows.values_list("person_id", flat=True))


def open_episode(owner: Owner, person: str) -> EpisodeSeen | None:
    """The person's episode that has not ended; None where there is none."""
    rows = EpisodeOfCare.objects.owned_by(owner).filter(person=person)
    row = rows.exclude(state=EpisodeState.ENDED).first()
    return _episode(row) if row else None


def on_team(owner: Owner, person: str, staff: str) -> bool:
    """Whether this member of staff is on the person's care team now."""
    seats = CareTeamSeat.objects.owned_by(owner)
    return seats.filter(person=person, staff=staff, until=None).exists()


def on_teams(owner: Owner, staff: str) -> frozenset[str]:
    """The people in care on whose teams this member of staff is now."""
    seats = CareTeamSeat.objects.owned_by(owner).filter(staff=staff, until=None)
    return frozenset(seats.values_list("person", flat=True))


def care_team(owner: Owner, person: str) -> list[tuple[str, str]]:
    """Who is on a person's care team now: the member of staff and their role."""
    seats = CareTeamSeat.objects.owned_by(owner).filter(person=person, until=None)
    return list(seats.values_list("staff", "role"))


def _person(row: PersonInCare) -> PersonSeen:
    return PersonSeen(row.pk, PersonWords.read(row.opened()), row.made_at)


def _episode(row: EpisodeOfCare) -> EpisodeSeen:
    return EpisodeSeen(
        row.pk,
        row.person_id,
        EpisodeState(row.state),
        row.level,
        row.phase,
        row.started_on,
        row.ended_on,
        row.end_reason,
    )
