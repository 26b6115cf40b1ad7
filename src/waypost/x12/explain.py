"""A 271 in plain words, line by line, for those who read them every day."""

from collections.abc import Iterator
from datetime import date

from waypost.x12 import codes
from waypost.x12.answer import Answer271, Rejection
from waypost.x12.benefit import Benefit
from waypost.x12.fields import shown
from waypost.x12.parts import Dated, Delivery, Organization, Setting
from waypost.x12.reject_codes import FOLLOW_UP, reason

NO_END = date(9999, 12, 31)


def explain(answer: Answer271) -> list[str]:
    """The lines of an explanation. Names the payer and the provider, never the member.

    Warnings come first, then refusals, then dates, then each benefit in the order sent. Codes
    that are not in our tables are shown as sent. Texts of the payer are quoted, printable and
    at most 264 characters.
    """
    return [
        *_warnings(answer),
        *_parties(answer),
        *(_rejection(one) for one in answer.rejections),
        *(f"The payer adds: “{shown(text)}”" for text in answer.messages),
        *_plan_dates(answer),
        *(line for one in answer.benefits for line in _benefit(one)),
        *_silence(answer),
    ]


def _warnings(answer: Answer271) -> Iterator[str]:
    for fault in answer.envelope.faults:
        yield f"Do not rely on this file: {fault.value}"
    for note, place in answer.notes:
        where = f" on segment {place}" if place else ""
        yield f"Note{where}: {note.value}"
    if answer.envelope.usage == "T":
        yield "This file is marked as a test."


def _parties(answer: Answer271) -> Iterator[str]:
    if answer.payer is not None:
        yield f"Payer: {organization_line(answer.payer)}"
    if answer.provider is not None:
        yield f"Asked by: {organization_line(answer.provider)}"
    if answer.person is not None:
        whom = "a dependent" if answer.dependent is not None else "the subscriber"
        yield f"About: {whom}"


def organization_line(one: Organization) -> str:
    """A name with its number and the ways to reach it."""
    ways = [shown(value) for contact in one.contacts for _, value in contact.ways]
    number = f" ({one.id_qualifier} {shown(one.id)})" if one.id else ""
    return ", ".join([f"“{shown(one.name)}”{number}", *ways])


def _rejection(one: Rejection) -> str:
    why = reason(one.code)
    after = FOLLOW_UP.get(one.follow_up, f"Follow-up code {shown(one.follow_up)}.")
    return f"Refused in loop {one.loop}, AAA {shown(one.code)}: {why.words} {after}"


def _plan_dates(answer: Answer271) -> Iterator[str]:
    for person in (answer.subscriber, answer.dependent):
        if person is not None:
            for one in person.dates:
                yield f"Date, {_date(one)}"


def _date(one: Dated) -> str:
    name = codes.DATE.get(one.qualifier, f"code {shown(one.qualifier)}")
    if one.period is None:
        return f"{name}: not readable"
    start, end = one.period.start, one.period.end
    if start == end:
        return f"{name}: {start}"
    return f"{name}: {start} to {'no end date given' if end == NO_END else end}"


def headline(one: Benefit) -> str:
    """A benefit in one line: "Copayment, $40.00 per visit, in network, for office visits." """
    return f"{_headline(one)}{_service(one)}."


def _benefit(one: Benefit) -> Iterator[str]:
    yield headline(one)
    for text in one.messages:
        yield f"  The payer adds: “{shown(text)}”"
    for dated in one.dates:
        yield f"  Date, {_date(dated)}"
    for delivery in one.deliveries:
        yield f"  Delivery: {_delivery(delivery)}"
    for setting in one.settings:
        yield f"  Where: {_setting(setting)}"
    for reference in one.references:
        yield f"  Reference {shown(reference.qualifier)}: {shown(reference.value)}"
    for entity in one.entities:
        yield f"  See: {organization_line(entity)}"


def _headline(one: Benefit) -> str:
    """The kind of benefit with its figures: "Copayment, $40.00 per visit, in network"."""
    parts = [codes.BENEFIT.get(one.code, f"Benefit code {shown(one.code)}")]
    figure = _figure(one)
    period = _known(codes.PERIOD, one.period, "period")
    parts += [f"{figure} {period}".strip()] if figure or period else []
    parts += [_known(codes.LEVEL, one.coverage_level, "level")]
    parts += [_known(codes.NETWORK, one.network, "network")]
    parts += [_known(codes.AUTHORIZATION, one.authorization, "authorization")]
    parts += [_known(codes.INSURANCE, one.insurance_type, "insurance type")]
    parts += [f"plan “{shown(one.plan_name)}”" if one.plan_name else ""]
    return ", ".join(part for part in parts if part)


def _figure(one: Benefit) -> str:
    figures = []
    if one.sent_amount:
        figures.append(_money(one.cents) if one.cents is not None else "an unreadable amount")
    if one.sent_percent:
        points = one.basis_points
        unread = f"“{shown(one.sent_percent)}” as a percentage, not read"
        figures.append(_percent(points) if points is not None else unread)
    if one.quantity is not None:
        unit = _known(codes.QUANTITY, one.quantity_code, "unit")
        figures.append(f"{one.quantity.normalize():f} {unit}".strip())
    if not figures and one.code in ("A", "B", "C"):
        figures.append("no figure sent")
    return " and ".join(figures)


def _service(one: Benefit) -> str:
    names = [codes.SERVICE.get(code, f"service type {shown(code)}") for code in one.service_types]
    if one.procedure:
        names.append("procedure " + " ".join(shown(part) for part in one.procedure))
    return f", for {', '.join(names)}" if names else ""


def _delivery(one: Delivery) -> str:
    figure = f"{one.quantity.normalize():f}" if one.quantity is not None else ""
    unit = _known(codes.QUANTITY, one.quantity_code, "unit")
    period = _known(codes.PERIOD, one.period, "period")
    return " ".join(part for part in (figure, unit, period, shown(one.periods)) if part)


def _setting(one: Setting) -> str:
    if one.qualifier == "ZZ" and one.code:
        return _known(codes.PLACE, one.code, "place")
    return " ".join(
        part for part in (shown(one.qualifier), shown(one.code), shown(one.text)) if part
    )


def _silence(answer: Answer271) -> Iterator[str]:
    if not answer.benefits and not answer.rejections:
        yield "The payer says nothing about benefits."


def _known(table: dict[str, str], code: str, kind: str) -> str:
    """The words for a code, the code itself when it is not in the table, "" for none."""
    return table.get(code, f"{kind} code {shown(code)}") if code else ""


def _money(cents: int) -> str:
    return f"${cents // 100:,}.{cents % 100:02d}"


def _percent(points: int) -> str:
    whole, part = divmod(points, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") + " %"
