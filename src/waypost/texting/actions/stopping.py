"""STOP in every form: in one transaction, with one confirmation, and a case stays open."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.texting.actions.consent import record_consent, suppress
from waypost.texting.actions.outbox import drop_queued, say
from waypost.texting.actions.turns import alone_with
from waypost.texting.lanes import AUTOMATED, Dropped, OutboxLane
from waypost.texting.models import Subscription, TextContact
from waypost.texting.queries.contacts import is_suppressed, open_case
from waypost.texting.standing import (
    ConsentAct,
    OptInStanding,
    SubscriptionState,
    Suppressed,
    WhyEnded,
)
from waypost.texting.words.replies import ReplyCode

STOPPED_BY_STOP = (*AUTOMATED, OutboxLane.CONFIRMATION, OutboxLane.LIVE)


def stop_all(
    contact: TextContact,
    *,
    why: Suppressed,
    channel: str,
    cause: str,
    now: datetime,
    confirm: bool = True,
    confirmation: ReplyCode = ReplyCode.STOPPED,
    by: str = "person",
) -> None:
    """End every text to a contact, within the caller's transaction.

    The confirmation is sent once: not if the carrier confirms by itself, and not a second time.
    """
    new = suppress(contact, why, now)
    record_consent(contact, ConsentAct.WITHDRAWN, channel=channel, now=now, by=by)
    case = open_case(contact.pk)
    if case is not None and not case.do_not_text:
        case.do_not_text = True
        case.save(update_fields=["do_not_text"])
    drop_queued(contact, STOPPED_BY_STOP, Dropped.SUPPRESSED)
    end_subscriptions(contact, WhyEnded.STOPPED, now)
    contact.state = OptInStanding.OUT
    contact.save(update_fields=["state"])
    if new and confirm:
        code = ReplyCode.STOPPED_IN_DANGER if case else confirmation
        say(contact, code, lane=OutboxLane.CONFIRMATION, cause=f"stopped:{cause}", now=now)


def end_subscriptions(
    contact: TextContact, why: WhyEnded, now: datetime, series: str = ""
) -> list[str]:
    """End every subscription of a contact, or that to one series; the series that were ended."""
    rows = Subscription.objects.filter(contact=contact, ended_at=None)
    if series:
        rows = rows.filter(series=series)
    ended = list(rows.values_list("series", flat=True))
    rows.update(
        ended_at=now, why_ended=why, state=SubscriptionState.ENDED, next_at=None, answer_by=None
    )
    return ended


def stop_by_staff(*, contact: int, by: str, now: datetime) -> None:
    """Somebody at the desk stops every text, since the person said so in another way."""
    with alone_with(contact), transaction.atomic():
        row = TextContact.objects.select_for_update().get(pk=contact)
        cause = f"staff:{contact}:{now:%Y%m%d%H%M%S}"
        stop_all(row, why=Suppressed.STOP, channel="staff", cause=cause, now=now, by=by)
        record_event(act="stopped every text", record=f"contact:{contact}", by=by, now=now)


def stop_on_page(*, digest: str, now: datetime) -> None:
    """Somebody entered a number on the page: texts to it end, and nothing is erased.

    Nobody knows whether the number is the visitor's. Ending harms nobody; erasing would, so the
    one confirmation asks the phone for DELETE. A number that stopped before gets no second text.
    """
    contact = TextContact.objects.filter(number_digest=digest).values_list("pk", flat=True).first()
    if contact is None:
        return
    with alone_with(contact), transaction.atomic():
        row = TextContact.objects.select_for_update().get(pk=contact)
        if row.erased_at is not None or is_suppressed(digest):
            return
        stop_all(
            row,
            why=Suppressed.STOP,
            channel="web",
            cause=f"page:{contact}:{now:%Y%m%d%H%M%S}",
            now=now,
            confirmation=ReplyCode.STOPPED_ON_PAGE,
            by="visitor",
        )
        record_event(act="stopped every text", record=f"contact:{contact}", by="visitor", now=now)
