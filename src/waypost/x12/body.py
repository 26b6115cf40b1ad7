"""The levels of a 271 between its envelope's ends: payer, provider, person, benefits."""

from collections.abc import Callable
from datetime import date

from waypost.x12.answer import Fault, Member, Rejection
from waypost.x12.benefit import Benefit
from waypost.x12.envelope import MAX_ELEMENTS, BadMessage, Interchange, Problem
from waypost.x12.fields import read_day
from waypost.x12.filling import filled
from waypost.x12.notes import Note
from waypost.x12.parts import Contact, Dated, Organization, Reference
from waypost.x12.pieces import Segment, contact, dated, organization, padded
from waypost.x12.read_benefit import BENEFIT_LOOPS, memories
from waypost.x12.read_benefits import AT_BENEFIT, BenefitReader

LOOPS = {"20": "2100A", "21": "2100B", "22": "2100C", "23": "2100D"}
KNOWN_BUT_NOT_KEPT = {"N3", "N4", "INS", "PRV", "HI", "MPI"}  # addresses, taxonomy, diagnoses
ENVELOPE_TAGS = {"ISA", "GS", "ST", "SE", "GE", "IEA", "TA1"}


class Body:
    """What one pass over a 271's segments has gathered."""

    def __init__(self, interchange: Interchange) -> None:
        self.notes: list[tuple[Note, int]] = interchange.notes
        self._element = interchange.element
        self._memories = memories(
            interchange.element, interchange.repetition, interchange.component
        )
        self.faults: list[Fault] = []
        self.extra: list[tuple[int, str]] = []
        self.messages: list[str] = []
        self.rejections: list[Rejection] = []
        self.organizations: dict[str, Organization] = {}
        self.contacts: dict[str, list[Contact]] = {}
        self._people: dict[str, Segment] = {}
        self._demographics: dict[str, tuple[date | None, str]] = {}
        self._traces: dict[str, list[tuple[str, str, str]]] = {}
        self._references: dict[str, list[Reference]] = {}
        self._dates: dict[str, list[Dated]] = {}
        self._level = ""
        self._last_hl = ""
        self._at_benefits = False
        self._at = 0
        self._benefit = BenefitReader(self.notes)
        self.benefits: list[Benefit] = self._benefit.benefits
        self.money = self._benefit.money

    def read(self, segments: list[str]) -> None:
        """Take in the segments between BHT and SE. Raises `BadMessage`."""
        benefit, element = self._benefit, self._element
        benefit_tag = "EB" + element
        hangs_on, handles = AT_BENEFIT.get, HANDLERS.get
        memory = None
        for place, text in enumerate(segments, 5):
            if memory is not None and text.startswith(benefit_tag):
                self._at_benefits = True
                benefit.add(memory[text], place)
                continue
            segment = text.split(element)
            if len(segment) > MAX_ELEMENTS:
                raise BadMessage(Problem.TOO_MANY_ELEMENTS)
            tag = segment[0]
            if self._at_benefits:
                hang = hangs_on(tag)
                if hang is not None:
                    hang(benefit, segment, place)
                    continue
            self._at = place
            handle = handles(tag)
            if handle is None:
                self._other(tag)
                continue
            handle(self, segment)
            if tag == "HL":
                memory = self._memories.get(self._level)
        benefit.finish(len(segments) + 4)

    def _other(self, tag: str) -> None:
        if tag in ENVELOPE_TAGS:
            raise BadMessage(Problem.SEVERAL)
        if tag not in KNOWN_BUT_NOT_KEPT:
            self.extra.append((self._at, tag[:3]))
            self.notes.append((Note.UNKNOWN_SEGMENT, self._at))

    def member(self, level: str) -> Member | None:
        """The subscriber (level 22) or the dependent (level 23), when the message names one."""
        name = self._people.get(level)
        if name is None:
            return None
        birth_date, gender = self._demographics.get(level, (None, ""))
        fields = {
            "role": name[1],
            "last_name": name[3],
            "first_name": name[4],
            "id": name[9],
            "birth_date": birth_date,
            "gender": gender,
            "traces": tuple(self._traces.get(level, ())),
            "references": tuple(self._references.get(level, ())),
            "dates": tuple(self._dates.get(level, ())),
        }
        return filled(Member, fields)

    def _hl(self, segment: Segment) -> None:
        """A level: 20, 21, 22, 23 in this order, each once, each the child of the one before."""
        if len(segment) < 4 or segment[3] not in LOOPS:
            raise BadMessage(Problem.ORDER)
        own, parent, level = segment[1:4]
        if level <= self._level:
            raise BadMessage(Problem.SEVERAL)
        if self._at_benefits:
            self._benefit.finish(self._at)
            self._at_benefits = False
        if not own or own == parent or parent != self._last_hl:
            self.faults = [Fault.HIERARCHY]
        self._level, self._last_hl = level, own

    def _name(self, segment: Segment) -> None:
        level = self._level
        if not level:
            raise BadMessage(Problem.ORDER)
        if level in self._people or level in self.organizations:
            raise BadMessage(Problem.SEVERAL)
        segment = padded(segment, 10)
        if level in BENEFIT_LOOPS:
            self._people[level] = segment
        else:
            self.organizations[level] = organization(segment)

    def _contact(self, segment: Segment) -> None:
        self.contacts.setdefault(self._level, []).append(contact(segment))

    def _trace(self, segment: Segment) -> None:
        if self._level in BENEFIT_LOOPS:
            _, kind, number, originator = padded(segment, 4)[:4]
            self._traces.setdefault(self._level, []).append((kind, number, originator))

    def _reference(self, segment: Segment) -> None:
        if self._level in BENEFIT_LOOPS:
            _, kind, value, text = padded(segment, 4)[:4]
            fields = {"qualifier": kind, "value": value, "text": text}
            self._references.setdefault(self._level, []).append(filled(Reference, fields))

    def _birth(self, segment: Segment) -> None:
        _, form, text, gender = padded(segment, 4)[:4]
        born = read_day(text) if form == "D8" else None
        if text and born is None:
            self.notes.append((Note.DATE, self._at))
        self._demographics[self._level] = (born, gender)

    def _date(self, segment: Segment) -> None:
        if self._level in BENEFIT_LOOPS:
            self._dates.setdefault(self._level, []).append(dated(segment, self._at, self.notes))

    def _message(self, segment: Segment) -> None:
        self.messages += segment[1:2]

    def _rejection(self, segment: Segment) -> None:
        _, valid, _, code, follow_up = padded(segment, 5)[:5]
        loop = LOOPS.get(self._level, "")
        if self._at_benefits:
            loop = BENEFIT_LOOPS[self._level]
        elif self._level == "20" and "20" not in self.organizations:
            loop = "2000A"
        self.rejections.append(Rejection(loop, code, follow_up, valid))


HANDLERS: dict[str, Callable[[Body, Segment], None]] = {
    "HL": Body._hl,
    "NM1": Body._name,
    "PER": Body._contact,
    "TRN": Body._trace,
    "REF": Body._reference,
    "DMG": Body._birth,
    "DTP": Body._date,
    "AAA": Body._rejection,
    "MSG": Body._message,
}
