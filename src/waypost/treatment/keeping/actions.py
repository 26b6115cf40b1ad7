"""Seals again with the newest key, and erases records whose time of keeping is over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import transaction

from waypost.audit.actions import record_event
from waypost.treatment.attendance.actions import forget_in_notes
from waypost.treatment.keeping.queries import erasable_from
from waypost.treatment.records.actions import locked_person
from waypost.treatment.records.models import OwnedRow
from waypost.treatment.records.owner import Owner
from waypost.treatment.records.sealing import place_of
from waypost.treatment.timetable.models import CalendarFeed

CHUNK = 500
PERSON = "person"


class MustBeKept(ValueError):
    """A record whose time of keeping is not over.

    ``until`` is the day on which it is; None while care goes on, since no day is known then.
    """

    def __init__(self, until: date | None) -> None:
        super().__init__(f"This record must be kept until {until or 'care has ended'}.")
        self.until = until


@dataclass(frozen=True, slots=True)
class ErasureReport:
    """What a run erased, how many records stay, and the next day on which one may go."""

    erased: tuple[str, ...]
    kept: int
    next_on: date | None


def seal_again(owner: Owner, *, most: int = 1_000_000) -> int:
    """Seal with the newest key what an older one sealed; how many texts. Run until it is 0.

    A text that somebody changes at the same moment is left to the next run, so nothing is lost.
    """
    ring, done = settings.WAYPOST_KEYRING, 0
    for table in _tables():
        name = table._meta.label_lower
        for column in table.sealed_columns:
            rows = table.objects.owned_by(owner).exclude(**{column: ""})
            for pk, text in rows.values_list("pk", column).iterator(chunk_size=CHUNK):
                if ring.is_newest(text) or done >= most:
                    continue
                place = place_of(name, pk, column)
                fresh = ring.seal(ring.open(text, place), place)
                unchanged = table.objects.owned_by(owner).filter(pk=pk, **{column: text})
                done += unchanged.update(**{column: fresh})
    return done


@transaction.atomic
def erase_person(owner: Owner, *, person: str, today: date, by: str, now: datetime) -> None:
    """Erase every row of a person; the audit keeps that it was done, without a word of theirs.

    Raises:
        MustBeKept: they are in care, or the time of keeping is not over.
    """
    row = locked_person(owner, person)
    until = erasable_from(owner)[person]
    if until is None or today < until:
        raise MustBeKept(until)
    forget_in_notes(owner, person=person)
    CalendarFeed.objects.owned_by(owner).filter(subject=person).delete()
    for table in _tables(every=True):
        if any(field.name == PERSON and not field.is_relation for field in table._meta.fields):
            table.objects.owned_by(owner).filter(person=person).delete()
    row.delete()  # and with it whatever refers to it
    record_event(act="record erased", record=person, by=by, now=now)


def erase_due(owner: Owner, *, today: date, by: str, now: datetime) -> ErasureReport:
    """Erase every record whose time of keeping is over, one transaction each, and report."""
    days = erasable_from(owner)
    due = sorted(number for number, day in days.items() if day is not None and day <= today)
    for person in due:
        erase_person(owner, person=person, today=today, by=by, now=now)
    later = [day for day in days.values() if day is not None and day > today]
    return ErasureReport(tuple(due), len(days) - len(due), min(later, default=None))


def _tables(*, every: bool = False) -> Iterator[Any]:
    """The tables of treatment with sealed columns, or every one of them."""
    for table in apps.get_models():
        if issubclass(table, OwnedRow) and (every or table.sealed_columns):
            yield table
