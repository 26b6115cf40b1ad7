"""Numbers with their units and times in English, for billing staff: how much, how often."""

from decimal import Decimal

from waypost.x12 import codes, segment_codes
from waypost.x12.delivery import Allowance
from waypost.x12.fields import shown

UNITS = codes.UNIT
SPANS = {"6": "hour", "7": "day", "13": "24 hours", "21": "year", "22": "service year"}
SPANS |= {"23": "calendar year", "25": "contract", "26": "episode", "34": "month", "35": "week"}
SPANS |= {"27": "visit", "36": "admission"}


def allowance_words(one: Allowance) -> str:
    """ "12 visits, 3 a week, for 1 month"; "visits 11 to 30"; "visit 31 and after"."""
    allowed, often, span = _allowed(one), _frequency(one), _span(one)
    if allowed and span and not often:
        allowed, span = f"{allowed} {span}", ""
    parts = [_tier(one), allowed, often, span]
    parts += [
        known(segment_codes.PATTERN, one.pattern, "pattern"),
        known(segment_codes.TIME, one.time, "time"),
    ]
    return ", ".join(part for part in parts if part) or "no quantity sent"


def _tier(one: Allowance) -> str:
    if one.above is None and one.up_to is None:
        return ""
    unit = UNITS.get(one.unit, f"unit code {shown(one.unit)}" if one.unit else "unit")
    first = number(one.above + 1) if one.above is not None else "1"
    if one.up_to is None:
        return f"{unit} {first} and after"
    return f"{unit}s {first} to {number(one.up_to)}"


def _allowed(one: Allowance) -> str:
    unit = known(codes.QUANTITY, one.quantity_code, "unit")
    if one.unread:
        return f"“{shown(one.unread)}” {unit}".strip() + " (not a count)"
    if one.quantity is None:
        return unit if unit and (one.above, one.up_to) == (None, None) else ""
    if one.no_limit:
        return f"no limit stated (sent as {number(one.quantity)} {unit})"
    return counted(one.quantity, unit)


def _frequency(one: Allowance) -> str:
    """ "3 a week": HSD04 of HSD03."""
    if not one.each:
        is_plain = one.unit and (one.above, one.up_to) == (None, None)
        unit = UNITS.get(one.unit, shown(one.unit))
        return f"by the {unit} (how many a {unit} is not said)" if is_plain else ""
    if not one.unit:
        return f"{shown(one.each)} at a time (the time is not said)"
    return f"{shown(one.each)} a {UNITS.get(one.unit, f'unit (code {shown(one.unit)})')}"


def _span(one: Allowance) -> str:
    """ "for 1 month", "per service year", "left"."""
    span = SPANS.get(one.period)
    if not one.periods or span is None:
        words = known(codes.PERIOD, one.period, "period")
        if one.periods and not one.period:
            return f"for {shown(one.periods)} periods whose length is not said"
        return f"{words} {shown(one.periods)}".strip()
    plural = "" if one.periods == "1" or span.endswith("s") else "s"
    return f"for {shown(one.periods)} {span}{plural}"


def known(table: dict[str, str], code: str, kind: str) -> str:
    """The words for a code, the code itself when it is not in the table, "" for none."""
    return table.get(code, f"{kind} code {shown(code)}") if code else ""


def counted(quantity: Decimal, unit: str) -> str:
    """ "1 visit", "12 visits"."""
    one = quantity == 1 and unit in ("visits", "days", "hours", "months", "years", "units")
    return f"{number(quantity)} {unit[:-1] if one else unit}".strip()


def number(quantity: Decimal) -> str:
    """A number without zeros behind it."""
    return f"{quantity.normalize():f}"
