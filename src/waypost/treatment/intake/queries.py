"""Reads referrals, pre-screens, the waiting list and assessments, as value objects."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from waypost.treatment.intake.dimensions import Decision
from waypost.treatment.intake.models import (
    Assessment,
    AssessmentPart,
    ReferralTaken,
    Screening,
    Waiting,
)
from waypost.treatment.intake.referral import CameBy, ReferralWords
from waypost.treatment.intake.waiting import LeftList, Priority, WaitingPerson, in_order
from waypost.treatment.records.drafts import EMPTY, Version
from waypost.treatment.records.owner import Owner
from waypost.treatment.wall.queries import zone_of


@dataclass(frozen=True, slots=True)
class ReferralSeen:
    """A referral as it was taken."""

    id: str
    person: str
    came_by: CameBy
    at: datetime
    by: str
    words: ReferralWords = field(repr=False)


@dataclass(frozen=True, slots=True)
class AssessmentSeen:
    """An assessment: its parts' newest versions, and the decision once it is signed."""

    id: str
    person: str
    begun_at: datetime
    signed_at: datetime | None
    signed_by: str
    parts: Mapping[str, Version] = field(repr=False)
    decision: Decision | None = field(repr=False)

    @property
    def words(self) -> dict[str, Mapping[str, Any]]:
        """What each part's newest version says."""
        return {name: version.words for name, version in self.parts.items()}


def referrals(owner: Owner, person: str = "") -> list[ReferralSeen]:
    """Referrals, oldest first, of one person or of all."""
    rows = ReferralTaken.objects.owned_by(owner)
    if person:
        rows = rows.filter(person=person)
    return [
        ReferralSeen(
            row.pk,
            row.person_id,
            CameBy(row.came_by),
            row.at,
            row.by,
            ReferralWords.read(row.opened()),
        )
        for row in rows
    ]


def whose_referral(owner: Owner, number: str) -> str:
    """The person of the referral with this id; '' where there is none."""
    rows = ReferralTaken.objects.owned_by(owner).filter(pk=number)
    return rows.values_list("person", flat=True).first() or ""


def newest_screening(owner: Owner, person: str) -> Version:
    """The newest version of a person's pre-screen, `EMPTY` where there is none."""
    row = Screening.objects.owned_by(owner).filter(person=person).order_by("-version").first()
    return row.seen() if row else EMPTY


def waiting_list(owner: Owner) -> list[WaitingPerson]:
    """Everybody who waits now, in order."""
    rows = Waiting.objects.owned_by(owner).filter(until=None)
    return in_order(_waiting(row) for row in rows)


def waits_since(owner: Owner, person: str) -> datetime | None:
    """Since when a person is on the waiting list; None where they are not."""
    row = Waiting.objects.owned_by(owner).filter(person=person, until=None).first()
    return row.since if row else None


def waits(owner: Owner) -> list[tuple[datetime, datetime | None]]:
    """Every stay on the waiting list of those who were admitted or wait still: since, until.

    Both are on the program's clock.
    """
    zone = zone_of(owner)
    rows = Waiting.objects.owned_by(owner).filter(left__in=("", LeftList.ADMITTED))
    stays = rows.values_list("since", "until")
    return [(s.astimezone(zone), until and until.astimezone(zone)) for s, until in stays]


def assessments(owner: Owner, person: str, *, parts: bool = True) -> list[AssessmentSeen]:
    """A person's assessments, oldest first; where ``parts`` is false, without what they say."""
    rows = list(Assessment.objects.owned_by(owner).filter(person=person))
    newest = _newest_parts(owner, [row.pk for row in rows] if parts else [])
    return [_assessment(row, newest.get(row.pk, {})) for row in rows]


def assessment(owner: Owner, number: str) -> AssessmentSeen | None:
    """One assessment; None where there is none, or another organization's."""
    row = Assessment.objects.owned_by(owner).filter(pk=number).first()
    return _assessment(row, _newest_parts(owner, [row.pk])[row.pk]) if row else None


def part_versions(owner: Owner, number: str, part: str) -> list[Version]:
    """Every version of one part, oldest first."""
    rows = AssessmentPart.objects.owned_by(owner).filter(assessment=number, part=part)
    return [row.seen() for row in rows.order_by("version")]


def _waiting(row: Waiting) -> WaitingPerson:
    words = row.opened()
    priority = Priority(words["priority"])
    return WaitingPerson(row.pk, row.person_id, row.since, priority, words["reason"])


def _newest_parts(owner: Owner, numbers: list[str]) -> dict[str, dict[str, Version]]:
    """The newest version of each part of these assessments; the older ones are not opened."""
    rows = AssessmentPart.objects.owned_by(owner).filter(assessment__in=numbers)
    newest = {(row.assessment_id, row.part): row for row in rows.order_by("version")}
    opened: dict[str, dict[str, Version]] = {number: {} for number in numbers}
    for (number, part), row in newest.items():
        opened[number][part] = row.seen()
    return opened


def _assessment(row: Assessment, newest: Mapping[str, Version]) -> AssessmentSeen:
    decision = Decision(**row.opened()) if row.words else None
    return AssessmentSeen(
        row.pk, row.person_id, row.begun_at, row.signed_at, row.signed_by, newest, decision
    )
