"""What is due now, as numbers of rows: timers, steps of series, silences, alerts to mail."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from waypost.texting.models import StaffAlert, Subscription, Timer

MOST = 500


def due_timers(now: datetime) -> list[int]:
    """Timers that must fire, the longest missed first."""
    rows = Timer.objects.filter(due_at__lte=now, fired_at=None, ended_at=None)
    return list(rows.values_list("pk", flat=True)[:MOST])


def due_subscriptions(now: datetime) -> list[int]:
    """Subscriptions whose next step is due."""
    rows = Subscription.objects.filter(next_at__lte=now, ended_at=None)
    return list(rows.order_by("next_at").values_list("pk", flat=True)[:MOST])


def due_silences(now: datetime) -> list[int]:
    """Subscriptions whose check-in was not answered in time."""
    rows = Subscription.objects.filter(answer_by__lte=now, ended_at=None)
    return list(rows.order_by("answer_by").values_list("pk", flat=True)[:MOST])


@dataclass(frozen=True, slots=True)
class AlertToMail:
    """Somebody who was called and whose mail has not gone out."""

    id: int
    to: str
    case: int
    why: str


def alerts_to_mail() -> list[AlertToMail]:
    """Alerts without their mail, oldest first."""
    rows = StaffAlert.objects.filter(mailed_at=None).values_list("pk", "to", "case_id", "why")[:50]
    return [AlertToMail(*row) for row in rows]
