"""The hours one can come: a form in the address, and what they come to in the results."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlencode

from django.template import loader
from django.utils import translation
from django.utils.translation import gettext as _
from markupsafe import Markup

from waypost.design.times import day_names
from waypost.design.timetable_words import attendance_words, count_words
from waypost.navigation.answer import Answer
from waypost.navigation.hours import FreeTime, HoursAsked, Shown, come_texts, weekly_text
from waypost.navigation.need import NO_HOURS, Need
from waypost.navigation.need_url import query_pairs
from waypost.values.track import Attendance
from waypost.values.wall_time import MINUTES_A_DAY, WEEK, clock_of


@dataclass(frozen=True, slots=True)
class HoursForm:
    """The form as it was sent: days and one span for them; other spans are carried as they are."""

    days: tuple[tuple[str, str, bool], ...]
    start: str
    end: str
    carried: tuple[str, ...]
    weekly: str
    attendance: tuple[tuple[str, str, bool], ...]
    by: str
    opening: bool
    shown: str
    asked: bool


@dataclass(frozen=True, slots=True)
class HoursPanel:
    """How many fit, do not, and do not say, with ways to hide or to show them."""

    words: str
    links: list[tuple[str, str]]


def hours_form(hours: HoursAsked) -> Markup:
    """The form filled with what was asked, as HTML; empty, as on most pages, it is kept."""
    if hours == NO_HOURS:
        return _empty_form(translation.get_language())
    return _rendered(hours)


@cache
def _empty_form(_language: str | None) -> Markup:
    return _rendered(NO_HOURS)


def _rendered(hours: HoursAsked) -> Markup:
    words = {"hours_form": filled_form(hours)}
    html = loader.get_template("find/hours_form.html").render(words, None)
    return Markup(html)  # noqa: S704 - our own template, which escapes


def filled_form(hours: HoursAsked) -> HoursForm:
    """What stands in each field."""
    spans = dict.fromkeys((free.start, free.end) for free in hours.free)
    first = next(iter(spans), None)
    rest = [free for free in hours.free if (free.start, free.end) != first]
    ticked = {free.day for free in hours.free if (free.start, free.end) == first}
    return HoursForm(
        days=tuple((d.value, name, d in ticked) for d, name in zip(WEEK, day_names(), strict=True)),
        start=_clock(first, 0),
        end=_clock(first, 1),
        carried=tuple(come_texts(_in_order(rest))),
        weekly=weekly_text(hours.least, hours.most),
        attendance=tuple(
            (how.value, attendance_words(how), how is hours.attendance)
            for how in (Attendance.IN_PERSON, Attendance.TELEHEALTH)
        ),
        by=hours.starts_by.isoformat() if hours.starts_by else "",
        opening=hours.opening,
        shown=hours.shown.value if hours.shown is not Shown.ALL else "",
        asked=bool(hours.pairs()),
    )


def _in_order(spans: list[FreeTime]) -> list[FreeTime]:
    return sorted(spans, key=lambda free: (free.day.number, free.start, free.end))


def _clock(span: tuple[int, int] | None, side: int) -> str:
    """A field's time; of a whole day both are left empty."""
    if span is None or span == (0, MINUTES_A_DAY):
        return ""
    return clock_of(span[side] % MINUTES_A_DAY)


def hours_panel(answer: Answer, kept: list[str]) -> HoursPanel | None:
    """The line above the results; None where no hours were asked for."""
    count, need = answer.hours, answer.need
    if count is None:
        return None
    words = {
        Shown.FIT: (_("Show only those that fit"), count.fit),
        Shown.SAID: (_("Hide those that do not say"), count.fit + count.do_not),
        Shown.ALL: (_("Show all"), count.fit + count.do_not + count.unsaid),
    }
    now = words[need.hours.shown][1]
    links = [
        (label, _query(need, shown, kept))
        for shown, (label, total) in words.items()
        if shown is not need.hours.shown and total and total != now
    ]
    return HoursPanel(_("By their hours: %(counts)s.") % {"counts": count_words(count)}, links)


def _query(need: Need, shown: Shown, kept: list[str]) -> str:
    other = replace(need, hours=replace(need.hours, shown=shown), page=1)
    return urlencode([*query_pairs(other), *(("keep", k) for k in kept)])
