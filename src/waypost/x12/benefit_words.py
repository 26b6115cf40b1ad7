"""One benefit in English, for billing staff: its kind with its figures, and what hangs on it."""

import re
from collections.abc import Iterator
from datetime import date

from waypost.values.money import dollars_text, percent_text
from waypost.x12 import codes
from waypost.x12.benefit import Benefit
from waypost.x12.benefit_codes import PERCENT
from waypost.x12.delivery import allowances
from waypost.x12.fields import is_no_limit, is_no_limit_count, shown
from waypost.x12.parts import Setting, X12Organization
from waypost.x12.payer_texts import has_a_condition
from waypost.x12.places import PLACE, PROCEDURE
from waypost.x12.quantity_words import allowance_words, counted, known, number
from waypost.x12.service_types import SERVICE
from waypost.x12.standing import days_of, is_current

NO_FIGURE = frozenset("ABCG")  # kinds that are nothing without one
THRESHOLDS = {"30": "beyond", "31": "up to"}


def headline(benefit: Benefit) -> str:
    """A benefit in one line: "Copayment, $40.00 per visit, in network, for office visits." """
    return f"{_parts(benefit)}{_service(benefit)}."


def with_details(benefit: Benefit, hide: tuple[str, ...] = (), day: date | None = None) -> str:
    """The line with what decides: its quantities, places, texts, and dates that leave a day out."""
    quantities = map(allowance_words, allowances(benefit.deliveries))
    details = [words for words in quantities if words != figure(benefit)]  # HSD may repeat EB
    details += [f"where: {setting_words(setting)}" for setting in benefit.settings]
    details += [] if is_current(benefit, day) else [_days(benefit)]
    quotes = [quoted(text, hide) for text in benefit.messages]
    parts = [f"{_parts(benefit)}{_service(benefit)}", "; ".join(details), " ".join(quotes)]
    return ": ".join(part for part in parts if part) + "."


def _days(benefit: Benefit) -> str:
    """ "not on this day, by its dates: from 2025-01-01 to 2025-12-31"."""
    days = days_of(benefit.dates)
    ends = [f"from {days.first}" if days.first else "", f"to {days.last}" if days.last else ""]
    return f"not on this day, by its dates: {' '.join(filter(None, ends))}"


def quoted(text: str, hide: tuple[str, ...] = ()) -> str:
    """A payer's text in quotation marks, without the member's own name and number."""
    return f"“{shown(without(text, hide))}”"


def without(text: str, hide: tuple[str, ...]) -> str:
    """A text without these words, which are a person's own; in capitals or not."""
    for words in hide:
        pattern = re.escape(words).replace("\\ ", r"\s+(?:\w+\.?\s+)?")  # a middle name
        text = re.sub(pattern, "[a person]", text, flags=re.IGNORECASE)
    return text


def _parts(benefit: Benefit) -> str:
    """The kind of benefit with its figures: "Copayment, $40.00 per visit, in network"."""
    parts = [
        _kind(benefit),
        figure(benefit),
        known(codes.LEVEL, benefit.coverage_level, "level"),
        known(codes.NETWORK, benefit.network, "network"),
        known(codes.AUTHORIZATION, benefit.authorization, "authorization"),
        known(codes.INSURANCE, benefit.insurance_type, "insurance type"),
        f"plan “{shown(benefit.plan_name)}”" if benefit.plan_name else "",
    ]
    return ", ".join(part for part in parts if part)


def _kind(benefit: Benefit) -> str:
    """EB01 in words. What is not covered "unless authorized" is not plainly not covered."""
    words = codes.BENEFIT.get(benefit.code, f"Benefit code {shown(benefit.code) or 'not sent'}")
    conditional = benefit.code in ("I", "E") and any(map(has_a_condition, benefit.messages))
    return f"{words} but for a condition" if conditional else words


def figure(benefit: Benefit) -> str:
    """The amount, the share and the quantity, with the time they count over."""
    figures = [*_money(benefit), *_share(benefit)]
    period = known(codes.PERIOD, benefit.period, "period")
    if figures:
        if benefit.period in THRESHOLDS and benefit.sent_quantity:
            return f"{' and '.join(figures)} {_quantity(benefit, benefit.period)}"
        quantity = _quantity(benefit, "")
        figure_words = f"{' and '.join(figures)} {period}".strip()
        return f"{figure_words}, {quantity}" if quantity else figure_words
    if benefit.sent_quantity:
        return _quantity(benefit, benefit.period)
    if benefit.code in NO_FIGURE:
        return f"no figure sent {period}".strip()
    return period


def _money(benefit: Benefit) -> Iterator[str]:
    if benefit.cents is not None:
        sent = dollars_text(benefit.cents)
        if is_money_for_percent(benefit):
            yield f"“{shown(benefit.sent_amount)}” as money where a percentage belongs"
        else:
            yield f"no limit stated (sent as {sent})" if is_no_limit(benefit.cents) else sent
    elif benefit.sent_amount:
        yield f"“{shown(benefit.sent_amount)}” as an amount, not readable"


def is_money_for_percent(benefit: Benefit) -> bool:
    """Whether a coinsurance has an amount and no percentage: $20 and 20 % cannot be told apart."""
    return benefit.code in PERCENT and benefit.cents is not None and not benefit.sent_percent


def _share(benefit: Benefit) -> Iterator[str]:
    if benefit.basis_points is not None:
        yield percent_text(benefit.basis_points)
    elif benefit.sent_percent:
        yield f"“{shown(benefit.sent_percent)}” as a percentage, not readable"


def _quantity(benefit: Benefit, period: str) -> str:
    """EB09 and EB10: "20 visits per year", "beyond 30 visits", "6 used"."""
    if not benefit.sent_quantity:
        return ""
    unit = known(codes.QUANTITY, benefit.quantity_code, "unit")
    if benefit.quantity is None:
        over = known(codes.PERIOD, period, "period")
        return f"“{shown(benefit.sent_quantity)}” {unit} {over}".strip() + " (not a count)"
    if is_no_limit_count(benefit.quantity):
        count = f"no limit stated (sent as {number(benefit.quantity)} {unit})"
    else:
        count = counted(benefit.quantity, unit)
    if period in THRESHOLDS:
        return f"{THRESHOLDS[period]} {count}"
    over = known(codes.PERIOD, period, "period")
    if benefit.quantity_code == "99" and period == "29":  # "used" and "left" at once
        over = "(the payer's period says “left”)"
    return f"{count} {over}".strip()


def _service(benefit: Benefit) -> str:
    names = [procedure_words(benefit.procedure)] if benefit.procedure else []
    names += [SERVICE.get(code, f"service type {shown(code)}") for code in benefit.service_types]
    return f", for {', '.join(names)}" if names else ""


def procedure_words(procedure: tuple[str, ...]) -> str:
    """ "H0015 (intensive outpatient treatment for substance use)", its modifiers behind it."""
    code = procedure[1] if len(procedure) > 1 else procedure[0]
    name = PROCEDURE.get(code)
    if name is None:
        return "procedure " + " ".join(shown(part) for part in procedure)
    modifiers = " ".join(shown(part) for part in procedure[2:] if part)
    return f"{code} {modifiers}".strip() + f" ({name})"


def setting_words(setting: Setting) -> str:
    """The place of service in words; another code as sent."""
    if setting.qualifier in ("ZZ", "") and setting.code:
        words = known(PLACE, setting.code, "place")
        return f"{words} ({shown(setting.text)})" if setting.text else words
    parts = (shown(setting.qualifier), shown(setting.code), shown(setting.text))
    return " ".join(part for part in parts if part)


def entity_words(entity: X12Organization) -> str:
    """A name with its number and the ways to reach it; nobody who is insured is named."""
    if entity.private:
        whom = "the other insured" if entity.role == "IL" else "a person"
        return f"{whom}, who is not named here"
    ways = [shown(value) for contact in entity.contacts for _, value in contact.ways]
    number_sent = f" ({entity.id_qualifier} {shown(entity.id)})" if entity.id else ""
    name = f"“{shown(entity.name)}”" if entity.name else "no name"
    return ", ".join([f"{name}{number_sent}", *ways])
