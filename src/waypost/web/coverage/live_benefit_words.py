"""One line of an insurer's answer in the reader's language, with its figures and its setting."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from waypost.design.words import date_text
from waypost.values.money import dollars_text, percent_text
from waypost.web.coverage.live_names import place_name, service_name
from waypost.web.coverage.live_quantity_words import (
    allowance_words,
    period_words,
    quantity_words,
)
from waypost.x12.accounts import Account
from waypost.x12.benefit import Benefit
from waypost.x12.benefit_words import is_money_for_percent, without
from waypost.x12.delivery import allowances
from waypost.x12.fields import is_no_limit, is_no_limit_count, shown
from waypost.x12.payer_texts import has_a_condition
from waypost.x12.standing import days_of, is_current
from waypost.x12.summary import Summary

MOST = 12


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the insurer, with what it adds in its own words."""

    words: str
    quotes: tuple[str, ...] = ()


def said_lines(summary: Summary, hide: tuple[str, ...]) -> list[Said]:
    """What the care costs, then the yearly amounts; `hide` are the member's own words."""
    lines = [
        Said(
            benefit_words(benefit, summary.coverage.day),
            tuple(shown(without(text, hide)) for text in benefit.messages),
        )
        for benefit in (*summary.shares[:MOST], *summary.of_plan[:MOST])
    ]
    return lines + [Said(account_words(account)) for account in summary.accounts[:MOST]]


def benefit_words(benefit: Benefit, day: date | None = None) -> str:
    """“Copay: $40 for each visit, in network (substance use treatment)”."""
    figure = " ".join(part for part in (_figure(benefit), _period_of(benefit)) if part)
    details = [figure, _level(benefit.coverage_level), _network(benefit.network)]
    if benefit.authorization == "Y":
        details.append(_("ask the plan first"))
    details += [allowance_words(allowance) for allowance in allowances(benefit.deliveries)]
    details += [] if is_current(benefit, day) else [_days(benefit)]
    details += [place_name(setting.code) for setting in benefit.settings if setting.code]
    words = ", ".join(part for part in details if part)
    kind = _kind(benefit)
    services = ", ".join(_services(benefit))
    line = f"{kind}: {words}" if words else kind
    return f"{line} ({services})" if services else line


def _days(benefit: Benefit) -> str:
    """That a line's own dates leave the day out, and which they are."""
    days = days_of(benefit.dates)
    first = date_text(days.first) if days.first else ""
    last = date_text(days.last) if days.last else ""
    if first and last:
        words = _("only from %(first)s to %(last)s, which is not this day")
    else:
        words = _("only to %(last)s") if last else _("only from %(first)s on")
    return words % {"first": first, "last": last}


def account_words(account: Account) -> str:
    """“Deductible: $2,000 a calendar year, $1,250.50 left this year, for one person”."""
    first = account.first
    kind = _kind(first)
    if account.own:
        kind = _("%(kind)s for this care alone") % {"kind": kind}
    if account.no_limit:
        figures = [_("no limit stated")]
    else:
        said = [
            amount for amount in (account.total, account.left, account.so_far) if amount is not None
        ]
        figures = [f"{_figure(amount)} {period_words(amount.period)}".strip() for amount in said]
        if account.left is None and account.so_far is None:
            figures.append(_("it does not say what is left"))
    details = [*figures, _level(first.coverage_level), _network(first.network)]
    return f"{kind}: {', '.join(part for part in details if part)}"


def _kind(benefit: Benefit) -> str:
    if benefit.code in ("I", "E") and any(map(has_a_condition, benefit.messages)):
        return _("Not covered except as the insurer says")
    return {
        "A": _("Coinsurance"),
        "B": _("Copay"),
        "C": _("Deductible"),
        "D": _("The insurer says"),
        "E": _("Excluded"),
        "F": _("Limit"),
        "G": _("Out-of-pocket maximum"),
        "H": _("No limit"),
        "I": _("Not covered"),
        "M": _("Pre-existing condition"),
        "O": _("Not seen as medically necessary"),
        "P": _("The insurer’s disclaimer"),
        "Q": _("A second opinion is needed"),
        "V": _("The insurer’s system cannot answer this"),
        "Y": _("Spend-down"),
    }.get(benefit.code, _("The insurer says"))


def _figure(benefit: Benefit) -> str:
    figures = [*_amounts(benefit)]
    quantity = _quantity_of(benefit)
    if quantity:
        figures.append(quantity)
    if not figures and benefit.code in "ABC":
        return _("no figure sent")
    return _(" and ").join(figures)


def _amounts(benefit: Benefit) -> Iterator[str]:
    if is_money_for_percent(benefit):
        yield _("%(amount)s (sent as money where a percentage belongs; ask which it is)") % {
            "amount": shown(benefit.sent_amount)
        }
    elif benefit.cents is not None:
        yield _("no limit stated") if is_no_limit(benefit.cents) else dollars_text(benefit.cents)
    elif benefit.sent_amount:
        yield _("an amount that cannot be read")
    if benefit.basis_points is not None:
        yield percent_text(benefit.basis_points)
    elif benefit.sent_percent:
        yield _("a percentage that cannot be read")


def _quantity_of(benefit: Benefit) -> str:
    if benefit.quantity is None:
        return _("a number that cannot be read") if benefit.sent_quantity else ""
    if is_no_limit_count(benefit.quantity):
        return _("no limit stated")
    return quantity_words(benefit.quantity, benefit.quantity_code)


def _period_of(benefit: Benefit) -> str:
    """The period, but for “left” of what is used: the insurer says both at once."""
    return (
        ""
        if benefit.quantity_code == "99" and benefit.period == "29"
        else period_words(benefit.period)
    )


def _level(code: str) -> str:
    known = {"IND": _("for one person"), "FAM": _("for the family")}
    return known.get(code, _("(counted for %(code)s)") % {"code": shown(code)} if code else "")


def _network(code: str) -> str:
    return {
        "Y": _("in network"),
        "N": _("out of network"),
        "W": _("in or out of network"),
        "U": _("network not known"),
    }.get(code, "")


def _services(benefit: Benefit) -> Iterator[str]:
    if benefit.procedure:
        yield " ".join(shown(part) for part in benefit.procedure[1:] or benefit.procedure)
    yield from (service_name(code) for code in benefit.service_types if code != "30")
