"""The hours that were asked for, in words: each part, and the need without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _

from waypost.design.asked_part import AskedPart
from waypost.design.times import days_text, time_text
from waypost.design.timetable_words import attendance_words, end_text
from waypost.design.words import date_text
from waypost.navigation.hours import FreeTime, HoursAsked, Shown
from waypost.navigation.need import Need
from waypost.values.wall_time import MINUTES_A_DAY


def hours_parts(need: Need) -> Iterator[AskedPart]:
    """Every part of the hours asked for that can be taken off."""
    hours = need.hours
    for words, spans in _free(hours):
        yield _part(need, words, free=tuple(f for f in hours.free if f not in spans))
    if hours.least is not None or hours.most is not None:
        yield _part(need, weekly_words(hours), least=None, most=None)
    if hours.attendance is not None:
        yield _part(need, attendance_words(hours.attendance), attendance=None)
    if hours.starts_by is not None:
        words = _("begins by %(day)s") % {"day": date_text(hours.starts_by)}
        yield _part(need, words, starts_by=None)
    if hours.opening:
        yield _part(need, _("has a place now"), opening=False)
    if hours.shown is not Shown.ALL:
        shown = {
            Shown.SAID: _("only those that say their hours"),
            Shown.FIT: _("only those that fit"),
        }
        yield _part(need, shown[hours.shown], shown=Shown.ALL)


def _part(need: Need, words: str, **changes: Any) -> AskedPart:
    return AskedPart(words, replace(need, hours=replace(need.hours, **changes), page=1))


def _free(hours: HoursAsked) -> Iterator[tuple[str, set[FreeTime]]]:
    """Days with the same hours together: “Monday and Wednesday, 6 pm to 9 pm”."""
    together: dict[tuple[int, int], set[FreeTime]] = {}
    for free in hours.free:
        together.setdefault((free.start, free.end), set()).add(free)
    for (start, end), spans in together.items():
        days = days_text(sorted(free.day.number for free in spans))
        if end - start == MINUTES_A_DAY and start == 0:
            yield _("%(days)s, any time") % {"days": days}, spans
        else:
            named = {"days": days, "start": time_text(start), "end": end_text(end)}
            yield _("%(days)s, %(start)s to %(end)s") % named, spans


def weekly_words(hours: HoursAsked) -> str:
    """ "at least 9 hours a week", "9 to 12 hours a week"."""
    named = {"least": hours.least, "most": hours.most}
    if hours.most is None:
        return _("at least %(least)s hours a week") % named
    if hours.least is None:
        return _("at most %(most)s hours a week") % named
    return _("%(least)s to %(most)s hours a week") % named
