"""The benefits of a 271, each with everything that hangs on it."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from waypost.x12.benefit import Benefit
from waypost.x12.codes import PERIOD, QUANTITY, UNIT
from waypost.x12.delivery import BEYOND, UP_TO
from waypost.x12.fields import is_long, read_quantity
from waypost.x12.notes import Note
from waypost.x12.parts import Delivery, Setting, X12Organization
from waypost.x12.pieces import (
    Notes,
    Segment,
    contact,
    dated,
    organization,
    padded,
    reference,
    text_of,
)
from waypost.x12.places import PLACE
from waypost.x12.read_benefit import Money, Read

NAMELESS = X12Organization("", "", "", "")


class BenefitReader:
    """Gathers benefits while the segments pass by.

    What hangs on a benefit is gathered beside it and put into a copy when the next one begins:
    the benefit that was read may be remembered for other messages.
    """

    def __init__(self, notes: Notes) -> None:
        self.benefits: list[Benefit] = []
        self.money: list[Money] = []
        self._notes = notes
        self._hung: dict[str, list[Any]] = {}
        self._loop_open = False

    def add(self, read: Read, place: int) -> None:
        """A new benefit: what follows hangs on it."""
        if self._hung or self._loop_open:
            self.finish(place)
        benefit, notes, money = read
        self.benefits.append(benefit)
        if money:
            self.money.append(money)
        if notes:
            self._notes += [(note, place) for note in notes]

    def finish(self, place: int) -> None:
        """The segments that hang on the last benefit end here."""
        if self._hung:
            gathered = {key: tuple(values) for key, values in self._hung.items()}
            self.benefits[-1] = replace(self.benefits[-1], **gathered)
            self._hung = {}
        if self._loop_open:
            self._notes.append((Note.OPEN_LOOP, place))
            self._loop_open = False

    def _add(self, key: str, value: object) -> None:
        self._hung.setdefault(key, []).append(value)

    def _message(self, segment: Segment, place: int) -> None:
        text = text_of(segment, place, self._notes)
        if not text:
            self._notes.append((Note.EMPTY_SEGMENT, place))
            return
        if is_long(text):
            self._notes.append((Note.LONG_TEXT, place))
        self._add("messages", text)

    def _date(self, segment: Segment, place: int) -> None:
        self._add("dates", dated(segment, place, self._notes))

    def _delivery(self, segment: Segment, place: int) -> None:
        _, code, sent, unit, per, period, periods, pattern, time = padded(segment, 9)[:9]
        quantity = read_quantity(sent)
        if sent and quantity is None:
            self._notes.append((Note.QUANTITY, place))
        if (bool(unit) != bool(per)) and period not in (BEYOND, UP_TO):
            self._notes.append((Note.FREQUENCY, place))
        if not (_known(QUANTITY, code) and _known(UNIT, unit) and _known(PERIOD, period)):
            self._notes.append((Note.UNKNOWN_CODE, place))
        delivery = Delivery(code, quantity, unit, per, period, periods, pattern, time, sent)
        self._add("deliveries", delivery)

    def _setting(self, segment: Segment, place: int) -> None:
        _, qualifier, code, _, text = padded(segment, 5)[:5]
        if qualifier == "ZZ" and not _known(PLACE, code):
            self._notes.append((Note.UNKNOWN_CODE, place))
        self._add("settings", Setting(qualifier, code, text))

    def _reference(self, segment: Segment, place: int) -> None:
        self._add("references", reference(segment))

    def _open(self, segment: Segment, place: int) -> None:
        if self._loop_open:
            self._notes.append((Note.OPEN_LOOP, place))
        self._loop_open = True

    def _close(self, segment: Segment, place: int) -> None:
        if not self._loop_open:
            self._notes.append((Note.NO_LOOP, place))
        self._loop_open = False

    def _entity(self, segment: Segment, place: int) -> None:
        if not self._loop_open:
            self._notes.append((Note.NO_LOOP, place))
        self._add("entities", organization(padded(segment, 10)))

    def _contact(self, segment: Segment, place: int) -> None:
        """A PER segment belongs to the entity before it; without one it is a new nameless one."""
        entities = self._hung.setdefault("entities", [])
        if not entities:
            entities.append(NAMELESS)
        last = entities[-1]
        entities[-1] = replace(last, contacts=(*last.contacts, contact(segment)))


def _known(table: Mapping[str, str], code: str) -> bool:
    return not code or code in table


AT_BENEFIT: dict[str, Callable[[BenefitReader, Segment, int], None]] = {
    "MSG": BenefitReader._message,
    "DTP": BenefitReader._date,
    "HSD": BenefitReader._delivery,
    "III": BenefitReader._setting,
    "REF": BenefitReader._reference,
    "LS": BenefitReader._open,
    "LE": BenefitReader._close,
    "NM1": BenefitReader._entity,
    "PER": BenefitReader._contact,
}
