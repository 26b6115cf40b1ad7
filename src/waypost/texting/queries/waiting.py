"""Texts that wait to be handled, with what a first look at them needs."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Max, Min, Q, Window
from django.db.models.functions import RowNumber

from waypost.files.keyring import CannotOpen
from waypost.texting.crisis.tiers import JOINED, Tier
from waypost.texting.models import CrisisCase, HeardText
from waypost.texting.queries.sealed import HEARD, opened


@dataclass(frozen=True, slots=True)
class WaitingText:
    """A text that came in; ``earlier`` are the five before it with their times, the oldest first.

    ``after_danger``: a case of the person is open, or one of those texts was read as a sign.
    """

    id: int
    contact: int
    at: datetime
    text: str
    language: str
    earlier: Sequence[tuple[datetime, str]]
    after_danger: bool


def oldest_waiting(most: int, now: datetime) -> list[int]:
    """The oldest unhandled text of each person of whom nobody handles one, however many wait."""
    waiting = HeardText.objects.filter(handled_at=None).order_by().values("contact")
    people = waiting.annotate(first=Min("pk"), busy_until=Max("lease_until"))
    free = people.filter(Q(busy_until=None) | Q(busy_until__lte=now))
    return sorted(free.order_by("first").values_list("first", flat=True)[:most])


def newer_waiting(after: int, most: int) -> list[tuple[int, int]]:
    """Unhandled texts that nobody has taken and that came after a number: theirs, and whose."""
    rows = HeardText.objects.filter(pk__gt=after, handled_at=None, lease_until=None)
    return list(rows.order_by("pk").values_list("pk", "contact_id")[:most])


def waiting_texts(numbers: Collection[int]) -> list[WaitingText]:
    """These texts as far as they still wait, the oldest first."""
    rows = HeardText.objects.filter(pk__in=numbers, handled_at=None).order_by("pk")
    fields = ("pk", "contact_id", "at", "text", "contact__language")
    waiting = list(rows.values_list(*fields))
    people = {contact for _, contact, *_ in waiting}
    before = _texts_of(people, max(numbers, default=0))
    cases = CrisisCase.objects.filter(contact__in=people, closed_at=None)
    in_case = set(cases.values_list("contact_id", flat=True))
    return [
        _waiting(row, [b for b in before.get(row[1], []) if b[0] < row[0]], row[1] in in_case)
        for row in waiting
    ]


_Before = tuple[int, datetime, str, int | None]


def _texts_of(people: Collection[int], newest: int) -> dict[int, list[_Before]]:
    """The last texts of each of these people, the oldest first: as many as may count."""
    place = Window(RowNumber(), partition_by=F("contact"), order_by=F("pk").desc())
    rows = HeardText.objects.filter(contact__in=people, pk__lte=newest, blanked_at=None)
    last = rows.annotate(place=place).filter(place__lte=2 * JOINED + 1).order_by("pk")
    by_person: dict[int, list[_Before]] = {}
    for contact, pk, at, text, tier in last.values_list("contact_id", "pk", "at", "text", "tier"):
        by_person.setdefault(contact, []).append((pk, at, text, tier))
    return by_person


def _waiting(
    row: tuple[int, int, datetime, str, str], before: Sequence[_Before], in_case: bool
) -> WaitingText:
    number, contact, at, text, language = row
    last = before[-JOINED:]
    signs = in_case or any(tier is not None and tier <= Tier.CONCERN for *_, tier in last)
    try:
        earlier = [(when, opened(words, HEARD)) for _, when, words, _ in last]
        return WaitingText(number, contact, at, opened(text, HEARD), language, earlier, signs)
    except CannotOpen:  # its handling says so, and puts it before a person
        return WaitingText(number, contact, at, "", language, (), after_danger=True)
