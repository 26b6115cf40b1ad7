"""Deleting a person: the words go at once, the number after the confirmation, never the digest."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.texting.actions.consent import record_consent
from waypost.texting.actions.outbox import say
from waypost.texting.actions.stopping import stop_all
from waypost.texting.actions.turns import alone_with
from waypost.texting.lanes import ENDED, OutboxLane
from waypost.texting.models import ColleagueNote, HeardText, OutboxRow, TextContact
from waypost.texting.queries.contacts import open_case
from waypost.texting.standing import ConsentAct, Suppressed
from waypost.texting.words.replies import ReplyCode


def blank_texts(contact: TextContact, now: datetime) -> int:
    """Blank what was said both ways and colleagues' notes, unless an open case holds them."""
    if open_case(contact.pk) is not None:
        return 0
    heard = HeardText.objects.filter(contact=contact, blanked_at=None)
    sent = OutboxRow.objects.filter(contact=contact, state__in=ENDED, blanked_at=None)
    notes = ColleagueNote.objects.filter(conversation__contact=contact).exclude(text="")
    return (
        heard.update(text="", blanked_at=now)
        + sent.update(text="", blanked_at=now)
        + notes.update(text="")
    )


def erase(contact: TextContact, *, channel: str, now: datetime, by: str = "person") -> None:
    """Forget a person, within the caller's transaction; the suppression outlives it."""
    cause = f"erase:{contact.pk}:{now:%Y%m%d%H%M%S}"
    stop_all(
        contact,
        why=Suppressed.ERASED,
        channel=channel,
        cause=cause,
        now=now,
        confirm=False,
        by=by,
    )
    record_consent(contact, ConsentAct.ERASED, channel=channel, now=now, by=by)
    say(contact, ReplyCode.ERASED, lane=OutboxLane.CONFIRMATION, cause=f"stopped:{cause}", now=now)
    contact.first_name = contact.zip = contact.zone = contact.find_question = ""
    contact.age_band, contact.minute, contact.erased_at = "", None, now
    contact.save()
    blank_texts(contact, now)
    record_event(act="deleted a person's data", record=f"contact:{contact.pk}", by=by, now=now)


def erase_by_number(*, digest: str, channel: str, by: str, now: datetime) -> bool:
    """ "Delete me" on the web or at the desk; False where nobody has this number."""
    number = TextContact.objects.filter(number_digest=digest).values_list("pk", flat=True).first()
    if number is None:
        return False
    with alone_with(number), transaction.atomic():
        contact = TextContact.objects.select_for_update().get(pk=number)
        if contact.erased_at is None:
            erase(contact, channel=channel, now=now, by=by)
    return True


def finish_erasing(*, now: datetime) -> int:
    """Blank the numbers of erased people whose last text is out; how many.

    The words of a case that was open are blanked once it is closed.
    """
    waiting = OutboxRow.objects.exclude(state__in=ENDED).values("contact")
    rows = TextContact.objects.exclude(erased_at=None).exclude(number="").exclude(pk__in=waiting)
    ready = [row.pk for row in rows if open_case(row.pk) is None]
    if not ready:
        return 0  # the usual case, and looking for it holds up no other writer
    with transaction.atomic():
        for contact in rows.filter(pk__in=ready):
            blank_texts(contact, now)
            contact.number = ""
            contact.save(update_fields=["number"])
    return len(ready)
