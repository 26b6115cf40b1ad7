"""A text to somebody who was called to a case: where to look, and nothing of the person."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from waypost.texting.actions.hearing import contact_for
from waypost.texting.actions.outbox import say
from waypost.texting.lanes import OutboxLane
from waypost.texting.models import StaffAlert
from waypost.texting.queries.sealed import operator
from waypost.texting.standing import Channel
from waypost.texting.words.replies import ReplyCode


def text_alert(*, alert: StaffAlert, number: str, now: datetime) -> None:
    """Queue one text to a number of the staff, in E.164, before everything else that waits.

    It goes by the outbox like every other: checked, throttled, tried again until it is known, and
    to a second carrier where the first fails. A number that stopped our texts gets none; the mail
    of the alert goes out all the same.
    """
    account = operator().accounts[0].id
    contact = contact_for(number, account=account, channel=Channel.TEXT, now=now)
    link = f"{settings.WAYPOST_DESK_URL}/texts/case/{alert.case_id}"
    say(
        contact,
        ReplyCode.STAFF_NEEDED,
        lane=OutboxLane.CRISIS,
        cause=f"alert:{alert.pk}",
        now=now,
        link=link,
    )
