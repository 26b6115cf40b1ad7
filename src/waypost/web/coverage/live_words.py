"""What an insurer answered live, in the reader's language; its own texts are quoted as sent."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from waypost.values.money import dollars_text, percent_text
from waypost.x12.benefit import Benefit
from waypost.x12.fields import shown
from waypost.x12.parts import Organization
from waypost.x12.standing import Standing
from waypost.x12.summary import Summary


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the insurer, with what it adds in its own words."""

    words: str
    quotes: tuple[str, ...] = ()


def standing_words(standing: Standing) -> tuple[str, str]:
    """A short verdict, and what to make of it."""
    return {
        Standing.ACTIVE: (
            _("Active"),
            _("The insurer’s system says that the coverage is active today."),
        ),
        Standing.PENDING: (
            _("Active, pending"),
            _(
                "The insurer’s system says that the coverage is active but under review, as when a "
                "premium is late. Call the insurer before care starts."
            ),
        ),
        Standing.INACTIVE: (
            _("Not active"),
            _(
                "The insurer’s system says that the coverage is not active. Plans change: call the "
                "insurer, and look at what helps without insurance."
            ),
        ),
        Standing.CONTRADICTORY: (
            _("It says both"),
            _("The insurer’s system calls the coverage active and inactive at once. Call it."),
        ),
    }.get(
        standing,
        (_("Not said"), _("The insurer’s system does not say whether the coverage is active.")),
    )


def said_lines(summary: Summary) -> list[Said]:
    """What the care costs, then what is left of the yearly amounts, each line as sent."""
    return [Said(benefit_words(one), _quotes(one)) for one in (*summary.shares, *summary.left)]


def _quotes(one: Benefit) -> tuple[str, ...]:
    return tuple(shown(text) for text in one.messages)


def benefit_words(one: Benefit) -> str:
    """“Copay: $40 for each visit, in network (substance use treatment)”."""
    figure = " ".join(part for part in (_figure(one), _period(one.period)) if part)
    told = [figure, _level(one.coverage_level), _network(one.network)]
    if one.authorization == "Y":
        told.append(_("ask the plan first"))
    words = ", ".join(part for part in told if part)
    kind = _kind(one.code)
    services = ", ".join(service_name(code) for code in one.service_types if code != "30")
    line = f"{kind}: {words}" if words else kind
    return f"{line} ({services})" if services else line


def _kind(code: str) -> str:
    return {
        "A": _("Coinsurance"),
        "B": _("Copay"),
        "C": _("Deductible"),
        "E": _("Excluded"),
        "F": _("Limit"),
        "G": _("Out-of-pocket maximum"),
        "I": _("Not covered"),
    }[code]


def _figure(one: Benefit) -> str:
    figures = []
    if one.sent_amount:
        unread = _("an amount that cannot be read")
        figures.append(dollars_text(one.cents) if one.cents is not None else unread)
    if one.sent_percent:
        points = one.basis_points
        unread = _("a percentage that cannot be read")
        figures.append(unread if points is None else percent_text(points))
    if one.quantity is not None:
        figures.append(f"{one.quantity.normalize():f} {_quantity(one.quantity_code)}".strip())
    if not figures and one.code in "ABC":
        return _("no figure sent")
    return _(" and ").join(figures)


def _quantity(code: str) -> str:
    known = {"DY": _("days"), "VS": _("visits"), "HS": _("hours"), "P6": _("services")}
    return known.get(code, _("(unit %(code)s)") % {"code": shown(code)} if code else "")


def _period(code: str) -> str:
    known = {
        "7": _("a day"),
        "22": _("a plan year"),
        "23": _("a calendar year"),
        "24": _("this year so far"),
        "25": _("a plan year"),
        "26": _("an episode of care"),
        "27": _("for each visit"),
        "29": _("left this year"),
        "32": _("in a lifetime"),
        "33": _("left in a lifetime"),
        "34": _("a month"),
        "36": _("for each admission"),
    }
    return known.get(code, _("(period %(code)s)") % {"code": shown(code)} if code else "")


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


def service_name(code: str) -> str:
    """What a service type is called; one that is not here is shown as sent."""
    return {
        "48": _("inpatient hospital care"),
        "50": _("outpatient hospital care"),
        "98": _("office visits"),
        "A4": _("psychiatric care"),
        "A6": _("psychotherapy"),
        "A7": _("inpatient psychiatric care"),
        "A8": _("outpatient psychiatric care"),
        "AI": _("substance use treatment"),
        "AJ": _("alcohol use treatment"),
        "AK": _("drug use treatment"),
        "BB": _("psychiatric partial hospitalization"),
        "BC": _("psychiatric day care"),
        "CE": _("inpatient mental health provider"),
        "CF": _("outpatient mental health provider"),
        "CG": _("inpatient mental health facility"),
        "CH": _("outpatient mental health facility"),
        "CI": _("inpatient substance use facility"),
        "CJ": _("outpatient substance use facility"),
        "MH": _("mental health care"),
    }.get(code, _("service type %(code)s") % {"code": shown(code)})


def contact_words(one: Organization) -> str:
    """Whom the insurer refers to, with the ways to reach it."""
    ways = [shown(value) for contact in one.contacts for _kind_of, value in contact.ways]
    return ", ".join([shown(one.name), *ways])


def authorization_words(code: str) -> str:
    """Whether the plan must be asked first; a blank is never a no."""
    return {
        "Y": _("The insurer’s system says that some of this care must be authorized first."),
        "N": _("The insurer’s system says that this care need not be authorized first."),
        "U": _("The insurer’s system does not know whether this care must be authorized first."),
    }.get(code, _("The insurer’s system does not say whether this care must be authorized first."))
