"""The double opt-in: asked once, in neutral words; YES counts only while it was asked."""

from __future__ import annotations

from datetime import datetime

from waypost.texting.actions.consent import lift, record_consent
from waypost.texting.actions.outbox import say
from waypost.texting.actions.subscriptions import begin, subscribe
from waypost.texting.lanes import OutboxLane
from waypost.texting.models import Subscription, TextContact
from waypost.texting.queries.sealed import operator
from waypost.texting.series.series import Series
from waypost.texting.standing import Channel, ConsentAct, OptInStanding, SubscriptionState
from waypost.texting.words.replies import ReplyCode, reply

YOUNG = ("under 13", "13-17")
"""Age bands whose series are off unless the operator turns those from 13 on."""


def opt_in_words(language: str) -> str:
    """The words of the first text, which the ledger keeps."""
    return reply(ReplyCode.OPT_IN, language, service=operator().service, when="")


def may_join(contact: TextContact, series: Series) -> bool:
    """Whether a person of this age band may be in a series; crisis words are for everyone."""
    if contact.age_band not in YOUNG:
        return True
    return contact.age_band != YOUNG[0] and operator().minors and not series.adults


def ask(contact: TextContact, channel: str, now: datetime) -> bool:
    """Ask for YES with one neutral text; False where it was asked already and not answered."""
    if contact.asked_at is not None and contact.state == OptInStanding.ASKED:
        return False
    contact.state, contact.asked_at = OptInStanding.ASKED, now
    contact.save(update_fields=["state", "asked_at"])
    words = opt_in_words(contact.language)
    record_consent(contact, ConsentAct.ASKED, channel=channel, now=now, words=words)
    stamp = f"{now:%Y%m%d%H%M%S}"
    cause = f"opt-in:{contact.pk}:{stamp}"
    say(contact, ReplyCode.OPT_IN, lane=OutboxLane.CONFIRMATION, cause=cause, now=now)
    return True


def said_yes(contact: TextContact, now: datetime) -> list[str]:
    """YES to the question: consent is recorded and what waited begins; the series that began."""
    contact.state = OptInStanding.IN
    contact.save(update_fields=["state"])
    words = opt_in_words(contact.language)
    record_consent(contact, ConsentAct.GIVEN, channel=Channel.TEXT, now=now, words=words)
    begun = []
    waiting = Subscription.objects.filter(
        contact=contact, state=SubscriptionState.PENDING, ended_at=None
    )
    for row in waiting.select_related("contact"):
        record_consent(contact, ConsentAct.GIVEN, channel=Channel.TEXT, now=now, scope=row.series)
        begin(row, now)
        begun.append(row.series)
    return begun


def join(contact: TextContact, series: Series | None, now: datetime) -> ReplyCode | None:
    """START or JOIN by text: what to answer, or None where the question for YES was sent."""
    rejoined = lift(contact)
    if rejoined:
        record_consent(contact, ConsentAct.REJOINED, channel=Channel.TEXT, now=now)
        contact.state = OptInStanding.IN
        contact.save(update_fields=["state"])
    if series is not None and not may_join(contact, series):
        return ReplyCode.TOO_YOUNG
    new = series is not None and subscribe(
        contact, series, now, active=contact.state == OptInStanding.IN
    )
    if contact.state != OptInStanding.IN:
        ask(contact, Channel.TEXT, now)
        return None
    if new and series is not None:
        record_consent(contact, ConsentAct.GIVEN, channel=Channel.TEXT, now=now, scope=series.id)
        return ReplyCode.SERIES_STARTED
    return ReplyCode.WELCOME if rejoined else ReplyCode.ALREADY_IN
