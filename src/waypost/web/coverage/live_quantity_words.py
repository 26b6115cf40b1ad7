"""Numbers with their units and times: how much, how often and for how long, for a visitor."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from waypost.x12.delivery import Allowance
from waypost.x12.fields import shown

SPANS = {"7": "day", "21": "year", "22": "year", "23": "year", "34": "month", "35": "week"}


def allowance_words(allowance: Allowance) -> str:
    """“12 visits, 3 a week, for 1 month”; “visits 11 to 30”; “from visit 31 on”."""
    parts = (_tier(allowance), _allowed(allowance), _frequency(allowance), _span(allowance))
    return ", ".join(part for part in parts if part)


def _tier(allowance: Allowance) -> str:
    """From which one to which one, as the insurer counts them (mostly visits)."""
    if allowance.above is None and allowance.up_to is None:
        return ""
    first = _number(allowance.above + 1) if allowance.above is not None else "1"
    last = _number(allowance.up_to) if allowance.up_to is not None else ""
    values = {"first": first, "last": last}
    by_days = allowance.unit == "DA"
    if not last:
        return (_("from day %(first)s on") if by_days else _("from visit %(first)s on")) % values
    words = _("days %(first)s to %(last)s") if by_days else _("visits %(first)s to %(last)s")
    return words % values


def _allowed(allowance: Allowance) -> str:
    if allowance.unread:
        return _("a number that cannot be read")
    if allowance.quantity is None:
        return ""
    return (
        _("no limit stated")
        if allowance.no_limit
        else quantity_words(allowance.quantity, allowance.quantity_code)
    )


def _frequency(allowance: Allowance) -> str:
    if not allowance.each:
        is_plain = allowance.unit and (allowance.above, allowance.up_to) == (None, None)
        return _("how often is not said") if is_plain else ""
    words = {
        "DA": _("%(n)s a day"),
        "WK": _("%(n)s a week"),
        "MO": _("%(n)s a month"),
        "YR": _("%(n)s a year"),
    }.get(allowance.unit, _("%(n)s each time"))
    return words % {"n": shown(allowance.each)}


def _span(allowance: Allowance) -> str:
    """“for 1 month”; a period without a number is said as on any other line."""
    if (
        not (allowance.periods.isascii() and allowance.periods.isdigit())
        or allowance.period not in SPANS
    ):
        return f"{period_words(allowance.period)} {shown(allowance.periods)}".strip()
    count = int(allowance.periods)
    words = {
        "day": ngettext("for %(n)s day", "for %(n)s days", count),
        "week": ngettext("for %(n)s week", "for %(n)s weeks", count),
        "month": ngettext("for %(n)s month", "for %(n)s months", count),
        "year": ngettext("for %(n)s year", "for %(n)s years", count),
    }[SPANS[allowance.period]]
    return words % {"n": f"{count}"}


def _number(quantity: Decimal) -> str:
    return f"{quantity.normalize():f}"


def quantity_words(quantity: Decimal, code: str) -> str:
    """“12 visits”."""
    known = {
        "DY": _("days"),
        "VS": _("visits"),
        "HS": _("hours"),
        "MN": _("months"),
        "YY": _("years"),
        "P6": _("services"),
        "99": _("used"),
    }
    unit = known.get(code, _("(unit %(code)s)") % {"code": shown(code)} if code else "")
    return f"{quantity.normalize():f} {unit}".strip()


def period_words(code: str) -> str:
    """“for each visit”, “left this year”; a code that is not here is shown as sent."""
    known = {
        "6": _("an hour"),
        "7": _("a day"),
        "13": _("in 24 hours"),
        "21": _("a year"),
        "22": _("a plan year"),
        "23": _("a calendar year"),
        "24": _("this year so far"),
        "25": _("a plan year"),
        "26": _("an episode of care"),
        "27": _("for each visit"),
        "29": _("left this year"),
        "30": _("once that is exceeded"),
        "31": _("until that is exceeded"),
        "32": _("in a lifetime"),
        "33": _("left in a lifetime"),
        "34": _("a month"),
        "35": _("a week"),
        "36": _("for each admission"),
    }
    return known.get(code, _("(period %(code)s)") % {"code": shown(code)} if code else "")
