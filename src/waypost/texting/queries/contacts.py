"""A contact as a value, and what the checks and the words need to know of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from waypost.texting.models import CrisisCase, Suppression, TextContact
from waypost.texting.queries.sealed import NAME, NUMBER, ZIP, digest_of, opened
from waypost.texting.whereabouts import Whereabouts, whereabouts


@dataclass(frozen=True, slots=True)
class ContactShown:
    """A contact with its number in clear, inside the process only."""

    id: int
    channel: str
    number: str
    first_name: str
    language: str
    zone: str
    zip: str
    age_band: str
    minute: int | None
    discreet: bool
    state: str
    paused_until: datetime | None
    suspended: bool
    suppressed: str
    made_at: datetime
    heard_at: datetime | None
    erased: bool


def contact_of(row: TextContact) -> ContactShown:
    """A row with what is sealed opened."""
    why = Suppression.objects.filter(number_digest=row.number_digest).values_list("why", flat=True)
    return ContactShown(
        id=row.pk,
        channel=row.channel,
        number=opened(row.number, NUMBER),
        first_name=opened(row.first_name, NAME),
        language=row.language,
        zone=row.zone,
        zip=opened(row.zip, ZIP),
        age_band=row.age_band,
        minute=row.minute,
        discreet=row.discreet,
        state=row.state,
        paused_until=row.paused_until,
        suspended=row.suspended_at is not None,
        suppressed=why.first() or "",
        made_at=row.made_at,
        heard_at=row.heard_at,
        erased=row.erased_at is not None,
    )


def where_is(row: TextContact) -> Whereabouts:
    """Which clocks the contact may live by."""
    number = opened(row.number, NUMBER) if row.channel == "text" else ""
    return whereabouts(row.zone, opened(row.zip, ZIP), number)


def contact_by_number(number: str) -> ContactShown | None:
    """The contact with this number in E.164; None where there is none."""
    row = TextContact.objects.filter(number_digest=digest_of(number)).first()
    return None if row is None else contact_of(row)


def is_suppressed(digest: str) -> bool:
    """Whether a number is not to be texted."""
    return Suppression.objects.filter(number_digest=digest).exists()


def open_case(contact: int) -> CrisisCase | None:
    """The open case of a contact, for the room's own use."""
    return CrisisCase.objects.filter(contact_id=contact, closed_at=None).first()
