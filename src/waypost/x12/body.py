"""The levels of a 271 between its envelope's ends: payer, provider, person, benefits."""

from collections.abc import Callable

from msgspec.structs import replace

from waypost.x12.answer import AnswerFault, Rejection
from waypost.x12.benefit import Benefit
from waypost.x12.envelope import MAX_ELEMENTS, BadMessage, Interchange, MessageProblem
from waypost.x12.fields import is_long
from waypost.x12.notes import Note
from waypost.x12.parts import Contact, X12Organization
from waypost.x12.people import PersonReader
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
from waypost.x12.read_benefit import BENEFIT_LOOPS, memories
from waypost.x12.read_benefits import AT_BENEFIT, BenefitReader

LOOPS = {"20": "2100A", "21": "2100B", "22": "2100C", "23": "2100D"}
KNOWN_BUT_NOT_KEPT = {"N3", "N4", "INS", "PRV", "HI", "MPI"}  # addresses, taxonomy, diagnoses
ENVELOPE_TAGS = {"ISA", "GS", "ST", "SE", "GE", "IEA", "TA1"}


class Body:
    """What one pass over a 271's segments has gathered."""

    def __init__(self, interchange: Interchange) -> None:
        self.notes: Notes = interchange.notes
        self._element = interchange.element
        self._memories = memories(
            interchange.element, interchange.repetition, interchange.component
        )
        self.faults: list[AnswerFault] = []
        self.extra: list[tuple[int, str]] = []
        self.messages: list[str] = []
        self.rejections: list[Rejection] = []
        self.organizations: dict[str, X12Organization] = {}
        self.contacts: dict[str, list[Contact]] = {}
        self.people = {level: PersonReader() for level in BENEFIT_LOOPS}
        self._level = ""
        self._last_hl = ""
        self._child_code = ""
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
                raise BadMessage(MessageProblem.TOO_MANY_ELEMENTS)
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
        if self._child_code == "1":
            self.notes.append((Note.CHILD_CODE, 0))

    def _other(self, tag: str) -> None:
        if tag in ENVELOPE_TAGS:
            raise BadMessage(MessageProblem.SEVERAL)
        self.extra.append((self._at, tag[:3]))
        if tag not in KNOWN_BUT_NOT_KEPT:
            self.notes.append((Note.UNKNOWN_SEGMENT, self._at))

    def organization(self, level: str) -> X12Organization | None:
        """The payer (level 20) or the provider (level 21), when the message names one."""
        named = self.organizations.get(level)
        contacts = self.contacts.get(level)
        if named is None or contacts is None:
            return named
        return replace(named, contacts=tuple(contacts))

    def _hl(self, segment: Segment) -> None:
        """A level: 20, 21, 22, 23 in this order, each once, each the child of the one before."""
        if len(segment) < 4 or segment[3] not in LOOPS:
            raise BadMessage(MessageProblem.ORDER)
        own, parent, level, child = padded(segment, 5)[1:5]
        if level <= self._level:
            raise BadMessage(MessageProblem.SEVERAL)
        if self._at_benefits:
            self._benefit.finish(self._at)
            self._at_benefits = False
        if not own or own == parent or parent != self._last_hl:
            self.faults = [AnswerFault.HIERARCHY]
        if self._child_code == "0":
            self.notes.append((Note.CHILD_CODE, self._at))
        self._level, self._last_hl, self._child_code = level, own, child

    def _name(self, segment: Segment) -> None:
        level = self._level
        if not level:
            raise BadMessage(MessageProblem.ORDER)
        person = self.people.get(level)
        if level in self.organizations or (person is not None and person.name):
            raise BadMessage(MessageProblem.SEVERAL)
        segment = padded(segment, 10)
        if level in self.people:
            self.people[level].name = segment
        else:
            self.organizations[level] = organization(segment)

    def _contact(self, segment: Segment) -> None:
        self.contacts.setdefault(self._level, []).append(contact(segment))

    def _person(self) -> PersonReader | None:
        """Whom a segment is about; `None` where the guide has it at no such level."""
        person = self.people.get(self._level)
        if person is None:
            self.notes.append((Note.MISPLACED, self._at))
        return person

    def _trace(self, segment: Segment) -> None:
        person = self._person()
        if person is not None:
            _, kind, number, originator = padded(segment, 4)[:4]
            person.traces.append((kind, number, originator))

    def _reference(self, segment: Segment) -> None:
        if self._level == "21":  # the guide has the provider's own numbers here; nobody needs them
            self.extra.append((self._at, "REF"))
            return
        person = self._person()
        if person is not None:
            person.references.append(reference(segment))

    def _birth(self, segment: Segment) -> None:
        person = self._person()
        if person is not None:
            person.read_birth(segment, self._at, self.notes)

    def _date(self, segment: Segment) -> None:
        person = self._person()
        if person is not None:
            person.dates.append(dated(segment, self._at, self.notes))

    def _message(self, segment: Segment) -> None:
        text = text_of(segment, self._at, self.notes)
        if not text:
            self.notes.append((Note.EMPTY_SEGMENT, self._at))
            return
        if is_long(text):
            self.notes.append((Note.LONG_TEXT, self._at))
        self.messages.append(text)

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
