"""The weekly sample: 5 % of the texts that no rule flagged, read again by a person."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from django.db import transaction

from waypost.audit.actions import record_event
from waypost.texting.crisis.tiers import Tier
from waypost.texting.models import BlindReading, HeardText

SHARE = 20
"""One of so many: 5 %."""


@transaction.atomic
def draw_sample(*, by: str, now: datetime) -> int:
    """Draw the sample of the past seven days; how many texts it has. A second time adds nothing.

    The draw is by a digest of the row's number and the week, so that nobody chooses.
    """
    week = f"{now:%G-W%V}"
    rows = HeardText.objects.filter(
        at__gt=now - timedelta(days=7), tier=Tier.NONE, blanked_at=None, handled_as="person"
    )
    drawn = [pk for pk in rows.values_list("pk", flat=True) if _is_drawn(pk, week)]
    known = set(BlindReading.objects.filter(heard__in=drawn).values_list("heard", flat=True))
    new = [BlindReading(heard_id=pk, week=week) for pk in drawn if pk not in known]
    BlindReading.objects.bulk_create(new)
    record_event(act=f"drew {len(new)} texts to read", record=f"sample:{week}", by=by, now=now)
    return len(new)


def _is_drawn(number: int, week: str) -> bool:
    digest = hashlib.sha256(f"{week}:{number}".encode()).digest()
    return int.from_bytes(digest[:4], "big") % SHARE == 0


@transaction.atomic
def judge(*, number: int, tier: Tier, by: str, now: datetime) -> None:
    """Keep what tier a reader gave a text; what was read stays as it was read."""
    rows = BlindReading.objects.filter(pk=number, read_at=None)
    if rows.update(reader=by, tier=int(tier), read_at=now):
        record_event(act="read a text of the sample", record=f"reading:{number}", by=by, now=now)
