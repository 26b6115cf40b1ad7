"""The benefits of a 271: each EB segment with everything that hangs on it."""

from collections.abc import Callable
from typing import Any

from waypost.coverage.x12.answer import Benefit, Delivery, Note, Reference, Setting
from waypost.coverage.x12.envelope import MAX_REPEATS, BadMessage, Problem
from waypost.coverage.x12.fields import (
    is_number,
    plain,
    read_basis_points,
    read_cents,
    read_quantity,
)
from waypost.coverage.x12.pieces import Segment, contact, dated, organization, padded

BLANKS = [[""] * missing for missing in range(16)]
NO_TUPLES: dict[str, Any] = dict.fromkeys(
    ("messages", "deliveries", "settings", "references", "dates", "entities"), ()
)
fill = object.__setattr__


class BenefitReader:
    """Gathers benefits while the segments pass by.

    A benefit's fields are filled through one dictionary: a frozen dataclass sets each of its
    twenty-two fields by a call of its own, which is half the time of reading a message. The
    dictionary is let go with the next benefit, and from then on nothing can change the value.
    """

    def __init__(self, notes: list[tuple[Note, int]], repetition: str, component: str) -> None:
        self.benefits: list[Benefit] = []
        self.handlers: dict[str, Callable[[Segment, int], None]] = {
            "MSG": self._message,
            "DTP": self._date,
            "HSD": self._delivery,
            "III": self._setting,
            "REF": self._reference,
            "LS": self._open,
            "LE": self._close,
            "NM1": self._entity,
            "PER": self._contact,
        }
        self._notes = notes
        self._repetition = repetition
        self._component = component
        self._now: dict[str, Any] = {}
        self._loop_open = False

    def start(self, segment: Segment, place: int, loop: str) -> None:
        """A new EB segment. Raises `BadMessage` for more than 100 repeats of a code."""
        if self._loop_open:
            self.finish(place)
        missing = 15 - len(segment)
        if missing > 0:
            segment += BLANKS[missing]
        (_, code, level, types, insurance, plan, period, amount, percent) = segment[:9]
        (quantity_code, quantity, authorization, network, procedure) = segment[9:14]
        self._now = {
            **NO_TUPLES,
            "loop": loop,
            "code": code,
            "coverage_level": level,
            "service_types": self._repeats(types),
            "insurance_type": insurance,
            "plan_name": plan if plan.isprintable() else plain(plan),
            "period": period,
            "cents": self._cents(amount, place) if amount else None,
            "basis_points": self._points(percent, place) if percent else None,
            "quantity_code": quantity_code,
            "quantity": self._quantity(quantity, place) if quantity else None,
            "authorization": authorization,
            "network": network,
            "procedure": tuple(procedure.split(self._component)) if procedure else (),
            "sent_amount": amount,
            "sent_percent": percent,
        }
        benefit = Benefit.__new__(Benefit)
        fill(benefit, "__dict__", self._now)
        self.benefits.append(benefit)

    def finish(self, place: int) -> None:
        """The benefits of a level end here."""
        if self._loop_open:
            self._notes.append((Note.OPEN_LOOP, place))
        self._loop_open = False
        self._now = {}

    def _repeats(self, text: str) -> tuple[str, ...]:
        if not text:
            return ()
        if not self._repetition or self._repetition not in text:
            return (text,)
        codes = text.split(self._repetition)
        if len(codes) > MAX_REPEATS:
            raise BadMessage(Problem.TOO_MANY_REPEATS)
        return tuple(codes)

    def _cents(self, text: str, place: int) -> int | None:
        if len(text) < 8 and text.isdigit() and text.isascii():
            return int(text) * 100
        cents = read_cents(text)
        if cents is None:
            self._notes.append((Note.AMOUNT, place))
        return cents

    def _points(self, text: str, place: int) -> int | None:
        points = read_basis_points(text)
        if points is None:
            note = Note.PERCENT_OVER_ONE if is_number(text) and text[0] != "0" else Note.PERCENT
            self._notes.append((note, place))
        return points

    def _quantity(self, text: str, place: int) -> Any:
        quantity = read_quantity(text)
        if quantity is None:
            self._notes.append((Note.QUANTITY, place))
        return quantity

    def _add(self, key: str, value: object) -> None:
        self._now[key] += (value,)

    def _message(self, segment: Segment, place: int) -> None:
        text = segment[1] if len(segment) > 1 else ""
        if not text.isprintable():
            self._notes.append((Note.CONTROL_CHARACTERS, place))
            text = plain(text)
        if text:
            self._now["messages"] += (text,)

    def _date(self, segment: Segment, place: int) -> None:
        self._add("dates", dated(segment, place, self._notes))

    def _delivery(self, segment: Segment, place: int) -> None:
        _, code, quantity, unit, per, period, periods = padded(segment, 7)[:7]
        amount = self._quantity(quantity, place) if quantity else None
        self._add("deliveries", Delivery(code, amount, unit, per, period, periods))

    def _setting(self, segment: Segment, place: int) -> None:
        _, qualifier, code, _, text = padded(segment, 5)[:5]
        self._add("settings", Setting(qualifier, plain(code), plain(text)))

    def _reference(self, segment: Segment, place: int) -> None:
        _, qualifier, value, text = padded(segment, 4)[:4]
        self._add("references", Reference(qualifier, plain(value), plain(text)))

    def _open(self, segment: Segment, place: int) -> None:
        if self._loop_open:
            self._notes.append((Note.OPEN_LOOP, place))
        self._loop_open = True

    def _close(self, segment: Segment, place: int) -> None:
        self._loop_open = False

    def _entity(self, segment: Segment, place: int) -> None:
        self._add("entities", organization(padded(segment, 10)))

    def _contact(self, segment: Segment, place: int) -> None:
        """A PER segment belongs to the entity before it; without one it is a new nameless one."""
        entities = self._now["entities"] or (organization([""] * 10),)
        last = entities[-1]
        last = type(last)(
            last.role, last.name, last.id_qualifier, last.id, (*last.contacts, contact(segment))
        )
        self._now["entities"] = (*entities[:-1], last)
