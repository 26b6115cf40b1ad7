"""The hours in which texts come, in words: the usual ones, and where a state is stricter."""

from __future__ import annotations

from django.utils.translation import gettext as _

from waypost.places.states import STATE_NAMES
from waypost.texting.queries.hours import sending_hours
from waypost.texting.windows import DayHours, choices
from waypost.texting.words.hours import clock_words


def window_words() -> dict[str, str]:
    """First and last that may be chosen, when the window closes, when it opens on Sundays."""
    hours = sending_hours()
    times = choices(hours)
    return {
        "begin": clock_words(times[0]),
        "end": clock_words(times[-1]),
        "close": clock_words(hours.usual.end),
        "sunday": _noon_or(hours.sunday.begin),
    }


def stricter_states() -> list[str]:
    """Each state with hours of its own, such as "Kentucky 10 AM to 8 PM", by name."""
    return sorted(
        _("%(state)s %(weekdays)s, weekends %(weekends)s")
        % {
            "state": STATE_NAMES.get(code, code),
            "weekdays": _span(weekdays),
            "weekends": _span(weekends),
        }
        for code, (weekdays, weekends) in sending_hours().states.items()
    )


def _span(hours: DayHours) -> str:
    return _("%(begin)s to %(end)s") % {
        "begin": _noon_or(hours.begin),
        "end": _noon_or(hours.end),
    }


def _noon_or(minute: int) -> str:
    return _("noon") if minute == 12 * 60 else clock_words(minute)
