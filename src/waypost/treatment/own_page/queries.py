"""Reads check-ins and absences that people announced, as value objects."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet
from django.utils.timezone import make_aware

from waypost.treatment.own_page.models import CannotCome, CheckIn, PersonLink
from waypost.treatment.records.owner import Owner


@dataclass(frozen=True, slots=True)
class CheckInSeen:
    """The answers to the BAM that a person gave, item id to choice code."""

    person: str
    at: datetime
    answers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class AbsenceSeen:
    """A person said that they cannot come on a day, to which session, and why."""

    person: str
    on: date
    session: str
    reason: str = field(repr=False)
    at: datetime


def check_ins(
    owner: Owner, person: str = "", *, days: tuple[date, date] | None = None
) -> list[CheckInSeen]:
    """Check-ins, oldest first, of one person or of all; of some days where ``days`` are named, the
    first and the last, by the clock that holds."""
    rows = _rows_of_days(owner, days) if days else CheckIn.objects.owned_by(owner)
    if person:
        rows = rows.filter(person=person)
    return [_check_in(row) for row in rows]


def first_and_last_check_ins(
    owner: Owner, days: tuple[date, date], is_whole: Callable[[Mapping[str, str]], bool]
) -> list[CheckInSeen]:
    """The first and the last whole check-in on these days of everyone who has two; no more of them
    are opened than that takes."""
    of_person: dict[str, list[CheckIn]] = {}
    for row in _rows_of_days(owner, days):
        of_person.setdefault(row.person_id, []).append(row)
    pairs = (_first_and_last(rows, is_whole) for rows in of_person.values())
    return [seen for pair in pairs for seen in pair]


def _first_and_last(
    rows: list[CheckIn], is_whole: Callable[[Mapping[str, str]], bool]
) -> list[CheckInSeen]:
    for number, row in enumerate(rows):
        first = _check_in(row)
        if is_whole(first.answers):
            later = (_check_in(after) for after in reversed(rows[number + 1 :]))
            last = next((seen for seen in later if is_whole(seen.answers)), None)
            return [first, last] if last else []
    return []


def _rows_of_days(owner: Owner, days: tuple[date, date]) -> QuerySet[CheckIn]:
    first, after = days[0], days[1] + timedelta(days=1)
    begin, end = (make_aware(datetime.combine(day, time())) for day in (first, after))
    return CheckIn.objects.owned_by(owner).filter(at__gte=begin, at__lt=end)


def _check_in(row: CheckIn) -> CheckInSeen:
    return CheckInSeen(row.person_id, row.at, row.opened()["answers"])


def announced_absences(owner: Owner, *, since: date, person: str = "") -> list[AbsenceSeen]:
    """Who cannot come from a day on, by day; whoever keeps the days asks for it."""
    rows = CannotCome.objects.owned_by(owner).filter(on__gte=since)
    if person:
        rows = rows.filter(person=person)
    return [_absence(row) for row in rows]


def link_made_at(owner: Owner, person: str, now: datetime) -> datetime | None:
    """When the link that works now was made; None where there is none."""
    rows = PersonLink.objects.owned_by(owner).filter(person=person, revoked_at=None)
    row = rows.filter(expires_at__gt=now).last()
    return row.made_at if row else None


def link_works(owner: Owner, link: str, now: datetime) -> bool:
    """Whether a link that opened the page still may: neither revoked nor expired since."""
    rows = PersonLink.objects.owned_by(owner).filter(pk=link, revoked_at=None)
    return rows.filter(expires_at__gt=now).exists()


def _absence(row: CannotCome) -> AbsenceSeen:
    words = row.opened()
    return AbsenceSeen(row.person_id, row.on, words["session"], words["reason"], row.at)
