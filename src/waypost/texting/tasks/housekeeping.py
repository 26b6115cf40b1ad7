"""What the loop does besides sending: texts that came in, timers, series, alerts, erasing."""

from __future__ import annotations

import logging
from datetime import datetime

from waypost.texting.actions.erasing import finish_erasing
from waypost.texting.actions.failing import could_not_handle
from waypost.texting.actions.handling import handle
from waypost.texting.actions.mailing import mail_alert
from waypost.texting.actions.scene import Finder
from waypost.texting.actions.subscriptions import advance, silence
from waypost.texting.actions.timers import fire
from waypost.texting.queries.due import (
    alerts_to_mail,
    due_silences,
    due_subscriptions,
    due_timers,
)
from waypost.texting.tasks.waiting import WaitingRoom

log = logging.getLogger(__name__)
AT_ONCE = 8
"""Texts that are handled before those are looked at that came in meanwhile."""


def handle_heard(now: datetime, find_care: Finder | None, waiting: WaitingRoom) -> int:
    """Act on texts that came in, the most urgent first; how many there were."""
    numbers = waiting.take(most=AT_ONCE, now=now)
    for number in numbers:
        try:
            handle(number=number, now=now, find_care=find_care)
        except Exception:  # whatever is wrong with one text, a person must see it
            log.exception("Heard text %s could not be handled.", number)
            could_not_handle(number=number, now=now)
    return len(numbers)


def look_after(now: datetime) -> int:
    """Fire timers, queue steps, note silences, mail alerts; how much there was to do."""
    timers = due_timers(now)
    for number in timers:
        fire(number=number, now=now)
    silences = due_silences(now)
    for number in silences:
        silence(number=number, now=now)
    steps = due_subscriptions(now)
    for number in steps:
        advance(number=number, now=now)
    alerts = alerts_to_mail()
    for alert in alerts:
        mail_alert(alert=alert, now=now)
    return len(timers) + len(silences) + len(steps) + len(alerts) + finish_erasing(now=now)
