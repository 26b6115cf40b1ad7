"""Dates, distances and numbers as people read them: the one place that formats them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markupsafe import Markup

from waypost.design.times import time_text
from waypost.directory.site import Site

_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTHS_ES = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


def miles_text(miles: float, *, exact: bool = True) -> str:
    """ "4.2 miles", or "about 4 miles" where the map point is approximate."""
    if not exact:
        return _about_miles(max(1, round(miles)), translation.get_language())
    shown = f"{miles:.1f}" if miles < 100 else f"{round(miles):,}"
    return _exact_miles("" if miles < 0.1 else shown, translation.get_language())


# A page of results has twenty distances; most were in words before (`make bench`, templates).
@lru_cache(maxsize=4_000)
def _about_miles(whole: int, _language: str | None) -> str:
    return ngettext("about %(n)s mile", "about %(n)s miles", whole) % {"n": f"{whole:,}"}


@lru_cache(maxsize=4_000)
def _exact_miles(shown: str, _language: str | None) -> str:
    if not shown:
        return _("less than 0.1 miles")
    if shown == "1.0":
        return _("%(n)s mile") % {"n": "1"}
    return _("%(n)s miles") % {"n": shown}


def address_text(site: Site, *, zip_code: bool = True) -> str:
    """ "12 Main Street, Dayton, OH 45402"; or that the program keeps its street private."""
    town = f"{site.city}, {site.state}" + (f" {site.zip}" if zip_code else "")
    if site.street:
        return f"{site.street}, {town}"
    return _("%(town)s. Address kept private; ask when you call") % {"town": town}


def miles_words(miles: int) -> str:
    """Whole miles, as on a scale: "5 miles"."""
    return (_("%(n)s mile") if miles == 1 else _("%(n)s miles")) % {"n": miles}


def number_text(number: int) -> str:
    """A whole number with its thousands separated."""
    return f"{number:,}"


def date_text(day: date) -> str:
    """ "March 31, 2023", or "31 de marzo de 2023"; a moment of UTC on the clock of the page."""
    day = day_here(day)
    if translation.get_language() == "es":
        return f"{day.day} de {_MONTHS_ES[day.month - 1]} de {day.year}"
    return f"{_MONTHS_EN[day.month - 1]} {day.day}, {day.year}"


def day_here(day: date) -> date:
    """The day of a moment that was kept in UTC, on the clock that the page is answered on."""
    if isinstance(day, datetime) and day.tzinfo is UTC:
        return timezone.localdate(day)
    return day.date() if isinstance(day, datetime) else day


def moment_text(at: datetime) -> str:
    """ "March 31, 2023, 2:05 PM EDT": a moment on the clock that the page is answered on."""
    here = timezone.localtime(at)
    return f"{date_text(here)}, {time_text(here.hour * 60 + here.minute)} {here.tzname()}"


def dial_text(display: str) -> Markup:
    """A telephone number that may wrap only between the number and its extension."""
    parts = [p for p in display.replace(" ext. ", "\next.\u00a0").split("\n") if p]
    return Markup(" ").join(Markup('<span class="dial">{}</span>').format(p) for p in parts)


def month_text(day: date) -> str:
    """ "March 2023", or "marzo de 2023"."""
    if translation.get_language() == "es":
        return f"{_MONTHS_ES[day.month - 1]} de {day.year}"
    return f"{_MONTHS_EN[day.month - 1]} {day.year}"


def as_of_text(day: date) -> str:
    """How old a fact is: the year where only the year is known, else the month.

    A source of which only the year is known is dated its last day, December 31.
    """
    if (day.month, day.day) == (12, 31):
        return str(day.year)
    return month_text(day)
