"""Retention as a job with a report, and sealing again after a key was turned over."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction

from waypost.audit.actions import record_event
from waypost.texting.lanes import ENDED
from waypost.texting.models import (
    ColleagueNote,
    ConsentEntry,
    CrisisCase,
    DeliveryEvent,
    HeardText,
    OutboxRow,
    RetentionRun,
    Shift,
    Signature,
    Suppression,
    Tally,
    TextContact,
)
from waypost.texting.queries.sealed import (
    ALERT,
    FIND,
    HEARD,
    NAME,
    NOTE,
    NUMBER,
    OUTGOING,
    REASON,
    ZIP,
    keyring,
    operator,
)
from waypost.texting.standing import Channel

SEALED: tuple[tuple[type[models.Model], str, str], ...] = (
    (TextContact, "number", NUMBER),
    (TextContact, "first_name", NAME),
    (TextContact, "zip", ZIP),
    (TextContact, "find_question", FIND),
    (HeardText, "text", HEARD),
    (OutboxRow, "text", OUTGOING),
    (ColleagueNote, "text", NOTE),
    (Signature, "reason", REASON),
    (Shift, "alert_number", ALERT),
)
"""Every sealed column with its place."""


@transaction.atomic
def keep_to_retention(*, by: str, now: datetime) -> dict[str, int]:
    """Blank and remove what was kept long enough; what was done, as counts, also in a row.

    Days count from the last contact. Words that a case holds stay as long as cases are kept.
    """
    kept = operator().kept
    texts, chats = now - timedelta(days=kept.texts), now - timedelta(days=kept.chats)
    open_cases = CrisisCase.objects.filter(
        models.Q(closed_at=None) | models.Q(closed_at__gt=now - timedelta(days=kept.cases))
    ).values("contact")
    report = {
        "texts heard blanked": _blank(HeardText, "at", texts, chats, open_cases, now),
        "texts sent blanked": _blank(OutboxRow, "made_at", texts, chats, open_cases, now),
        "notes blanked": ColleagueNote.objects.filter(at__lt=texts)
        .exclude(conversation__contact__in=open_cases)
        .exclude(text="")
        .update(text=""),
        "numbers blanked": _numbers(now - timedelta(days=kept.consent), open_cases),
        "alert numbers blanked": Shift.objects.filter(until_at__lt=texts)
        .exclude(alert_number="")
        .update(alert_number=""),
        "statuses removed": DeliveryEvent.objects.filter(at__lt=texts).delete()[0],
        "tallies removed": Tally.objects.filter(made_at__lt=now - timedelta(days=2))
        .exclude(kind="segments")
        .delete()[0],
        "consent removed": _consent(now - timedelta(days=kept.consent)),
    }
    RetentionRun.objects.create(at=now, by=by, report=report)
    record_event(act="kept to the retention", record="texts:retention", by=by, now=now)
    return report


def _blank(
    table: Any, at: str, texts: datetime, chats: datetime, open_cases: Any, now: datetime
) -> int:
    """Blank one kind of texts: those of chats sooner than those of phones."""
    rows = table.objects.filter(blanked_at=None).exclude(contact__in=open_cases)
    if table is OutboxRow:
        rows = rows.filter(state__in=ENDED)
    done = 0
    for channel, before in ((Channel.TEXT, texts), (Channel.WEB, chats)):
        old = rows.filter(**{f"{at}__lt": before, "contact__channel": channel})
        done += old.update(text="", blanked_at=now)
    return done


def _numbers(before: datetime, open_cases: Any) -> int:
    """Blank whom nobody has heard of for so long; the digest stays with the suppression."""
    rows = (
        TextContact.objects.filter(made_at__lt=before).exclude(number="").exclude(pk__in=open_cases)
    )
    rows = rows.filter(models.Q(heard_at=None) | models.Q(heard_at__lt=before))
    return rows.update(number="", first_name="", zip="", zone="", find_question="")


def _consent(before: datetime) -> int:
    """Remove entries of numbers with nothing newer, five years after the last one."""
    newer = ConsentEntry.objects.filter(at__gte=before).values("number_digest")
    suppressed = Suppression.objects.values("number_digest")
    rows = ConsentEntry.objects.filter(at__lt=before)
    old = rows.exclude(number_digest__in=newer).exclude(number_digest__in=suppressed)
    return old.delete()[0]


def seal_again(*, most: int = 1_000) -> int:
    """Seal with the newest key what an older one sealed; how many values. Run until it is 0."""
    ring, done = keyring(), 0
    for table, column, place in SEALED:
        rows: Any = table
        for pk, value in rows.objects.exclude(**{column: ""}).values_list("pk", column).iterator():
            if done >= most:
                return done
            if not ring.is_newest(value):
                fresh = ring.seal(ring.open(value, place), place)
                # only if nobody changed it meanwhile
                done += rows.objects.filter(pk=pk, **{column: value}).update(**{column: fresh})
    return done
