"""The benefits of a 271, each with everything that hangs on it."""

from collections.abc import Callable
from typing import Any

from waypost.x12.benefit import Benefit
from waypost.x12.fields import read_quantity
from waypost.x12.filling import filled
from waypost.x12.notes import Note
from waypost.x12.parts import Delivery, Reference, Setting
from waypost.x12.pieces import Segment, contact, dated, organization, padded
from waypost.x12.read_benefit import Money, Read


class BenefitReader:
    """Gathers benefits while the segments pass by.

    What hangs on a benefit is put into a copy of it: the one read may be remembered. The copy
    is open until the next benefit begins, and from then on nothing can change it.
    """

    def __init__(self, notes: list[tuple[Note, int]]) -> None:
        self.benefits: list[Benefit] = []
        self.money: list[Money] = []
        self._notes = notes
        self._copy: dict[str, Any] | None = None
        self._loop_open = False

    def add(self, read: Read, place: int) -> None:
        """A new benefit: what follows hangs on it."""
        if self._loop_open:
            self.finish(place)
        self._copy = None
        benefit, notes, money = read
        self.benefits.append(benefit)
        if money:
            self.money.append(money)
        if notes:
            self._notes += [(note, place) for note in notes]

    def finish(self, place: int) -> None:
        """The segments that hang on the last benefit end here."""
        self._copy = None
        if self._loop_open:
            self._notes.append((Note.OPEN_LOOP, place))
            self._loop_open = False

    def _open_copy(self) -> dict[str, Any]:
        """The fields of the last benefit, of which a copy takes its place."""
        copy = self._copy
        if copy is None:
            copy = self._copy = vars(self.benefits[-1]).copy()
            self.benefits[-1] = filled(Benefit, copy)
        return copy

    def _add(self, key: str, value: object) -> None:
        fields = self._open_copy()
        fields[key] = (*fields.get(key, ()), value)

    def _message(self, segment: Segment, place: int) -> None:
        if len(segment) > 1:
            fields = self._copy or self._open_copy()
            fields["messages"] = (*fields.get("messages", ()), segment[1])

    def _date(self, segment: Segment, place: int) -> None:
        self._add("dates", dated(segment, place, self._notes))

    def _delivery(self, segment: Segment, place: int) -> None:
        _, code, quantity, unit, per, period, periods = padded(segment, 7)[:7]
        amount = read_quantity(quantity)
        if quantity and amount is None:
            self._notes.append((Note.QUANTITY, place))
        self._add("deliveries", Delivery(code, amount, unit, per, period, periods))

    def _setting(self, segment: Segment, place: int) -> None:
        _, qualifier, code, _, text = padded(segment, 5)[:5]
        fields = {"qualifier": qualifier, "code": code, "text": text}
        self._add("settings", filled(Setting, fields))

    def _reference(self, segment: Segment, place: int) -> None:
        _, qualifier, value, text = padded(segment, 4)[:4]
        fields = {"qualifier": qualifier, "value": value, "text": text}
        self._add("references", filled(Reference, fields))

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
        fields = self._copy or self._open_copy()
        if not fields.get("entities"):
            self._add("entities", organization([""] * 10))
        last = vars(fields["entities"][-1])  # made in this very pass, and seen by nobody yet
        last["contacts"] = (*last.get("contacts", ()), contact(segment))


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
