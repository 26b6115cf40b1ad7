"""Sends what `waypost staff remind` has to say."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from waypost.accounts.queries import colleagues, organizations, owner_of
from waypost.accounts.roles import OrganizationKind, Role
from waypost.accounts.tasks import send_late_reports, send_reminder
from waypost.design.word_words import word_names
from waypost.directory.still_right.actions import make_reminders
from waypost.directory.waiting.queries import late_reports
from waypost.publishing.reader import Snapshot


def send_all(snapshot: Snapshot, *, by: str, now: datetime) -> tuple[int, int]:
    """Mail every reminder that is due and the number of late reports; how many of each."""
    due = make_reminders(by=by, now=now)
    reminders = [r for r in due if owner_of(r.site_id) == r.organization]
    names = word_names()
    for reminder in reminders:
        site = snapshot.site(reminder.site_id)
        emails = [person.email for person in colleagues(reminder.organization)]
        if emails:
            send_reminder(
                emails=emails,
                name=site.name if site else reminder.site_id,
                field=names.get(reminder.field, reminder.field),
                link=f"{settings.WAYPOST_DESK_URL}/still-right/{reminder.token}",
            )
    late = late_reports(now.date())
    heads = [
        e for o in organizations() if o.kind is OrganizationKind.OPERATOR for e in _heads(o.id)
    ]
    if late and heads:
        send_late_reports(emails=heads, count=late, desk_url=settings.WAYPOST_DESK_URL)
    return len(reminders), late


def _heads(organization: str) -> list[str]:
    return [p.email for p in colleagues(organization) if p.role is Role.ADMINISTRATOR]
