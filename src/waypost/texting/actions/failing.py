"""A text that could not be handled counts as tier 1: a person sees it, whatever was wrong."""

from __future__ import annotations

from datetime import datetime

from waypost.texting.actions.cases import open_or_raise
from waypost.texting.actions.turns import writing
from waypost.texting.crisis.tiers import CrisisSigns, Tier
from waypost.texting.models import HeardText


@writing()
def could_not_handle(*, number: int, now: datetime) -> None:
    """Put a text into the queue at tier 1 and answer with the help lines."""
    row = HeardText.objects.select_for_update().select_related("contact").get(pk=number)
    if row.handled_at is not None:
        return
    signs = CrisisSigns(Tier.HIGH, ("not-handled",))
    open_or_raise(row.contact, signs, cause=f"heard:{row.pk}", now=now)
    row.handled_at, row.handled_as, row.tier = now, "failed", int(Tier.HIGH)
    row.reasons = "not-handled"
    row.save()
