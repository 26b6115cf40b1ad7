"""Live questions to payers, as every door of this process asks them; None where they are off."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

if TYPE_CHECKING:
    from waypost.eligibility.live import Live


@cache
def current_live() -> Live | None:
    """The one of this process; made on the first question."""
    if settings.WAYPOST_ELIGIBILITY is None:
        return None
    from waypost.eligibility.live import Live, source_of

    source = source_of(settings.WAYPOST_ELIGIBILITY)
    return Live(settings.WAYPOST_ELIGIBILITY, source, time.monotonic, time.sleep, timezone.now)
