"""Numbers with their units and times in English, for billing staff: how much, how often."""

from decimal import Decimal

from waypost.x12 import codes, segment_codes
from waypost.x12.delivery import Allowance
from waypost.x12.fields import shown

UNITS = codes.UNIT
SPANS = {"6": "hour", "7": "day", "13": "24 hours", "21": "year", "22": "service year"}
SPANS |= {"23": "calendar year", "25": "contract", "26": "episode", "34": "month", "35": "week"}
SPANS |= {"27": "visit", "36": "admission"}


def allowance_words(allowance: Allowance) -> str:
    """ "12 visits, 3 a week, for 1 month"; "visits 11 to 30"; "visit 31 and after"."""
    allowed, often, span = _allowed(allowance), _frequency(allowance), _span(allowance)
    if allowed and span and not often:
        allowed, span = f"{allowed} {span}", ""
    parts = [_tier(allowance), allowed, often, span]
    parts += [
        known(segment_codes.PATTERN, allowance.pattern, "pattern"),
        known(segment_codes.TIME, allowance.time, "time"),
    ]
    return ", ".join(part for part in parts if part) or "no quantity sent"


def _tier(allowance: Allowance) -> str:
    if allowance.above is None and allowance.up_to is None:
        return ""
    unit = UNITS.get(
        allowance.unit, f"unit code {shown(allowance.unit)}" if allowance.unit else "unit"
    )
    first = number(allowance.above + 1) if allowance.above is not None else "1"
    if allowance.up_to is None:
        return f"{unit} {first} and after"
    return f"{unit}s {first} to {number(allowance.up_to)}"


def _allowed(allowance: Allowance) -> str:
    unit = known(codes.QUANTITY, allowance.quantity_code, "unit")
    if allowance.unread:
        return f"“{shown(allowance.unread)}” {unit}".strip() + " (not a count)"
    if allowance.quantity is None:
        return unit if unit and (allowance.above, allowance.up_to) == (None, None) else ""
    if allowance.no_limit:
        return f"no limit stated (sent as {number(allowance.quantity)} {unit})"
    return counted(allowance.quantity, unit)


def _frequency(allowance: Allowance) -> str:
    """ "3 a week": HSD04 of HSD03."""
    if not allowance.each:
        is_plain = allowance.unit and (allowance.above, allowance.up_to) == (None, None)
        unit = UNITS.get(allowance.unit, shown(allowance.unit))
        return f"by the {unit} (how many a {unit} is not said)" if is_plain else ""
    if not allowance.unit:
        return f"{shown(allowance.each)} at a time (the time is not said)"
    unit = UNITS.get(allowance.unit, f"unit (code {shown(allowance.unit)})")
    return f"{shown(allowance.each)} a {unit}"


def _span(allowance: Allowance) -> str:
    """ "for 1 month", "per service year", "left"."""
    span = SPANS.get(allowance.period)
    if not allowance.periods or span is None:
        words = known(codes.PERIOD, allowance.period, "period")
        if allowance.periods and not allowance.period:
            return f"for {shown(allowance.periods)} periods whose length is not said"
        return f"{words} {shown(allowance.periods)}".strip()
    plural = "" if allowance.periods == "1" or span.endswith("s") else "s"
    return f"for {shown(allowance.periods)} {span}{plural}"


def known(table: dict[str, str], code: str, kind: str) -> str:
    """The words for a code, the code itself when it is not in the table, "" for none."""
    return table.get(code, f"{kind} code {shown(code)}") if code else ""


def counted(quantity: Decimal, unit: str) -> str:
    """ "1 visit", "12 visits"."""
    is_single = quantity == 1 and unit in ("visits", "days", "hours", "months", "years", "units")
    return f"{number(quantity)} {unit[:-1] if is_single else unit}".strip()


def number(quantity: Decimal) -> str:
    """A number without zeros behind it."""
    return f"{quantity.normalize():f}"
