"""What callers say of a program's number, for its page."""

from __future__ import annotations

import time

from django.utils import timezone
from django.utils.translation import gettext as _

from waypost.design.words import date_text
from waypost.directory.numbers.answers import DAYS, CallersSaid
from waypost.serving.process import this_process
from waypost.values.wall_time import day_in


def callers_of(site_id: str) -> CallersSaid:
    """What callers said lately of a number that they doubt."""
    return this_process().doubts.of(site_id, day_in("", timezone.now()), time.monotonic())


def callers_words(said: CallersSaid) -> str:
    """The warning beside a doubted number; '' where callers do not doubt it."""
    if not said.doubted or said.last_failed is None:
        return ""
    words = _(
        "Callers say that this number may not work: %(failed)s of %(all)s in the last %(days)s "
        "days, most recently on %(day)s."
    )
    return words % {
        "failed": said.failed,
        "all": said.failed + said.worked,
        "days": DAYS,
        "day": date_text(said.last_failed),
    }
