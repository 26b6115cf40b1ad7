"""The way to payers, which the private process alone holds open."""

from __future__ import annotations

import time
from threading import Lock
from typing import TYPE_CHECKING, cast

from django.utils import timezone

from waypost.serving.process import this_process

if TYPE_CHECKING:
    from waypost.eligibility.live import Live
    from waypost.eligibility.live_settings import LiveSettings

_LOCK = Lock()
_LIVE: tuple[object, Live] | None = None


def the_live() -> Live | None:
    """Live questions to payers as every door asks them; None where they are off."""
    global _LIVE  # noqa: PLW0603 - what a process holds open is global by its nature
    eligibility = this_process().eligibility
    if eligibility is None:
        return None
    with _LOCK:
        if _LIVE is None or _LIVE[0] is not eligibility:
            # imported here, so that the network code is not even loaded where it is off
            from waypost.eligibility.live import Live, source_of

            known = cast("LiveSettings", eligibility)
            live = Live(known, source_of(known), time.monotonic, time.sleep, timezone.now)
            _LIVE = (eligibility, live)
        return _LIVE[1]
