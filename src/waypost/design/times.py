"""Days, times, hours and lists in words, in the language being spoken."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import translation
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NON_BREAKING = "\u00a0"


def day_names() -> list[str]:
    """Monday to Sunday, in Django's own words."""
    return [str(WEEKDAYS[day]) for day in range(7)]


def short_days() -> list[str]:
    """Monday to Sunday in the width of a column."""
    return [str(WEEKDAYS_ABBR[day]) for day in range(7)]


def joined(words: Iterable[str]) -> str:
    """“Monday, Wednesday and Friday”."""
    listed = list(words)
    if len(listed) < 2:
        return "".join(listed)
    return _("%(most)s and %(last)s") % {"most": ", ".join(listed[:-1]), "last": listed[-1]}


def days_text(days: Iterable[int]) -> str:
    """Days by name, joined."""
    names = day_names()
    return joined(names[day] for day in days)


def time_text(minutes: int) -> str:
    """“6 pm”, “5:30 pm”, “noon”; in Spanish “6 p. m.”."""
    minutes %= 24 * 60
    if minutes in (0, 12 * 60):
        return _("noon") if minutes else _("midnight")
    return clock_text(minutes)


def clock_text(minutes: int) -> str:
    """A time in figures alone, noon and midnight as well: “12 pm”."""
    hour, rest = divmod(minutes % (24 * 60), 60)
    spanish = translation.get_language() == "es"
    half = ("p. m." if hour >= 12 else "a. m.") if spanish else ("pm" if hour >= 12 else "am")
    shown = f"{(hour - 1) % 12 + 1}" + (f":{rest:02d}" if rest else "")
    return f"{shown}{NON_BREAKING}{half.replace(' ', NON_BREAKING)}"


def span_text(start: int, end: int) -> str:
    """“6 pm to 9 pm”, with “the next day” where it runs past midnight; minutes of the day."""
    named = {"start": time_text(start), "end": time_text(end)}
    if end > 24 * 60:
        return _("%(start)s to %(end)s the next day") % named
    return _("%(start)s to %(end)s") % named


def hours_text(minutes: int) -> str:
    """“9 hours”, “7 hours 30 minutes”, “45 minutes”."""
    hours, rest = divmod(minutes, 60)
    parts = []
    if hours or not rest:
        parts.append(ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours})
    if rest:
        parts.append(ngettext("%(n)s minute", "%(n)s minutes", rest) % {"n": rest})
    return " ".join(parts)
